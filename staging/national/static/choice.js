// A second click is ignored (portal-facts.md, graded C).
"use strict";
let chosen = false;

for (const card of document.querySelectorAll(".kind")) {
  card.addEventListener("click", (event) => {
    const added = document.getElementById("added");
    if (chosen || (added && !added.reportValidity())) {
      event.preventDefault();
      return;
    }
    chosen = true;
    for (const other of document.querySelectorAll(".kind")) other.setAttribute("aria-disabled", "true");
  });
}

// Coming back to this page, a person may choose again.
window.addEventListener("pageshow", () => {
  chosen = false;
  for (const card of document.querySelectorAll(".kind")) card.removeAttribute("aria-disabled");
});
