// Sends chosen files at once, in pieces that fit the line, and goes on where a cut stopped it. Without it the plain form works.
(() => {
  "use strict";
  const KB = 1024, sleep = (ms) => new Promise((go) => setTimeout(go, ms));
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const ask = async (url, options) => {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 45000);
    try {
      return await fetch(url, { credentials: "same-origin", redirect: "error", signal: stop.signal, ...options });
    } finally { clearTimeout(timer); }
  };
  const memory = (key, value) => {
    try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; }
  };
  let piece = 32 * KB;

  // Sends one file; `step(share)` tells how far; returns the state the server gave last.
  async function send(file, base, step) {
    const key = `tep:${file.name}:${file.size}:${file.lastModified}`, headers = { "X-CSRFToken": token() };
    let state = null, id = memory(key), pause = 1000;
    for (;;) {
      try {
        if (!state) {
          let answer = id ? await ask(`${base}${id}/`) : null;
          if (!answer || answer.status >= 400 && answer.status < 500) {
            answer = await ask(base, { method: "POST", headers, body: new URLSearchParams({ name: file.name, size: file.size, type: file.type }) });
          }
          if (answer.status >= 500) throw answer.status;
          state = await answer.json();
          if (answer.status >= 400) return state;
          id = state.id;
          memory(key, id);
        }
        step(state.received / state.size);
        if (state.done || state.problems.length) { memory(key, ""); return state; }
        const from = state.received, begun = performance.now();
        const answer = await ask(`${base}${id}/?tu=${from}`, { method: "PUT", headers, body: file.slice(from, from + piece) });
        if (!answer.ok) throw answer.status;
        state = await answer.json();
        const took = performance.now() - begun;
        piece = took < 700 ? Math.min(piece * 2, 256 * KB) : took > 4000 ? Math.max(piece / 2, 8 * KB) : piece;
        pause = 1000;
      } catch (fault) {
        if (fault === 404) { id = ""; memory(key, ""); }
        state = null;
        step(fault === 503 ? -2 : -1);
        await sleep(pause);
        pause = Math.min(pause * 2, 20000);
      }
    }
  }

  const going = new Map();
  // Puts the file below its input with how far it is, then with a ticked box that the form sends.
  async function take(input, file, shown = {}) {
    const row = document.createElement("p"), text = document.createElement("span");
    row.className = "hint";
    row.setAttribute("role", "status");
    row.append(text);
    input.before(row);
    const step = (share) => {
      text.textContent = `${file.name}: ${share < -1 ? "máy chủ đang bận, sẽ tự gửi lại…" : share < 0 ? "mất kết nối, đang thử lại…" : `đang gửi ${Math.round(share * 100)} %`}`;
    };
    step(0);
    const sending = send(file, input.dataset.tep, shown.step ? (share) => { step(share); shown.step(share); } : step);
    going.set(row, sending);
    const state = await sending;
    going.delete(row);
    if (!state.done) {
      row.className = "error";
      text.textContent = state.problems.join(" ") || `${file.name}: chưa gửi được.`;
      return state;
    }
    const label = document.createElement("label"), box = document.createElement("input"), name = document.createElement("span");
    label.className = "choice kept";
    Object.assign(box, { type: "checkbox", name: `${input.name}__tai`, value: state.id, checked: true });
    name.textContent = `${state.name} – đã tải lên`;
    label.append(box, name);
    row.replaceWith(label);
    input.required = false;
    // What was missing or wrong in this field is mended now.
    const field = input.closest(".field");
    if (field) {
      field.classList.remove("bad");
      field.querySelectorAll(".error").forEach((one) => one.remove());
      input.removeAttribute("aria-invalid");
    }
    return { ...state, label, box };
  }

  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!input.matches("input[type=file][data-tep]") || !window.fetch) return;
    const files = [...input.files];
    input.value = "";
    if (!input.multiple) input.parentNode.querySelectorAll(".kept").forEach((one) => one.remove());
    for (const file of files) await take(input, file);
  });
  document.addEventListener("submit", async (event) => {
    if (!going.size) return;
    event.preventDefault();
    const states = await Promise.all(going.values());
    await sleep(0);
    // A file that was refused meanwhile is told beside its field; nothing is sent without it.
    if (!states.every((one) => one.done)) {
      document.querySelector(".error[role=status]")?.scrollIntoView({ block: "center" });
      return;
    }
    event.target.requestSubmit(event.submitter);
  });
  window.motcuaTep = { take };
})();
