"use strict";

// Counts down, then asks for the next code.
const seconds = document.getElementById("seconds");
const until = Date.now() + Number(seconds.dataset.seconds) * 1000;
const timer = setInterval(() => {
  const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
  seconds.textContent = left;
  if (left === 0) {
    clearInterval(timer);
    window.location.reload();
  }
}, 250);
