// A window comes up by itself.
"use strict";
// What the page was made with: a window may have come up before the first look.
const shown = JSON.stringify(JSON.parse(document.currentScript.dataset.open));

async function look() {
  try {
    const open = JSON.stringify(await (await fetch("/cua-so")).json());
    if (open !== shown) {
      location.reload();
      return;
    }
  } catch {
    // The program may be away for a moment.
  }
  setTimeout(look, 500);
}

look();
