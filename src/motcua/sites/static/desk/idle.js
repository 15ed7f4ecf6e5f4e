// Covers the page of an officer who went away; the password opens it again, nothing typed is lost. The server locks too.
(() => {
  "use strict";
  const me = document.currentScript.dataset, limit = parseFloat(me.minutes.replace(",", ".")) * 60000, title = document.title;
  if (!limit) return;
  let told = Date.now(), cover = null;
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const post = (url, said = {}) => fetch(url, {
    method: "POST", credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(said),
  }).catch(() => null);
  const seen = (at) => {
    try { return at ? localStorage.setItem("motcua:seen", at) : +localStorage.getItem("motcua:seen"); } catch { return 0; }
  };
  let last = Date.now();
  seen(last);

  const touch = () => {
    if (cover) return;
    last = Date.now();
    seen(last);
    if (last - told > Math.min(limit / 4, 60000)) {
      told = last;
      post(me.awake).then((answer) => { if (answer && answer.status === 423) lock(false); });
    }
  };

  function lock(tell) {
    if (cover) return;
    const back = document.activeElement;
    cover = document.createElement("div");
    cover.id = "khoa";
    cover.setAttribute("role", "dialog");
    cover.setAttribute("aria-modal", "true");
    cover.setAttribute("aria-labelledby", "khoa-ten");
    cover.innerHTML = `<form class="wrap"><p class="caption"></p><h1 id="khoa-ten">Màn hình đang khóa</h1>
<p>Những gì đang nhập vẫn còn nguyên. Hãy nhập mật khẩu để làm tiếp.</p>
<div class="field"><label for="khoa-mk">Mật khẩu</label><div id="khoa-loi" role="alert"></div><input type="password" id="khoa-mk" class="w20" autocomplete="current-password" required></div>
<p class="row"><button class="btn">Mở khóa</button><a class="btn link">Đổi người</a></p></form>`;
    cover.querySelector(".caption").textContent = me.name;
    cover.querySelector("a").href = me.switch;
    const word = cover.querySelector("input"), wrong = cover.querySelector("#khoa-loi");
    cover.firstChild.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = await post(me.unlock, { _mat_khau: word.value });
      word.value = "";
      if (answer && answer.status === 204) {
        cover.remove();
        cover = null;
        document.body.classList.remove("covered");
        for (const one of document.body.children) one.inert = false;
        document.title = title;
        last = told = Date.now();
        seen(last);
        if (back && back.focus) back.focus();
      } else if (answer && answer.status === 401) {
        wrong.innerHTML = '<p class="error">Nhập sai nhiều lần nên đã đăng xuất. Hãy đăng nhập lại ở thẻ khác rồi nhập mật khẩu ở đây.</p>';
      } else {
        wrong.innerHTML = `<p class="error">${answer ? "Mật khẩu chưa đúng. Hãy nhập lại." : "Mất kết nối. Hãy thử lại."}</p>`;
        word.focus();
      }
    });
    for (const one of document.body.children) one.inert = true;
    document.body.classList.add("covered");
    document.body.append(cover);
    document.title = "Màn hình đang khóa";
    word.focus();
    if (tell) post(me.lock);
  }

  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) document.addEventListener(kind, touch, { passive: true, capture: true });
  setInterval(() => { if (!cover && Date.now() - Math.max(last, seen()) > limit) lock(true); }, 1000);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-lock]")) return;
    event.preventDefault();
    lock(true);
  });
})();
