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

  // Autosave: the server writes the time, only a failure is told from here.
  const failed = (event) => {
    const status = document.getElementById("autosave-status");
    if (!status || !event.target.closest("[data-autosave]")) return;
    status.textContent = "Noch nicht gespeichert. Ihre Eingaben stehen nur auf diesem Bildschirm.";
    status.classList.add("autosave--failed");
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:afterOnLoad", (event) => {
    const status = document.getElementById("autosave-status");
    if (status && event.target.closest("[data-autosave]")) status.classList.remove("autosave--failed");
  });
})();
