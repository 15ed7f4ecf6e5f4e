// Choosing a procedure while typing: without diacritics, by number, by nickname or first letters; Enter takes the first.
(() => {
  "use strict";
  const input = document.querySelector("#thu-tuc"), lists = [...document.querySelectorAll("[data-pick] li")];
  if (!input || !lists.length) return;
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const items = lists.map((item) => {
    const link = item.querySelector("a"), said = fold(`${link.textContent} ${item.dataset.words || ""}`);
    const name = fold(item.dataset.name || link.textContent).trim().split(/[^a-z0-9]+/);
    return { item, link, said, letters: name.map((word) => word[0]).join("") };
  });
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  input.form.after(said);
  let found = [];
  const narrow = () => {
    const words = fold(input.value).trim().split(/\s+/).filter(Boolean), seen = new Set();
    found = [];
    for (const one of items) {
      const fits = words.every((word) => one.said.includes(word)) || (words.length === 1 && words[0].length > 1 && one.letters.includes(words[0]));
      const again = words.length > 0 && seen.has(one.link.href);
      one.item.hidden = !fits || again;
      one.item.classList.remove("first");
      if (fits && !again) { found.push(one); seen.add(one.link.href); }
    }
    document.querySelectorAll("[data-pick]").forEach((list) => {
      const empty = ![...list.children].some((item) => !item.hidden);
      list.hidden = empty;
      if (list.previousElementSibling && list.previousElementSibling.matches("h2")) list.previousElementSibling.hidden = empty;
    });
    if (words.length && found.length) found[0].item.classList.add("first");
    said.textContent = !words.length ? "" : found.length ? `${found.length} thủ tục của quầy. Enter: ${found[0].link.textContent.trim()}` : "Không có ở quầy này. Enter để tìm trong mọi thủ tục.";
  };
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || !["Enter", "ArrowDown", "ArrowUp"].includes(event.key) || event.ctrlKey) return;
    if (!input.value.trim() || !found.length) return;
    event.preventDefault();
    if (event.key === "Enter") { (found.find((one) => one.item.classList.contains("first")) || found[0]).link.click(); return; }
    const here = found.findIndex((one) => one.item.classList.contains("first"));
    const next = found[Math.min(Math.max(here + (event.key === "ArrowDown" ? 1 : -1), 0), found.length - 1)];
    found.forEach((one) => one.item.classList.toggle("first", one === next));
    next.item.scrollIntoView({ block: "nearest" });
    said.textContent = `Enter: ${next.link.textContent.trim()}`;
  });
  input.focus();
})();
