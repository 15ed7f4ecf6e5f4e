"""The forms of sign-in: django-allauth's, in our words."""

from typing import Any

from allauth.account import forms as stock
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from motcua.identity.actions.create_account import taken_problems
from motcua.identity.rules.accounts import Person, account_problems, password_problems, tidy, tidy_username
from motcua.identity.terms import AccountKind
from motcua.kernel.errors import Problem

_DIFFERENT = "Hai lần nhập mật khẩu chưa giống nhau. Hãy nhập lại."
_NEW = "Mật khẩu mới"
_AGAIN = "Nhập lại mật khẩu mới"
_NEW_HINT = "Ít nhất 10 ký tự. Có thể dùng một câu ngắn dễ nhớ."


def speak(form: forms.BaseForm, **texts: tuple[str, str]) -> None:
    """Set label and hint of the fields, in that order; take allauth's English placeholders away."""
    for name, (label, hint) in texts.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)
        asked = label[:1].lower() + label[1:]
        field.error_messages["required"] = f"Hãy {asked}." if asked.startswith("nhập") else f"Hãy nhập {asked}."
    form.order_fields(list(texts))


def _say_different(form: forms.BaseForm) -> None:
    """Say in Vietnamese that the two passwords differ (allauth says it in English)."""
    first, second = form.cleaned_data.get("password1"), form.cleaned_data.get("password2")
    if first and "password2" in form.errors and first != second:
        form.errors["password2"] = form.error_class([_DIFFERENT])


class LoginForm(stock.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Sign in with a username: officers a word, citizens their phone number or e-mail address."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speak(self, login=("Tên đăng nhập", "Số điện thoại, thư điện tử hoặc tên được cấp."), password=("Mật khẩu", ""))

    def clean_login(self) -> str:
        """The username as it is stored."""
        return tidy_username(self.cleaned_data["login"])


class SignupForm(stock.SignupForm):  # type: ignore[misc]  # allauth has no types
    """A citizen makes an account."""

    full_name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    personal_id = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w15", "autocomplete": "off"})
    )
    agreed = forms.BooleanField(
        label="Tôi đồng ý cho cơ quan nhà nước xử lý dữ liệu cá nhân của tôi để giải quyết thủ tục.",
        error_messages={"required": "Hãy đánh dấu đồng ý nếu bạn muốn lập tài khoản."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speak(
            self,
            full_name=("Họ và tên", "Như trên thẻ căn cước."),
            personal_id=("Số định danh cá nhân", "12 chữ số trên thẻ căn cước."),
            username=("Số điện thoại hoặc thư điện tử", "Bạn sẽ dùng để đăng nhập."),
            password1=("Mật khẩu", _NEW_HINT),
            password2=("Nhập lại mật khẩu", ""),
        )

    def clean(self) -> dict[str, Any]:
        """Everything that the act would refuse, beside its field."""
        said: dict[str, Any] = super().clean()
        _say_different(self)
        person = tidy(
            Person(said.get("username", ""), said.get("full_name", ""), personal_id=said.get("personal_id", ""))
        )
        kind = AccountKind.CITIZEN
        problems = account_problems(person, kind, today=timezone.localdate()) + taken_problems(person, kind)
        if password := said.get("password1"):
            problems += password_problems(password, known=[person.username, person.personal_id])
        _add(self, problems)
        return said


def _add(form: forms.BaseForm, problems: list[Problem]) -> None:
    """Put each problem beside its field, unless the field has an error already."""
    for problem in problems:
        name = "password1" if problem.field == "password" else problem.field
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, ValidationError(problem.message, code=problem.code))


class ChangePasswordForm(stock.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Change one's own password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        current = ("Mật khẩu hiện tại", "")
        speak(self, oldpassword=current, password1=(_NEW, _NEW_HINT), password2=(_AGAIN, ""))

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same."""
        said: dict[str, Any] = super().clean()
        _say_different(self)
        return said


class SetPasswordForm(stock.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Set a first password, for those who came through the identity provider."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speak(self, password1=(_NEW, _NEW_HINT), password2=(_AGAIN, ""))

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same."""
        said: dict[str, Any] = super().clean()
        _say_different(self)
        return said


class ResetPasswordForm(stock.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Ask for a link to set a new password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speak(self, email=("Thư điện tử", "Địa chỉ đã ghi trong tài khoản của bạn."))


class ResetPasswordKeyForm(stock.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """Set a new password through the link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speak(self, password1=(_NEW, _NEW_HINT), password2=(_AGAIN, ""))

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same."""
        said: dict[str, Any] = super().clean()
        _say_different(self)
        return said


class ReauthenticateForm(stock.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """Type the password again before something delicate."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speak(self, password=("Mật khẩu", ""))


class ActivateForm(forms.Form):
    """Set the first password through a one-time link."""

    password1 = forms.CharField(label=_NEW, help_text=_NEW_HINT, strip=False)
    password2 = forms.CharField(label=_AGAIN, strip=False)

    def __init__(self, *args: Any, known: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        for field in self.fields.values():
            field.widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same, and not too easy."""
        said: dict[str, Any] = super().clean() or {}
        first, second = said.get("password1"), said.get("password2")
        if first and second and first != second:
            self.add_error("password2", _DIFFERENT)
        if first:
            _add(self, password_problems(first, known=self.known))
        return said
