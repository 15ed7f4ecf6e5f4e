// Asks every half minute whether the overview has changed; only then the table is put in.
(() => {
  "use strict";
  const box = document.querySelector("[data-live]");
  let mark = "";
  setInterval(async () => {
    if (document.hidden) return;
    const headers = { "X-Motcua-Poll": "1", ...(mark ? { "If-None-Match": mark } : {}) };
    const answer = await fetch(location.href, { headers, credentials: "same-origin", redirect: "error", cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok) return;
    mark = answer.headers.get("ETag") || "";
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    if (fresh) box.replaceChildren(...fresh.childNodes);
  }, 30000);
})();
