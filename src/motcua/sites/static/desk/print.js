// Prints the receipt without opening another page: the PDF is loaded into a hidden frame and handed to the printer.
(() => {
  "use strict";
  let frame = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-print]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.pdfViewerEnabled) return;
    event.preventDefault();
    if (frame) frame.remove();
    frame = document.createElement("iframe");
    frame.className = "printing";
    frame.title = link.textContent;
    frame.src = link.href;
    frame.addEventListener("load", () => {
      try { frame.contentWindow.focus(); frame.contentWindow.print(); } catch { window.open(link.href, "_blank", "noopener"); }
    });
    document.body.append(frame);
    const next = document.querySelector("[data-key=n]");
    if (next) next.focus();
  });
})();
