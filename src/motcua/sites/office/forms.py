"""What the administrator's forms have in common: done once, problems beside their fields, tables from Excel."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Final, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from motcua.files.rules.names import size_in_words
from motcua.journal.idempotency import fingerprint_of
from motcua.kernel.checks import LONGEST_REASON
from motcua.kernel.errors import Problem
from motcua.sites.kit.forms import CleanCharField, add_problems, secret_names

#: An Excel table or a text of definitions larger than this is no table people filled in.
LARGEST_FILE: Final = 10 * 1024 * 1024

_NO_ATTRS: Final[Mapping[str, str]] = {}


class OfficeForm(forms.Form):
    """A form whose write is done once: `key` names the write. `places`: field of a problem → field of the form."""

    places: ClassVar[Mapping[str, str]] = {}

    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, label_suffix="", **options)
        self.fields["key"].initial = uuid4().hex

    def fingerprint(self, *more: str) -> str:
        """Return the mark of what was typed, files by their content; nothing secret goes into it."""
        said: list[bytes | str] = [*more]
        skipped = {"key"} | secret_names(self)
        for name, value in sorted(self.cleaned_data.items()):
            if name not in skipped:
                said += [name, content_of(value) if isinstance(value, UploadedFile) else repr(value)]
        return fingerprint_of(*said)

    def take(self, problems: Iterable[Problem]) -> None:
        """Put every problem of an action beside its field, or on top of the form."""
        placed = [Problem(one.code, one.message, self.places.get(one.field, one.field), one.basis) for one in problems]
        add_problems(self, placed)


def bound_to(request: HttpRequest) -> dict[str, Any]:
    """Return what binds a form to a POST; nothing for a GET."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def content_of(file: Any) -> bytes:
    """Return the bytes of an uploaded file, however often they are asked for; the next reader begins at the start."""
    file.seek(0)
    content = bytes(file.read())
    file.seek(0)
    return content


class SmallFileField(forms.FileField):
    """A file that is read here and not kept: a table or a text, at most ten megabytes."""

    widget = forms.FileInput

    def to_python(self, data: Any) -> Any:
        """Return the file; raises ValidationError when it is empty or too large."""
        found = super().to_python(data)
        if found is not None and found.size > LARGEST_FILE:
            message = f"Tệp nặng {size_in_words(found.size)}; hãy gửi tệp không quá {size_in_words(LARGEST_FILE)}."
            raise ValidationError(message, code="too_large")
        return found


def excel_field(label: str) -> SmallFileField:
    """Return the field for an Excel table."""
    accept = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return SmallFileField(
        label=label,
        widget=forms.FileInput(attrs={"accept": accept}),
        help_text="Tệp .xlsx theo mẫu, tối đa 10 MB. Chưa dòng nào được ghi khi còn một dòng sai.",
        error_messages={"required": "Hãy chọn tệp Excel.", "empty": "Tệp này không có nội dung; hãy chọn tệp khác."},
    )


def text_field(
    label: str, *, required: bool = True, longest: int = 300, help_text: str = "", attrs: Mapping[str, str] = _NO_ATTRS
) -> CleanCharField:
    """Return a field for one line; what is missing says what to type."""
    return CleanCharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
        error_messages={"required": f"Hãy nhập {label[:1].lower()}{label[1:]}."},
    )


def reason_field(label: str = "Lý do", *, help_text: str = "") -> CleanCharField:
    """Return the field for why something is done; the act demands it and the journal keeps it."""
    return CleanCharField(
        label=label,
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": f"Hãy ghi {label[:1].lower()}{label[1:]}."},
    )


class ReasonForm(OfficeForm):
    """A confirmation: why this is done."""

    reason = reason_field(help_text="Lý do được lưu vào nhật ký.")


def choice_field(label: str, *, required: bool = True, help_text: str = "") -> forms.ChoiceField:
    """Return a list to choose from; its choices are set by the form (`set_choices`)."""
    return forms.ChoiceField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={
            "required": f"Hãy chọn {label[:1].lower()}{label[1:]}.",
            "invalid_choice": "Hãy chọn một mục trong danh sách.",
        },
    )


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[object, str]], *, empty: str = "Chọn…") -> None:
    """Give the list its choices; the first one stands for nothing chosen."""
    field = cast("forms.ChoiceField", form.fields[name])
    field.choices = [("", empty), *((str(value), label) for value, label in choices)]


def whole(value: str) -> int | None:
    """Return the id a choice stands for; None when nothing was chosen."""
    return int(value) if value else None


def day_label(on: date) -> str:
    """Return the day as it is typed."""
    return f"{on:%d/%m/%Y}"
