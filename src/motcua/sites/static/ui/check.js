// Checks the signed data of a result's QR code in the browser: base 32, CBOR, COSE_Sign1 with ES256. No network.
"use strict";
(() => {
  const MARK = "MC1", LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", OURS = -65537, DAY = 86400;
  const form = document.getElementById("kiem-tra"), box = document.getElementById("ma"), told = document.getElementById("ket-luan");
  const list = JSON.parse(document.getElementById("khoa").textContent);
  if (!form || !window.crypto || !crypto.subtle) return;
  form.hidden = false;

  function bytesOf(text) {
    const found = [];
    let bits = 0, held = 0;
    for (const letter of text) {
      const value = LETTERS.indexOf(letter);
      if (value < 0) throw new Error("base 32");
      held = (held << 5 | value) & 0xfff;
      bits += 5;
      if (bits >= 8) { bits -= 8; found.push(held >> bits & 0xff); }
    }
    return new Uint8Array(found);
  }

  function cbor(bytes) {
    let at = 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    function size(extra) {
      if (extra < 24) return extra;
      if (extra === 24) return view.getUint8(at++);
      if (extra === 25) { at += 2; return view.getUint16(at - 2); }
      if (extra === 26) { at += 4; return view.getUint32(at - 4); }
      if (extra === 27) { at += 8; return Number(view.getBigUint64(at - 8)); }
      throw new Error("cbor");
    }
    function item(depth) {
      if (depth > 8 || at >= bytes.length) throw new Error("cbor");
      const first = view.getUint8(at++), kind = first >> 5, count = size(first & 31);
      if (kind === 0) return count;
      if (kind === 1) return -1 - count;
      if (kind < 4) {
        if (at + count > bytes.length) throw new Error("cbor");
        const part = bytes.slice(at, at += count);
        return kind === 2 ? part : new TextDecoder("utf-8", {fatal: true}).decode(part);
      }
      if (kind > 5 || count > bytes.length) throw new Error("cbor");
      if (kind === 4) return Array.from({length: count}, () => item(depth + 1));
      const map = new Map();
      for (let number = 0; number < count; number++) { const key = item(depth + 1); map.set(key, item(depth + 1)); }
      return map;
    }
    const found = item(0);
    if (at !== bytes.length) throw new Error("cbor");
    return found;
  }

  function head(kind, count) {
    if (count < 24) return [kind << 5 | count];
    if (count < 256) return [kind << 5 | 24, count];
    return [kind << 5 | 25, count >> 8, count & 255];
  }
  const hex = bytes => Array.from(bytes, one => one.toString(16).padStart(2, "0")).join("");
  const utf8 = text => new TextEncoder().encode(text);

  async function read(text) {
    const data = text.replace(/\s+/g, "").replace(/\/+$/, "").split("/").pop().toUpperCase();
    if (!data.startsWith(MARK)) return {bad: "Mã này không phải mã xác thực kết quả."};
    let guarded, payload, signature, kid;
    try {
      [guarded, , payload, signature] = cbor(bytesOf(data.slice(MARK.length)));
      const said = cbor(guarded);
      kid = hex(said.get(4));
      if (said.get(1) !== -7 || signature.length !== 64) throw new Error("ES256");
    } catch { return {bad: "Mã xác thực bị thiếu hoặc hỏng; hãy quét lại cho đủ."}; }
    const jwk = list.keys.find(one => one.kid === kid);
    if (!jwk) return {bad: "Không biết khóa đã ký mã này: có thể do nơi khác cấp, hoặc danh sách khóa đã cũ."};
    const key = await crypto.subtle.importKey("jwk", {kty: "EC", crv: "P-256", x: jwk.x, y: jwk.y}, {name: "ECDSA", namedCurve: "P-256"}, false, ["verify"]);
    const context = utf8("Signature1");
    const message = new Uint8Array([0x84, ...head(3, context.length), ...context, ...head(2, guarded.length), ...guarded, 0x40, ...head(2, payload.length), ...payload]);
    if (!await crypto.subtle.verify({name: "ECDSA", hash: "SHA-256"}, key, signature, message)) return {bad: "Mã này đã bị sửa, hoặc không do cơ quan nào ở đây ký."};
    return {claims: cbor(payload)};
  }

  async function markOf(code) {
    const digest = await crypto.subtle.digest("SHA-256", utf8(code));
    return hex(new Uint8Array(digest)).slice(0, 16);
  }

  const day = seconds => new Intl.DateTimeFormat("vi-VN", {day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh"}).format(new Date(seconds * 1000));
  const issued = number => `${String(number % 100).padStart(2, "0")}/${String(Math.floor(number / 100) % 100).padStart(2, "0")}/${Math.floor(number / 10000)}`;

  function show(tone, headline, text, lines) {
    const block = document.createElement("div"), title = document.createElement("h2"), words = document.createElement("p");
    block.className = `verdict ${tone}`;
    title.textContent = headline;
    words.textContent = text;
    block.append(title, words);
    const table = document.createElement("dl");
    table.className = "kv";
    for (const [name, value] of lines.filter(one => one[1])) {
      const row = document.createElement("div"), left = document.createElement("dt"), right = document.createElement("dd");
      left.textContent = name;
      right.textContent = value;
      row.append(left, right);
      table.append(row);
    }
    told.replaceChildren(block, table);
    told.focus();
  }

  async function check() {
    const found = await read(box.value);
    if (found.bad) return show("bad", "Không được tin mã QR này.", found.bad, []);
    const claims = found.claims, ours = claims.get(OURS), now = Date.now() / 1000, until = claims.get(4), from = claims.get(5);
    const lines = [
      ["Giấy tờ", ours.get(3)], ["Số", ours.get(4)], ["Cơ quan cấp", ours.get(6)], ["Ngày cấp", issued(ours.get(5))],
      ["Có giá trị đến hết", until ? day(until - DAY / 2) : ""], ["Cấp cho", ours.get(7)],
      ["Ba số cuối của số định danh", ours.get(8)], ["Mã tra cứu", ours.get(1)], ["Phiên bản", String(ours.get(10))],
    ];
    const mark = await markOf(ours.get(1));
    if (list.revoked.includes(mark)) return show("bad", "Không được dùng giấy này: đã bị thu hồi.", "Kết quả này có trong danh sách thu hồi.", lines);
    if ((list.replaced || []).includes(mark)) return show("warn", "Giấy này là thật, nhưng đã có bản mới thay thế.", "Hãy xin bản mới.", lines);
    if (until && now >= until) return show("warn", `Giấy này là thật, nhưng đã hết hạn từ ${day(until - DAY / 2)}.`, "", lines);
    if (from && now < from) return show("warn", `Giấy này là thật, nhưng đến ${day(from)} mới có hiệu lực.`, "", lines);
    show("good", `Mã QR này là thật, do ${ours.get(6)} cấp ngày ${issued(ours.get(5))}.`, "Hãy so tên, số trên giấy và ba số cuối với thẻ căn cước của người đưa giấy.", lines);
  }
  form.addEventListener("submit", event => { event.preventDefault(); check(); });

  const scan = document.getElementById("quet"), picture = document.getElementById("hinh");
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    scan.hidden = false;
    scan.addEventListener("click", async () => {
      const stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: "environment"}}).catch(() => null);
      if (!stream) return show("warn", "Không mở được máy ảnh.", "Hãy cho phép trang này dùng máy ảnh, hoặc dán nội dung mã.", []);
      const detector = new BarcodeDetector({formats: ["qr_code"]});
      picture.srcObject = stream;
      picture.hidden = false;
      await picture.play();
      const stop = () => { stream.getTracks().forEach(one => one.stop()); picture.hidden = true; };
      const look = async () => {
        const [seen] = await detector.detect(picture).catch(() => []);
        if (!seen) return picture.hidden || requestAnimationFrame(look);
        stop();
        box.value = seen.rawValue;
        check();
      };
      look();
    });
  }
  const keep = (document.querySelector("script[data-giu]") || {dataset: {}}).dataset.giu;
  if (keep && "serviceWorker" in navigator) navigator.serviceWorker.register(keep);
})();
