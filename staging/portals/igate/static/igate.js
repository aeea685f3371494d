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
  if (dismiss) dismiss.closest("." + dismiss.dataset.dismiss).remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeMenus();
  document.querySelector("[data-modal]")?.remove();
});

document.querySelector("[data-modal] button")?.focus();

const onward = document.querySelector("[data-moves-on]");
if (onward) {
  // replace: "back" at VNeID must not lead to a page that sends the citizen there again.
  setTimeout(() => location.replace(onward.href), Number(onward.dataset.movesOn));
}
