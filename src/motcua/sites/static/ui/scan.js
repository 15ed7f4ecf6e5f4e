// Reads a QR code with the camera, where the browser can; without it, a picture of the code is sent as any file is.
"use strict";
(() => {
  const button = document.getElementById("quet"), picture = document.getElementById("hinh"), box = document.getElementById("id_text");
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;
  let stream = null;
  const stop = () => { if (stream) stream.getTracks().forEach(one => one.stop()); stream = null; picture.hidden = true; button.textContent = "Quét mã QR bằng máy ảnh"; };
  button.addEventListener("click", async () => {
    if (stream) return stop();
    stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: "environment"}}).catch(() => null);
    if (!stream) { button.textContent = "Không mở được máy ảnh: hãy cho phép, hoặc chụp ảnh mã rồi gửi lên"; return; }
    const detector = new BarcodeDetector({formats: ["qr_code"]});
    picture.srcObject = stream;
    picture.hidden = false;
    button.textContent = "Thôi quét";
    await picture.play();
    const look = async () => {
      if (!stream) return;
      const [seen] = await detector.detect(picture).catch(() => []);
      if (!seen) return requestAnimationFrame(look);
      stop();
      box.value = seen.rawValue;
      box.form.requestSubmit();
    };
    look();
  });
})();
