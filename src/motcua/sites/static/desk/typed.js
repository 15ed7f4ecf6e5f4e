// What was typed is not lost when sending fails: no line, a session that ended, a page from before somebody else signed in.
// Kept in this tab only, for the same officer and address, until the next page of the desk opens.
(() => {
  "use strict";
  const KEY = "motcua:typed", me = document.currentScript.dataset.name, here = location.pathname + location.search;
  const store = (value) => {
    try { return value === undefined ? sessionStorage.getItem(KEY) : value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY); } catch { return null; }
  };
  const forms = () => [...document.querySelectorAll("main form[method=post]")];
  const fields = (form) => [...form.elements].filter((one) => one.name && one.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])"));
  const is_box = (one) => one.matches("[type=checkbox], [type=radio]");
  const notice = (form, text, kind) => {
    let box = document.querySelector("#go-lai");
    if (!box) box = Object.assign(document.createElement("div"), { id: "go-lai" });
    box.setAttribute("role", "alert");
    box.className = `notice ${kind}`;
    box.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
    return box;
  };

  // The browser comes back to a page that never answered, or the officer signed in again: put the words where they were.
  const way = performance.getEntriesByType("navigation")[0], signed_in = document.referrer.startsWith(`${location.origin}/tai-khoan/`);
  const kept = JSON.parse(store() || "null");
  store("");
  if (kept && kept.name === me && kept.here === here && (signed_in || (way && way.type === "back_forward"))) {
    const form = forms()[kept.form];
    let count = 0;
    for (const [name, value, checked] of form ? kept.said : []) {
      const one = fields(form).find((field) => field.name === name && (!is_box(field) || field.value === value));
      if (!one || (is_box(one) ? one.checked === checked : one.value === value)) continue;
      if (is_box(one)) one.checked = checked; else one.value = value;
      count += 1;
    }
    if (count) form.prepend(notice(form, "Đây là những gì bạn đã gõ lần trước, chưa chắc đã được ghi. Nếu vừa mất kết nối, hãy tìm xem việc đã ghi chưa rồi hãy bấm lại.", "warn"));
  }

  addEventListener("submit", (event) => {
    const form = event.target, number = forms().indexOf(form);
    if (event.defaultPrevented || number < 0) return;
    if (navigator.onLine === false) {
      event.preventDefault();
      const row = (event.submitter && event.submitter.closest(".row")) || form.lastElementChild;
      row.before(notice(form, "Đang mất kết nối nên chưa gửi. Những gì đã nhập vẫn còn; khi có mạng hãy bấm lại.", "bad"));
      return;
    }
    const said = fields(form).map((one) => [one.name, one.value, Boolean(one.checked)]);
    store(JSON.stringify({ name: me, here, form: number, said }));
  });
  addEventListener("online", () => document.querySelector("#go-lai.bad")?.remove());
})();
