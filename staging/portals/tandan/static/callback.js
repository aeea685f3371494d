"use strict";
const { user, onward } = JSON.parse(document.getElementById("signed-in").textContent);
localStorage.setItem("userInfo", JSON.stringify(user));
localStorage.setItem("statusLogin", "true");
// 2,000 ms are the real page's (portal-facts.md, graded C).
setTimeout(() => location.replace(onward), 2000);
