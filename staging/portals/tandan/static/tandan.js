// A small stand-in for the React application: views from templates, a modal, toasts, the session.
"use strict";

const root = document.getElementById("root");
const views = JSON.parse(document.getElementById("views").textContent);
const guarded = new Set(["profile", "submit", "survey"]);
let user = remembered();

const template = (name) => document.getElementById(name)?.content.cloneNode(true);

function remembered() {
  if (localStorage.getItem("statusLogin") !== "true") return null;
  return JSON.parse(localStorage.getItem("userInfo"));
}

function remember(citizen) {
  user = citizen;
  if (citizen) {
    localStorage.setItem("userInfo", JSON.stringify(citizen));
    localStorage.setItem("statusLogin", "true");
  } else {
    localStorage.removeItem("userInfo");
    localStorage.removeItem("statusLogin");
  }
}

function showEntry() {
  const entry = document.getElementById("entry");
  entry.replaceChildren(template(user ? "entry-citizen" : "entry-guest"));
  if (user) document.getElementById("statusLogin_username").textContent = user.name;
}

function showView() {
  let name = views[location.pathname] ?? "not-found";
  if (guarded.has(name) && !user) {
    toast("Vui lòng đăng nhập để tiếp tục");
    history.replaceState(null, "", "/");
    name = "home";
  }
  const view = document.getElementById("view");
  view.replaceChildren(template("view-" + name));
  for (const part of view.querySelectorAll("[data-user]")) {
    part.textContent = user[part.dataset.user] ?? "";
  }
  if (name === "services") narrowServices(view);
  for (const link of document.querySelectorAll(".menu a")) {
    link.toggleAttribute("aria-current", link.pathname === location.pathname);
  }
}

function narrowServices(view) {
  const words = (new URLSearchParams(location.search).get("words") ?? "").toLocaleLowerCase("vi");
  let shown = 0;
  for (const item of view.querySelectorAll("#services > li")) {
    item.hidden = !item.textContent.toLocaleLowerCase("vi").includes(words);
    shown += item.hidden ? 0 : 1;
  }
  view.querySelector("#no-services").hidden = shown > 0;
}

function go(address) {
  history.pushState(null, "", address);
  showView();
  document.getElementById("view").focus();
}

function toast(message) {
  const note = document.createElement("div");
  note.className = "toast";
  note.setAttribute("role", "alert");
  note.textContent = message;
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 5000);
}

function openModal(name, then) {
  const part = template(name);
  if (!part) return then?.();
  const modal = part.firstElementChild;
  modal.onclose = then;
  document.body.append(part);
  root.inert = true;
  modal.querySelector("[role=dialog]").focus();
}

function closeModal(passed) {
  const modal = document.querySelector(".ant-modal-wrap");
  if (!modal) return;
  modal.remove();
  root.inert = false;
  if (passed) modal.onclose?.();
}

function login() {
  openModal("zalo-modal", () => openModal("captcha-modal", () => openModal("login-modal")));
}

async function signOut() {
  remember(null);
  const answer = await fetch("/api/logout", { method: "POST" });
  const { next } = await answer.json();
  // 1,000 ms are the real page's (portal-facts.md, graded C).
  setTimeout(() => location.assign(next), 1000);
}

const forms = {
  search: (fields) => go("/thu-tuc-hanh-chinh?words=" + encodeURIComponent(fields.words)),
  "look-up": (fields) => toast("Không tìm thấy hồ sơ có mã " + fields.number),
  survey: () => {
    go("/");
    toast("Cảm ơn Ông/Bà đã tham gia khảo sát");
  },
  officials: async (fields) => {
    const answer = await fetch("/api/officials/login", { method: "POST", body: JSON.stringify(fields) });
    toast((await answer.json()).message);
  },
  captcha: async (fields) => {
    const answer = await fetch("/api/captcha", { method: "POST", body: JSON.stringify(fields) });
    if ((await answer.json()).right) return closeModal(true);
    toast("Mã xác nhận không đúng. Vui lòng nhập lại");
    document.querySelector("[data-form=captcha] img").src = "/captcha.png?" + Date.now();
  },
};

// A field that a fault adds to the login is required: no way on without it.
document.addEventListener(
  "click",
  (event) => {
    const added = document.getElementById("added");
    if (!event.target.closest(".login-card") || !added || added.reportValidity()) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("click", (event) => {
  const action = event.target.closest("[data-action]")?.dataset.action;
  const card = event.target.closest("[data-href]");
  const link = event.target.closest("a[data-route]");
  if (action === "login") login();
  else if (action === "sign-out") {
    event.preventDefault();
    signOut();
  } else if (action === "close") {
    closeModal(event.target.closest(".zalo") !== null);
  } else if (card) location.assign(card.dataset.href);
  else if (link) {
    event.preventDefault();
    go(link.pathname);
  }
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  forms[event.target.dataset.form](Object.fromEntries(new FormData(event.target)));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeModal(document.querySelector(".zalo") !== null);
});

window.addEventListener("popstate", showView);

async function start() {
  root.append(template("layout"));
  showEntry();
  // Local memory first, so that the header does not flicker; the server has the last word.
  const known = user;
  if (known || !guarded.has(views[location.pathname])) showView();
  const session = await (await fetch("/api/session")).json();
  remember(session.user);
  showEntry();
  if (!known !== !user || guarded.has(views[location.pathname])) showView();
}

start();
