"""Form fields the way citizens write, and problems of the rooms put beside the field they belong to."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.kernel.errors import Problem
from motcua.kernel.text import clean

_DAY = re.compile(r"^(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})$|^(\d{2})(\d{2})(\d{4})$")


class DayField(forms.DateField):
    """A date as people write it: 2/9/1990, 02-09-1990, 02.09.1990 or 02091990."""

    def __init__(self, *, help_text: str = "Ngày/tháng/năm, ví dụ: 02/09/1990", **options: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "w10", "maxlength": "10", "autocomplete": "off"}
        options.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=attrs))
        super().__init__(help_text=help_text, **options)

    def to_python(self, value: Any) -> date | None:
        """Return the date, None when empty; raises ValidationError that says what to write instead."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        found = _DAY.match(str(value).strip())
        if not found:
            raise ValidationError("Hãy ghi ngày theo thứ tự ngày/tháng/năm, ví dụ 02/09/1990.", code="invalid")
        day, month, year = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError(
                f"Không có ngày {day:02d}/{month:02d}/{year}. Hãy xem lại.", code="invalid"
            ) from error


class CleanCharField(forms.CharField):
    """A line of text as the registers keep it: composed letters, Đ for Ð, single spaces."""

    def to_python(self, value: Any) -> str:
        """Return the cleaned text ("" when empty)."""
        return clean(super().to_python(value) or "")


def secret_names(form: forms.Form) -> frozenset[str]:
    """Return the fields typed as a PIN, password or one-time code: no part of the kept mark of what was pressed.

    A mark of few digits would give them away.
    """
    widgets = {name: field.widget for name, field in form.fields.items()}
    return frozenset(
        name
        for name, widget in widgets.items()
        if isinstance(widget, forms.PasswordInput) or widget.attrs.get("autocomplete") == "one-time-code"
    )


def add_problems(form: forms.BaseForm, problems: Iterable[Problem]) -> None:
    """Put every problem beside its field, or on top of the form when the form has no such field."""
    for problem in problems:
        name = problem.field if problem.field in form.fields else None
        form.add_error(name, ValidationError(problem.message, code=problem.code))


def choice_text(label: str, hint: str) -> SafeString:
    """Return the label of a radio button or checkbox with a hint under it."""
    return format_html('{} <span class="hint">{}</span>', label, hint)
