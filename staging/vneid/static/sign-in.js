// The sign-in page. Like the real one (a React application), it keeps what was typed in its own
// state: a value that a script puts into a field without an input event is not there.
"use strict";

const signIn = document.getElementById("sign-in");
const csrt = signIn.dataset.csrt;
let openDialog = null;

async function act(name, fields) {
  try {
    const answer = await fetch(`/login-actions/${name}?csrt=${encodeURIComponent(csrt)}`, {
      method: "POST",
      body: new URLSearchParams(fields),
    });
    return { ok: answer.ok, ...(await answer.json()) };
  } catch {
    return { ok: false, message: "Không kết nối được tới hệ thống. Vui lòng thử lại." };
  }
}

function controlled(input) {
  let state = "";
  input.addEventListener("input", () => { state = input.value; });
  input.addEventListener("blur", () => { input.value = state; });
  return () => state;
}

function show(error, message) {
  error.textContent = message ?? "";
  error.hidden = !message;
}

function busyWhile(form, work) {
  return async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    try { await work(); } finally { delete form.dataset.busy; }
  };
}

function closeDialog() {
  openDialog?.stop?.();
  openDialog?.element.remove();
  openDialog = null;
}

function open(name, stop) {
  closeDialog();
  const element = document.getElementById(`dialog-${name}`).content.firstElementChild.cloneNode(true);
  document.body.append(element);
  openDialog = { element, stop };
  return element;
}

function goOn(answer) {
  if (answer.redirect) {
    stopPolling();
    window.location.assign(answer.redirect);
    return;
  }
  ({ consent: consentDialog, passcode: passcodeDialog, survey: surveyDialog })[answer.next]?.();
}

// --- account and password ---------------------------------------------------------------------

const fields = Object.fromEntries(
  [...signIn.querySelectorAll("input")].map((input) => [input.name, controlled(input)]),
);
const signInError = document.getElementById("sign-in-error");

signIn.addEventListener("submit", busyWhile(signIn, async () => {
  const entered = Object.fromEntries(Object.entries(fields).map(([name, read]) => [name, read()]));
  if (!entered.username || !entered.password) {
    show(signInError, "Vui lòng nhập số định danh cá nhân và mật khẩu.");
    return;
  }
  show(signInError, "");
  const answer = await act("authenticate", entered);
  if (answer.otp) codeDialog(answer);
  else show(signInError, answer.message);
}));

// Like the real page's, the form is there when its script is: before, what is typed would be lost.
signIn.hidden = false;

// --- the code, at the same address ------------------------------------------------------------

function codeDialog(asked) {
  let timer = 0;
  const dialog = open("code", () => clearInterval(timer));
  const form = dialog.querySelector("form");
  const error = form.querySelector(".error");
  let boxes = [];
  let state = [];

  function digits(count) {
    state = Array(count).fill("");
    boxes = state.map((_, place) => {
      const box = document.createElement("input");
      box.id = "otp-input";
      box.type = "tel";
      box.inputMode = "numeric";
      box.autocomplete = "one-time-code";
      box.setAttribute("aria-label", `Chữ số thứ ${place + 1}`);
      box.addEventListener("input", () => put(place, box.value));
      box.addEventListener("paste", (event) => {
        event.preventDefault();
        put(place, event.clipboardData.getData("text"));
      });
      box.addEventListener("focus", () => box.select());
      box.addEventListener("keydown", (event) => back(event, place));
      return box;
    });
    dialog.querySelector("[data-inputs]").replaceChildren(...boxes);
    boxes[0].focus();
  }

  function put(place, text) {
    const typed = text.replace(/\D/g, "").slice(0, boxes.length - place);
    if (!typed) state[place] = "";
    [...typed].forEach((digit, offset) => { state[place + offset] = digit; });
    boxes.forEach((box, at) => { box.value = state[at]; });
    if (typed) boxes[Math.min(place + typed.length, boxes.length - 1)].focus();
  }

  function back(event, place) {
    if (event.key === "Backspace" && !state[place] && place > 0) {
      event.preventDefault();
      put(place - 1, "");
      boxes[place - 1].focus();
    }
  }

  function ask(answer) {
    dialog.querySelectorAll("[data-channel]").forEach((part) => {
      part.hidden = part.dataset.channel !== answer.mode;
    });
    dialog.querySelector("[data-phone]").textContent = answer.phoneNumber;
    show(error, "");
    if (answer.digits !== state.length) digits(answer.digits);
    countDown(answer.seconds);
  }

  function countDown(seconds) {
    const until = Date.now() + seconds * 1000;
    const shown = dialog.querySelector("[data-countdown]");
    const tick = () => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      const two = (number) => String(number).padStart(2, "0");
      shown.textContent = `${two(Math.floor(left / 60))}:${two(left % 60)}`;
      if (left === 0) {
        clearInterval(timer);
        show(error, "Mã OTP đã hết hiệu lực.");
      }
    };
    clearInterval(timer);
    timer = setInterval(tick, 1000);
    tick();
  }

  async function askAgain(fields) {
    digits(state.length); // now, not with the answer: the new code may be typed before that comes
    const answer = await act("change-mode", fields);
    if (answer.otp) ask(answer);
    else show(error, answer.message);
  }

  form.querySelector("[data-resend]")?.addEventListener("click", () => askAgain({ resendOtp: "true" }));
  form.querySelector("[data-by-sms]")?.addEventListener("click", () => askAgain({ mode: "sms" }));
  form.querySelector("[data-cancel]")?.addEventListener("click", async () => {
    await act("otp-cancel", {});
    closeDialog();
  });
  form.addEventListener("submit", busyWhile(form, async () => {
    if (state.some((digit) => !digit)) {
      show(error, `Vui lòng nhập đủ ${state.length} chữ số của mã OTP.`);
      return;
    }
    show(error, "");
    const answer = await act("otp", { otp: state.join("") });
    if (answer.ok) goOn(answer);
    else {
      show(error, answer.message);
      digits(state.length);
    }
  }));
  ask(asked);
}

// --- screens that later editions have -----------------------------------------------------------

function simpleDialog(name, entered) {
  const dialog = open(name);
  const form = dialog.querySelector("form");
  const error = form.querySelector(".error");
  const read = entered(form);
  (form.querySelector("input") ?? form.querySelector("button")).focus();
  form.addEventListener("submit", busyWhile(form, async () => {
    show(error, "");
    const answer = await act(name, read());
    if (answer.ok) goOn(answer);
    else show(error, answer.message);
  }));
}

function consentDialog() {
  simpleDialog("consent", (form) => () => ({
    agreed: String(form.querySelector("[data-agreed]")?.checked ?? false),
  }));
}

function passcodeDialog() {
  simpleDialog("passcode", (form) => {
    const state = controlled(form.querySelector("[data-passcode]"));
    return () => ({ passcode: state() });
  });
}

function surveyDialog() {
  simpleDialog("survey", () => () => ({}));
}

// --- the QR code ----------------------------------------------------------------------------------

const qr = document.getElementById("qr");
const qrOver = document.getElementById("qr-over");
let polling = 0;

function stopPolling() {
  clearTimeout(polling);
  polling = 0;
}

function poll() {
  stopPolling();
  polling = setTimeout(async () => {
    const id = qr.dataset.id;
    const answer = await act("qr-status", { id });
    if (!polling || id !== qr.dataset.id) return;
    if (answer.redirect || answer.next) {
      stopPolling();
      goOn(answer);
    } else if (answer.status === "expired") qrIsOver("Mã QR đã hết hạn");
    else if (answer.status === "refused") qrIsOver("Yêu cầu đăng nhập đã bị từ chối trên ứng dụng");
    else if (answer.status === "used" || answer.stale) stopPolling();
    else poll();
  }, 1000);
}

function qrIsOver(text) {
  stopPolling();
  document.getElementById("qr-over-text").textContent = text;
  qrOver.hidden = false;
}

document.getElementById("qr-reload")?.addEventListener("click", async () => {
  const answer = await act("qr", {});
  if (!answer.ok) {
    document.getElementById("qr-over-text").textContent = answer.message;
    return;
  }
  qr.src = answer.image;
  qr.dataset.id = answer.id;
  qrOver.hidden = true;
  poll();
});

poll();
