// The family's pages are rendered on the server; this is the little that its jQuery does.
"use strict";

function toggleMenu(button) {
  const menu = button.parentElement.querySelector(".dropdown-menu");
  const opens = menu.hidden;
  closeMenus();
  menu.hidden = !opens;
  button.setAttribute("aria-expanded", String(opens));
}

function closeMenus() {
  for (const menu of document.querySelectorAll(".dropdown-menu")) menu.hidden = true;
  for (const button of document.querySelectorAll("[data-toggle=dropdown]")) {
    button.setAttribute("aria-expanded", "false");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle=dropdown]");
  if (button) return toggleMenu(button);
  closeMenus();
  const bar = event.target.closest("[data-toggle=navbar]");
  if (bar) {
    const open = document.getElementById("menu").classList.toggle("open");
    bar.setAttribute("aria-expanded", String(open));
  }
  const dismiss = event.target.closest("[data-dismiss]");
  if (!dismiss) return;
  dismiss.closest("." + dismiss.dataset.dismiss).remove();
  if (dismiss.dataset.dismiss === "modal") moveOn();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeMenus();
  const modal = document.querySelector("[data-modal]");
  if (!modal) return;
  modal.remove();
  moveOn();
});

document.querySelector("[data-modal] button")?.focus();

// A field that a fault adds to the login is required: no way on without it.
const added = document.getElementById("added");
for (const way of document.querySelectorAll(".login-citizens .login-choice, #moves-on")) {
  way.addEventListener("click", (event) => {
    if (added && !added.reportValidity()) event.preventDefault();
  });
}

function moveOn() {
  const onward = document.querySelector("[data-moves-on]");
  if (!onward || added || document.querySelector("[data-modal]")) return;
  // replace: "back" at VNeID must not lead to a page that sends the citizen there again.
  setTimeout(() => location.replace(onward.href), Number(onward.dataset.movesOn));
}

moveOn();
