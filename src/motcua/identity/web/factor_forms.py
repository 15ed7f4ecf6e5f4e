"""The forms of the second factor: django-allauth's, in our words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from motcua.identity.web.forms import speak

_CODE = ("Mã xác nhận", "6 chữ số đang hiện trong ứng dụng, hoặc một mã dự phòng.")


def _code_field(form: forms.BaseForm, text: tuple[str, str] = _CODE) -> None:
    speak(form, code=text)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "w10"}


class AuthenticateForm(base.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """Finish signing in with a code."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _code_field(self)


class ReauthenticateForm(base.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """Confirm with a code before something delicate."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _code_field(self)


class ActivateTotpForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """Show that the app makes the right codes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _code_field(self, ("Mã xác nhận", "6 chữ số ứng dụng đang hiện."))


class AddKeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Add a key or passkey."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = "Tên khóa"
        self.fields["name"].help_text = "Để nhận ra khóa, ví dụ: Điện thoại của tôi."
        self.fields["passwordless"].label = "Dùng khóa này để đăng nhập không cần mật khẩu"
        self.fields["passwordless"].help_text = "Khóa phải có vân tay, khuôn mặt hoặc mã PIN."


class RenameKeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Give a key another name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speak(self, name=("Tên khóa", ""))
