// The form appears once a kind of account and a method are ticked.
"use strict";
const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value;

function show() {
  const kind = chosen("doi-tuong");
  for (const methods of document.querySelectorAll("[data-of]")) {
    methods.hidden = methods.dataset.of !== kind;
    if (methods.hidden) for (const input of methods.querySelectorAll("input")) input.checked = false;
  }
  const method = chosen("hinh-thuc");
  document.getElementById("mobile-form").hidden = method !== "thue-bao-di-dong";
  document.getElementById("other-method").hidden = !method || method === "thue-bao-di-dong";
}

document.addEventListener("change", show);
show();
