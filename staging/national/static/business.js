// The three tabs of the business sign-in, and what each does until the provider lets the person in.
"use strict";

const key = document.querySelector(".business").dataset.key;
const message = document.getElementById("message");
const tabs = [...document.querySelectorAll("[role=tab]")];
const ASK_EVERY = 1000;
let attempt = 0; // whatever an earlier attempt still waits for is of no interest any more

function show(tab) {
  attempt += 1;
  say("");
  for (const one of tabs) {
    const selected = one === tab;
    one.setAttribute("aria-selected", selected);
    one.tabIndex = selected ? 0 : -1;
    document.getElementById(one.getAttribute("aria-controls")).hidden = !selected;
  }
  for (const form of document.querySelectorAll(".way")) rest(form);
}

function say(words) {
  message.textContent = words;
  message.hidden = !words;
}

function rest(form) {
  form.querySelector(".waiting").hidden = true;
  for (const button of form.querySelectorAll("button")) button.disabled = false;
}

async function ask(path, fields = {}) {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams({ sessionDataKey: key, ...fields }) });
  return answer.json();
}

const pause = () => new Promise((resolve) => setTimeout(resolve, ASK_EVERY));

async function elsewhere(way, form, mine) {
  let answer = await ask(`/commonauth/${way}`, Object.fromEntries(new FormData(form)));
  if (answer.waiting) form.querySelector(".code").textContent = answer.code;
  form.querySelector(".waiting").hidden = !answer.waiting;
  while (answer.waiting && mine === attempt) {
    await pause();
    if (mine === attempt) answer = await ask(`/commonauth/${way}/status`);
  }
  return answer;
}

const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...bytes));

async function withToken(form) {
  form.querySelector(".waiting").hidden = false;
  const plugin = await TokenPlugin.connect();
  if (!plugin || !(await plugin.present())) {
    return { message: "VNPT-CA Plugin chưa được cài đặt hoặc chưa được bật" };
  }
  try {
    const chosen = await plugin.certificate();
    if (chosen.Status !== 0) return { failed: chosen };
    const { challenge, redirect } = await ask("/commonauth/usb/challenge");
    if (redirect) return { redirect };
    const signed = await plugin.signHash(toText(await digest(toBytes(challenge))), chosen.Serial);
    if (signed.Status !== 0) return { failed: signed };
    return ask("/commonauth/usb", { certificate: chosen.Data, signature: signed.Data });
  } finally {
    plugin.close();
  }
}

const ways = {
  smartca: (form, mine) => elsewhere("smartca", form, mine),
  sim: (form, mine) => elsewhere("sim", form, mine),
  usb: withToken,
};

for (const form of document.querySelectorAll(".way")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    const mine = ++attempt;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    const answer = await ways[form.dataset.way](form, mine).catch(() => ({
      message: "Không kết nối được tới hệ thống. Vui lòng thử lại.",
    }));
    if (mine !== attempt) return;
    if (answer.redirect) {
      location.assign(answer.redirect);
      return;
    }
    rest(form);
    // A failure of the token comes as a native alert (portal-facts.md, graded C).
    if (answer.failed) alert(`Ký số không thành công:${answer.failed.Status}:${answer.failed.Error}`);
    else say(answer.message ?? "");
  });
}

for (const tab of tabs) {
  tab.addEventListener("click", () => show(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    show(next);
  });
}

if (tabs.length) show(tabs[0]);
document.querySelector(".business").hidden = false; // a tab pressed before anybody listens shows nothing
