// Gives the search boxes that replace long dropdowns the name of their field.
(() => {
  "use strict";

  const name = (select) => {
    const box = select.nextElementSibling;
    if (!box || !box.classList.contains("select2")) return;
    const label = select.getAttribute("aria-label") || document.querySelector(`label[for="${select.id}"]`)?.textContent;
    if (!label) return;
    const text = label.trim().replace(/:$/, "");
    for (const control of box.querySelectorAll(".select2-selection--single, .select2-selection__rendered[role=textbox], .select2-search__field")) {
      const shown = box.querySelector(".select2-selection__rendered")?.getAttribute("title");
      control.setAttribute("aria-label", shown && control.matches(".select2-selection--single") ? `${text}: ${shown}` : text);
      control.removeAttribute("aria-labelledby");
    }
  };
  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);

  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  nameAll();
})();
