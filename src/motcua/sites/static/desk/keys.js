// Keys of the desk. Letters work outside fields only and can be switched off; nothing happens while an input method composes.
(() => {
  "use strict";
  const $ = (what, where = document) => where.querySelector(what), all = (what) => [...document.querySelectorAll(what)];
  const press = (what) => { const one = $(what); if (one) one.click(); return Boolean(one); };
  const go = (what) => { const one = $(what); if (one) { one.focus(); if (one.select) one.select(); } return Boolean(one); };
  const letters = {
    get off() { try { return localStorage.getItem("motcua:letters") === "off"; } catch { return false; } },
    set off(value) { try { localStorage.setItem("motcua:letters", value ? "off" : "on"); } catch { /* kept for this page only */ } },
  };
  const rows = () => all(".worklist tbody tr").map((row) => $("th a", row)).filter(Boolean);
  const step = (by) => {
    const links = rows(), here = links.indexOf(document.activeElement);
    const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + by, 0), links.length - 1)];
    if (next) next.focus();
    return Boolean(next);
  };
  const pick = () => {
    const row = document.activeElement.closest("tr"), box = row && $(".pick input", row);
    if (box) box.click();
    return Boolean(box);
  };
  const tick = () => {
    all(".component[data-required] > .choice > input").forEach((box) => { if (!box.checked) box.click(); });
    return go("form .btn.big");
  };
  const main = () => {
    const form = document.activeElement.closest("main form") || $("main form[method=post] .btn.big, main form[method=post] .btn:not(.second, .link)")?.form;
    const button = form && ($(".btn.big", form) || $(".row .btn:not(.second, .link)", form));
    if (button) button.click();
    return Boolean(button);
  };
  const KEYS = [
    ["n", "Tiếp nhận hồ sơ mới", () => press("[data-key=n]")],
    ["v", "Về «Việc của tôi»", () => press("[data-key=v]")],
    ["/", "Tìm hồ sơ", () => go(".search input, .finder input[type=search]")],
    ["l", "Mở ô lọc danh sách", () => { const box = $(".narrowing details"); if (box) box.open = true; return go("#loc-chu"); }],
    ["j", "Hồ sơ dưới", () => step(1)],
    ["k", "Hồ sơ trên", () => step(-1)],
    ["x", "Chọn hồ sơ đang đứng", pick],
    ["i", "In giấy tiếp nhận", () => press("[data-key=i]")],
    ["t", "In nhãn dán hồ sơ", () => press("[data-key=t]")],
    ["[", "Giấy tờ trước", () => look("prev")],
    ["]", "Giấy tờ sau", () => look("next")],
    ["+", "Phóng to giấy tờ", () => look("in")],
    ["-", "Thu nhỏ giấy tờ", () => look("out")],
    ["r", "Xoay giấy tờ", () => look("turn")],
    ["1…9", "Việc thứ 1…9 của hồ sơ", null],
  ];
  const ANYWHERE = [
    ["F1", "Xem các phím tắt", () => help()],
    ["F8", "Đủ giấy tờ bắt buộc (đánh dấu hết)", tick],
    ["F9", "Nút chính của biểu mẫu", main],
    ["Alt+PageDown", "Giấy tờ sau", () => look("next")],
    ["Alt+PageUp", "Giấy tờ trước", () => look("prev")],
  ];
  function look(what) {
    const frame = $("iframe[name=xem-giay]"), inside = frame && frame.contentDocument && frame.contentDocument.querySelector(`[data-look=${what}]`);
    if (inside) inside.click();
    return Boolean(inside);
  }
  function help() {
    let box = $("#phim-tat");
    if (!box) {
      box = document.createElement("dialog");
      box.id = "phim-tat";
      const line = ([key, text]) => `<div><dt><kbd>${key}</kbd></dt><dd>${text}</dd></div>`;
      box.innerHTML = `<h2>Phím tắt</h2><p class="hint">Dùng được cả khi đang nhập:</p><dl>${ANYWHERE.map(line).join("")}<div><dt><kbd>Enter</kbd></dt><dd>Sang ô tiếp theo khi tiếp nhận</dd></div><div><dt><kbd>Ctrl</kbd>+<kbd>Enter</kbd></dt><dd>Như F9</dd></div></dl>
<p class="hint">Khi con trỏ không ở trong ô nhập:</p><dl>${KEYS.map(line).join("")}<div><dt><kbd>?</kbd></dt><dd>Bảng này</dd></div></dl>
<form method="dialog"><label class="inline"><input type="checkbox"> Tắt các phím một chữ</label> <button class="btn small">Đóng</button></form>`;
      const off = $("input", box);
      off.checked = letters.off;
      off.addEventListener("change", () => { letters.off = off.checked; });
      document.body.append(box);
    }
    if (!box.open) box.showModal();
    return true;
  }
  const typing = (one) => one.isContentEditable || one.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])");

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || $("dialog[open]") || $("#khoa")) return;
    const target = event.target, name = (event.altKey ? "Alt+" : "") + event.key;
    const found = ANYWHERE.find(([key]) => key === name);
    if (found && !event.ctrlKey && !event.metaKey) { if (found[2]()) event.preventDefault(); return; }
    if (event.key === "Enter" && event.ctrlKey) { if (main()) event.preventDefault(); return; }
    if (event.key === "Enter" && target.matches("form[data-enter=next] input:not([type=checkbox], [type=submit], [type=file]), form[data-enter=next] select")) {
      event.preventDefault();
      if (!document.body.dataset.scanning) onward(target);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(target)) return;
    if (event.key === "?") { event.preventDefault(); help(); return; }
    if (letters.off) return;
    if (/^[1-9]$/.test(event.key)) { const act = all(".acts a")[event.key - 1]; if (act) act.click(); return; }
    const letter = KEYS.find(([key, , act]) => act && key === event.key.toLowerCase());
    if (letter && letter[2]()) event.preventDefault();
  });
  // The next field that is asked for: the empty ones that stand open, then the papers, then the button.
  function onward(from) {
    const stops = [...from.form.elements].filter((one) => one.offsetParent && one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && !(one.tagName === "BUTTON" && !one.matches(".btn.big")) && !one.matches("fieldset"));
    const next = stops[stops.indexOf(from) + 1];
    if (next) { next.focus(); if (next.select && next.type !== "checkbox") next.select(); }
  }

  const fold = (but) => all(".more[open]").filter((one) => !one.contains(but)).forEach((one) => { one.open = false; });
  document.addEventListener("click", (event) => fold(event.target));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") fold(null); });

  const wrong = $("main [aria-invalid=true]");
  if (wrong) wrong.focus();
  const every = $("#chon-het"), said = $("#da-chon");
  if (every) {
    const boxes = () => all(".pick input[name=chon]");
    const count = () => {
      const number = boxes().filter((box) => box.checked).length;
      if (said) said.textContent = number ? `Với ${number} hồ sơ đã chọn:` : "Với các hồ sơ đã chọn:";
      every.checked = number > 0 && number === boxes().length;
    };
    every.hidden = false;
    every.addEventListener("change", () => { boxes().forEach((box) => { box.checked = every.checked; }); count(); });
    document.addEventListener("change", (event) => { if (event.target.matches(".pick input[name=chon]")) count(); });
    count();
  }
})();
