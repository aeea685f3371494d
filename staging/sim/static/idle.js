// The prompt comes up by itself, as a SIM's does.
"use strict";

async function look() {
  try {
    const waiting = await (await fetch("/cho-xac-nhan")).json();
    if (waiting.length) {
      location.reload();
      return;
    }
  } catch {
    // No signal for a moment.
  }
  setTimeout(look, 1000);
}

setTimeout(look, 1000);
