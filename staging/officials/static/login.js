// ? The officials' signing program is not part of the simulated machine.
"use strict";
document.getElementById("token")?.addEventListener("click", () => {
  document.getElementById("no-token").hidden = false;
});
