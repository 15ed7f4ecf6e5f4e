// A scanner types like a keyboard, only faster. Whatever field the cursor is in, a scanned identity card fills the applicant,
// a scanned receipt opens its dossier. An input method that types over the scan is noticed and said.
(() => {
  "use strict";
  const FAST = 150, SHORTEST = 12, KNOWN = /(?:\d{12}|\d{9})\|[^]*$|https?:\S+$|[A-Z]\d[\dA-Z.]*-\d{6}-\d{4,}$/i;
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const form = document.querySelector("form[data-card]"), url = document.currentScript.dataset.card;
  let burst = null, filled = {};
  const say = (text, kind) => {
    let box = document.querySelector("#quet");
    if (!box) {
      box = document.createElement("div");
      box.id = "quet";
      box.setAttribute("role", "status");
      (document.querySelector("main form[data-card]") || document.querySelector("main .wrap:last-child")).prepend(box);
    }
    box.className = `notice ${kind}`;
    box.replaceChildren(...text.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    return box;
  };
  const put = (name, value) => {
    const one = form.elements[name];
    if (!one) return;
    one.value = value;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  };

  async function read(text, changed, target) {
    const answer = await fetch(url, {
      method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token() },
      body: new URLSearchParams({ text, changed: changed ? "1" : "" }),
    }).then((one) => (one.ok ? one.json() : null)).catch(() => null);
    if (!answer) { say(["Chưa đọc được mã vừa quét vì mất kết nối; hãy quét lại."], "bad"); return; }
    if (answer.url) { location.href = answer.url; return; }
    if (!form || !answer.fields.personal_id) { say(answer.problems.length ? answer.problems : ["Hãy mở trang tiếp nhận rồi quét thẻ."], "bad"); return; }
    const inside = target && target.closest && target.closest("[data-party]"), party = inside ? inside.dataset.party : "owner";
    fill(party, answer);
  }

  function fill(party, answer) {
    const number = answer.fields.personal_id, other = form.elements[`${party}.personal_id`].value.trim();
    if (filled[party] === number && other === number && !answer.is_mangled && !filled.again) { say(["Thẻ này đã được điền rồi."], "good"); return; }
    if (other && other !== number && party === "owner" && form.elements["submitter.personal_id"]) { ask(answer, other); return; }
    write(party, answer);
  }

  function write(party, answer) {
    for (const [name, value] of Object.entries(answer.fields)) put(`${party}.${name}`, value);
    put(`${party}.qr`, "");
    filled[party] = answer.fields.personal_id;
    filled.again = answer.is_mangled;
    if (party === "submitter") {
      const folded = form.elements["submitter.name"].closest("details");
      if (folded) folded.open = true;
      if (form.elements.source.value === "self") put("source", "proxy");
    }
    const name = answer.fields.name || answer.fields.personal_id;
    say(answer.problems.length ? answer.problems : [`Đã điền ${party === "owner" ? "chủ hồ sơ" : "người nộp"}: ${name}.`], answer.problems.length ? "warn" : "good");
    const next = ["name", "phone"].map((one) => form.elements[`${party}.${one}`]).find((one) => one && !one.value);
    if (next) next.focus();
  }

  // A second, different card: whose is it?
  function ask(answer, other) {
    const box = say([`Đang có số định danh ${other}. Thẻ vừa quét là của ${answer.fields.name || answer.fields.personal_id}:`], "warn"), row = document.createElement("p");
    row.className = "row";
    for (const [party, text] of [["submitter", "Điền vào người nộp"], ["owner", "Thay chủ hồ sơ"]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn second small", textContent: text });
      button.addEventListener("click", () => write(party, answer));
      row.append(button);
    }
    box.append(row);
    row.firstChild.focus();
  }

  const stop = () => { burst = null; delete document.body.dataset.scanning; };
  const looks = (text) => (text.match(/\|/g) || []).length >= 4 || /\/tra-cuu\//i.test(text) || /^[A-Z]\d[\dA-Z.]*-\d{6}-\d{4,}$/i.test(text);
  const text = (keys) => keys.filter((one) => one.length === 1).join("");

  document.addEventListener("keydown", (event) => {
    const now = performance.now(), ime = event.isComposing || event.keyCode === 229 || event.key === "Process" || event.key === "Backspace";
    if (burst && now - burst.last > FAST) stop();
    const ends = burst && (event.key === "Enter" || event.key === "Tab");
    if (ends && burst.keys.length >= SHORTEST) {
      const one = burst.target, typed = text(burst.keys), shown = one && "value" in one ? one.value.slice(burst.before.length) : typed;
      const scanned = looks(typed) ? typed : shown;
      if (looks(scanned)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        // Whoever typed right before the scan keeps those letters.
        const piece = (scanned.match(KNOWN) || [scanned])[0], from = shown.lastIndexOf(piece);
        const changed = burst.ime || (looks(shown) && from < 0 && typed.length >= SHORTEST);
        const own = from < 0 ? scanned.slice(0, scanned.length - piece.length) : shown.slice(0, from);
        if (one && "value" in one) one.value = /\.qr$/.test(one.name) ? "" : burst.before + own;
        stop();
        read(piece, changed, one);
        return;
      }
    }
    // In the field for the code Enter always reads it: pasted, typed, or from a slow scanner.
    const box = event.target;
    if (event.key === "Enter" && form && !ime && /\.qr$/.test(box.name || "") && box.value.trim()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      stop();
      read(box.value.trim(), false, box);
      return;
    }
    if (event.ctrlKey || event.metaKey || (event.key.length !== 1 && !ime)) { if (event.key !== "Shift" && event.key !== "Alt") stop(); return; }
    if (!burst) burst = { keys: [], ime: false, target: event.target, before: event.target.value || "", last: now };
    burst.last = now;
    burst.ime ||= ime;
    burst.keys.push(event.key);
    if (burst.keys.length >= 5) document.body.dataset.scanning = "1";
    // While a scanner types outside a field, its letters are no shortcuts.
    if (burst.keys.length > 1 && now - burst.last <= FAST && event.target === document.body) event.stopImmediatePropagation();
  }, true);

  // Scanned into the field itself by paste, or by a scanner without a closing Enter.
  document.addEventListener("paste", (event) => {
    const pasted = event.clipboardData.getData("text");
    if (!form || !looks(pasted)) return;
    event.preventDefault();
    read(pasted, false, event.target);
  });
})();
