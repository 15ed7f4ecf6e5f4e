// Show the way in by passkey where the browser knows it; say it plainly when it did not work.
const form = document.querySelector("[data-passkey]");
if (form && window.PublicKeyCredential) form.hidden = false;
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.textContent = "Chưa dùng được khóa. Hãy thử lại hoặc đăng nhập bằng mật khẩu.";
  form.after(note);
});
