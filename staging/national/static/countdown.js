"use strict";
const left = document.getElementById("left");
const until = Date.now() + Number(left.dataset.seconds) * 1000;

setInterval(() => {
  left.textContent = Math.max(0, Math.ceil((until - Date.now()) / 1000));
}, 250);
