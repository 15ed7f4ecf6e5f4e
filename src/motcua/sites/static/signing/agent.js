// Signs with the token of this computer: digests from the house, signatures from the agent (docs/howto/agent-protocol.md).
(() => {
  "use strict";
  const PORTS = [17310, 17311, 17312, 17313, 17314];
  const place = document.querySelector("[data-agent]");
  if (!place) return;
  const part = (name) => place.querySelector(`[data-agent-${name}]`);
  const say = (text, bad) => { const line = part("said"); line.textContent = text; line.classList.toggle("error", Boolean(bad)); };
  const show = (name, yes) => { part(name).hidden = !yes; };
  const memory = (value) => {
    try { return value === undefined ? localStorage.getItem("ky-so") || "" : localStorage.setItem("ky-so", value); } catch { return ""; }
  };
  let base = "";

  async function agent(method, path, body) {
    const headers = { Authorization: `Bearer ${memory()}` };
    if (body) headers["Content-Type"] = "application/json";
    const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store" });
    return { ok: answer.ok, status: answer.status, ...(await answer.json()) };
  }

  async function house(url, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": place.dataset.token, Accept: "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", redirect: "error" });
    const found = await answer.json();
    if (!answer.ok) throw new Error((found.problems || []).map((one) => one.message).join(" ") || found.detail || "Hệ thống không nhận yêu cầu.");
    return found;
  }

  async function find() {
    for (const port of PORTS) {
      base = `http://127.0.0.1:${port}`;
      try {
        const hello = await agent("GET", "/v1/hello");
        if (hello.ok && hello.version === 1) return hello;
      } catch { /* nobody there: the next port */ }
    }
    return null;
  }

  async function start() {
    const hello = await find();
    if (!hello) {
      say("Chưa thấy chương trình ký số trên máy này. Hãy mở chương trình rồi bấm «Tìm lại».", true);
      return;
    }
    if (!hello.paired) {
      await agent("POST", "/v1/pair/begin", {});
      say("Hãy nhập mã sáu chữ số mà chương trình ký số đang hiện.");
      show("pair", true);
      return;
    }
    const { certificates = [] } = await agent("GET", "/v1/certificates");
    const list = part("choice");
    list.replaceChildren(...certificates.map((one) => {
      const option = new Option(`${(/CN=([^,]+)/.exec(one.subject) || [, one.subject])[1]}, đến ${one.valid_to.slice(0, 10).split("-").reverse().join("/")}`, one.id);
      option.known = one;
      return option;
    }));
    show("pair", false);
    show("sign", certificates.length > 0);
    if (certificates.length) say(`Chọn chứng thư rồi bấm «${part("signing").textContent}».`);
    else say("Chưa thấy chứng thư nào: hãy cắm token rồi bấm «Tìm lại».", true);
  }

  async function pair() {
    const answer = await agent("POST", "/v1/pair", { code: part("code").value.trim() });
    if (!answer.ok) { say(answer.message, true); return; }
    memory(answer.secret);
    await start();
  }

  // Until nothing is left: digests, signatures, back to the house. What came back is kept also when the rest does not.
  async function sign() {
    const known = part("choice").selectedOptions[0].known;
    say("Hãy xem và đồng ý trên chương trình ký số, rồi nhập mã PIN ở đó.");
    for (;;) {
      const wish = await house(place.dataset.prepare, { certificate: known.certificate, chain: known.chain });
      if (!wish.items.length) break;
      const items = wish.items.map(({ digest, label }) => ({ digest, label }));
      const answer = await agent("POST", "/v1/sign", { certificate: known.id, hash: wish.hash, batch: wish.batch, part: wish.part, title: wish.title, total: wish.left, items });
      const signatures = (answer.signatures || []).map((signature, index) => ({ id: wish.items[index].id, signature }));
      if (signatures.length) {
        const { done, total } = await house(place.dataset.finish, { signatures });
        say(`Đã ký ${done} trên ${total}.`);
      }
      if (!answer.ok) { say(answer.message, true); return; }
    }
    say("Đã ký xong.");
    location.assign(place.dataset.then);
  }

  const press = (name, act) => part(name).addEventListener("click", async (event) => {
    event.preventDefault();
    part(name).disabled = true;
    try { await act(); } catch (fault) { say(fault.message || "Mất kết nối; bấm lại để tiếp tục, không ký trùng.", true); }
    part(name).disabled = false;
  });
  press("again", start);
  press("pairing", pair);
  press("signing", sign);
  place.hidden = false;
  start().catch(() => say("Chưa nói chuyện được với chương trình ký số; hãy bấm «Tìm lại».", true));
})();
