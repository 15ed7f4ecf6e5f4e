// Files at the counter: dragged in, pasted, a whole folder; each goes up at once and is put to its paper by drag or by choice.
(() => {
  "use strict";
  const form = document.querySelector("form[data-papers]"), tep = window.motcuaTep;
  if (!form || !tep) return;
  const inputs = [...form.querySelectorAll("input[type=file][data-tep][name]")];
  if (inputs.length < 2) return;
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const words = (text) => fold(text).split(/[^a-z0-9]+/).filter((word) => word.length > 1);
  const nameOf = (input) => {
    const box = input.closest(".component"), label = box ? box.querySelector(".choice span") : form.querySelector(`label[for="${input.id}"]`);
    return (label ? label.firstChild.textContent : input.name).trim();
  };
  const targets = inputs.map((input) => ({ input, name: nameOf(input), words: words(nameOf(input)) }));

  const pool = document.createElement("section");
  pool.className = "pool";
  pool.setAttribute("aria-label", "Tệp vừa đưa vào");
  pool.innerHTML = `<p><strong>Kéo tệp vào trang này</strong>, dán ảnh (Ctrl+V), hoặc <button type="button" class="btn second small">Chọn tệp</button> <button type="button" class="btn second small">Chọn thư mục</button></p>
<input type="file" multiple hidden><input type="file" webkitdirectory hidden><input type="file" data-tep="/tep/" hidden>`;
  const [files, folder, waiting] = pool.querySelectorAll("input");
  waiting.name = "cho-xep";
  waiting.multiple = true;
  pool.querySelectorAll("button").forEach((button, place) => button.addEventListener("click", () => [files, folder][place].click()));
  for (const one of [files, folder]) {
    one.addEventListener("change", () => { [...one.files].sort((a, b) => a.name.localeCompare(b.name, "vi", { numeric: true })).forEach((file) => add(file)); one.value = ""; });
  }
  (form.querySelector(".component") || inputs[0].closest(".field")).before(pool);

  const guess = (file) => {
    const said = new Set(words(file.name)), scored = targets.map((one) => [one.words.filter((word) => said.has(word)).length / (one.words.length || 1), one]);
    scored.sort((a, b) => b[0] - a[0]);
    return scored[0][0] >= 0.6 ? scored[0][1] : null;
  };

  async function add(file, input) {
    const target = input || (guess(file) || {}).input;
    const state = await tep.take(target || waiting, file);
    if (!state.done) return;
    dress(state, file);
    if (target) settle(state.label, state.box, target);
  }

  async function dress({ label, box }, file) {
    const choose = document.createElement("select");
    choose.setAttribute("aria-label", `${file.name} thuộc giấy tờ nào`);
    choose.append(new Option("Chưa xếp", ""), ...targets.map((one, place) => new Option(one.name, place)));
    choose.addEventListener("change", () => settle(label, box, choose.value === "" ? waiting : targets[choose.value].input));
    label.draggable = true;
    label.addEventListener("dragstart", (event) => { dragged = { label, box }; event.dataTransfer.setData("text/plain", file.name); });
    label.after(choose);
    label.choose = choose;
    choose.className = "belongs";
    if (file.type.startsWith("image/")) {
      try {
        const picture = await createImageBitmap(file, { resizeHeight: 96 }), canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [picture.width, picture.height];
        canvas.getContext("2d").drawImage(picture, 0, 0);
        label.prepend(canvas);
      } catch { /* a picture that the browser cannot draw has no thumbnail */ }
    }
  }

  function settle(label, box, input) {
    input.before(label, label.choose || "");
    box.name = `${input.name}__tai`;
    const place = targets.findIndex((one) => one.input === input), part = input.closest(".component");
    if (label.choose) label.choose.value = place < 0 ? "" : place;
    const tick = part && part.querySelector(".choice > input[type=checkbox]:not([name$=__tai])");
    if (tick && !tick.checked) tick.click();
  }

  let dragged = null;
  const over = (event) => { const part = event.target.closest && event.target.closest(".component, .field"); return part && part.querySelector("input[type=file][data-tep][name]"); };
  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  for (const kind of ["dragleave", "dragend", "drop"]) document.addEventListener(kind, () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const input = over(event);
    if (dragged) { settle(dragged.label, dragged.box, input && input !== waiting ? input : waiting); dragged = null; return; }
    for (const file of event.dataTransfer.files) add(file, input && inputs.includes(input) ? input : null);
  });
  document.addEventListener("paste", (event) => {
    for (const file of event.clipboardData.files) {
      add(file.name === "image.png" ? new File([file], `dan-${new Date().toISOString().slice(11, 19).replaceAll(":", "")}.png`, { type: file.type }) : file);
    }
  });
})();
