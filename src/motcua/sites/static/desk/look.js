// Inside the frame beside a dossier: the same keys as on the page around it.
(() => {
  "use strict";
  const keys = { "[": "prev", "]": "next", "+": "in", "=": "in", "-": "out", r: "turn", "Alt+PageDown": "next", "Alt+PageUp": "prev" };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const link = document.querySelector(`[data-look=${keys[(event.altKey ? "Alt+" : "") + event.key]}]`);
    if (link) { event.preventDefault(); link.click(); }
  });
})();
