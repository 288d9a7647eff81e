// Small help on top of pages that work without it.
(() => {
  "use strict";

  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // What stands beside the content on a wide screen folds above it on a narrow one.
  const narrow = matchMedia("(max-width: 60rem)");
  const fold = () => {
    for (const part of document.querySelectorAll("[data-fold-when-narrow]")) part.open = !narrow.matches;
  };
  if (narrow.matches) fold();
  narrow.addEventListener("change", fold);

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // In a grid of fields Ctrl and an arrow lead to the same field of the row above or below.
  for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-grid] td");
    if (!cell || !event.ctrlKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const fields = "select, textarea, input";
    const place = [...cell.querySelectorAll(fields)].indexOf(event.target);
    const step = event.key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling";
    for (let row = cell.parentElement[step]; row; row = row[step]) {
      const field = row.children[cell.cellIndex].querySelectorAll(fields)[place];
      if (field) return field.focus();
    }
  });

  // Typing into the merged text chooses it.
  for (const text of document.querySelectorAll("[data-selects]")) {
    text.addEventListener("input", () => {
      document.getElementById(text.dataset.selects).checked = true;
    });
  }

  // A second click while the first is on its way is only noise; the server would answer it the same.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 5000); // the answer may have been a file
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // An upload tells how far it is; what the server answers takes the place of the page.
  document.addEventListener("submit", (event) => {
    const bar = event.target.querySelector("[data-upload]");
    if (!bar || event.defaultPrevented) return;
    event.preventDefault();
    bar.hidden = false;
    const sending = new XMLHttpRequest();
    sending.upload.addEventListener("progress", (step) => {
      bar.querySelector("progress").value = step.lengthComputable ? (100 * step.loaded) / step.total : 0;
    });
    sending.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(sending.responseText, "text/html");
      document.title = page.title;
      const chosen = event.target.querySelector("input[type=file]");
      document.body.replaceWith(page.body);
      const asked = document.querySelector("input[type=file]");
      if (asked && chosen) asked.files = chosen.files; // what is asked again need not be looked for again
      if (window.htmx) window.htmx.process(document.body);
      if (sending.responseURL !== location.href) history.pushState(null, "", sending.responseURL);
      (document.querySelector("[data-focus]") || document.getElementById("inhalt")).focus();
    });
    sending.addEventListener("error", () => event.target.submit());
    sending.open("POST", location.href);
    sending.send(new FormData(event.target));
  });

  // Autosave: the server writes the time, only a failure is told from here. What could not be sent
  // (signed out, offline) stays in this tab and is put back when the same form opens again.
  const typedKey = (form) => `typed:${form.dataset.autosave}`;
  const failed = (event) => {
    const form = event.target.closest("[data-autosave]");
    const status = document.getElementById("autosave-status");
    if (!form || !status) return;
    const typed = [...new FormData(form)].filter(([name]) => name === "_version" || !/^_|^csrf/.test(name));
    sessionStorage.setItem(typedKey(form), JSON.stringify(typed));
    status.textContent = "Noch nicht gespeichert. Ihre Eingaben stehen nur auf diesem Bildschirm.";
    status.classList.add("autosave--failed");
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status >= 400) failed(event);
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    const form = event.target.closest("[data-autosave]");
    const status = document.getElementById("autosave-status");
    if (!form || !status || event.detail.xhr.status >= 400) return;
    sessionStorage.removeItem(typedKey(form));
    delete form.dataset.typed;
    status.classList.remove("autosave--failed");
  });

  // Who leaves before the delay is over takes nothing along: what was typed is sent on the way out.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-autosave]");
    if (form) form.dataset.typed = "1";
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const form of document.querySelectorAll("[data-autosave][data-typed]:not([data-sent])")) {
      if (navigator.sendBeacon(form.getAttribute("hx-post"), new FormData(form))) delete form.dataset.typed;
    }
  });

  const putBack = (form, typed) => {
    for (const box of form.querySelectorAll("[type=checkbox]")) {
      box.checked = typed.some(([name, value]) => name === box.name && value === box.value);
    }
    for (const [name, value] of typed) {
      const control = form.elements[name];
      if (control && control.type !== "checkbox") control.value = value;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  window.addEventListener("load", () => {
    for (const form of document.querySelectorAll("[data-autosave]")) {
      const typed = sessionStorage.getItem(typedKey(form));
      sessionStorage.removeItem(typedKey(form));
      if (typed) putBack(form, JSON.parse(typed));
    }
  });
})();
