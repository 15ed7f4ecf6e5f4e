"""The form of a limit for helpers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.dossiers.rules.helping import LIMITED
from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm, choice_field, set_choices, text_field

_WHOLE = {"required": "Hãy nhập một số.", "invalid": "Hãy nhập một số nguyên."}


class LimitForm(OfficeForm):
    """How many dossiers one helper of a kind may hand in."""

    desk = choice_field("Quầy")
    source = choice_field("Người nộp thay")
    most_a_day = forms.IntegerField(
        label="Nhiều nhất mỗi ngày", error_messages=_WHOLE, widget=forms.NumberInput(attrs={"class": "w5", "min": 1})
    )
    most_open = forms.IntegerField(
        label="Nhiều nhất đang giải quyết",
        error_messages=_WHOLE,
        widget=forms.NumberInput(attrs={"class": "w5", "min": 1}),
    )
    on = DayField(label="Từ ngày", error_messages={"required": "Hãy ghi ngày bắt đầu."})
    reason = text_field("Lý do", longest=300)

    def __init__(self, desks: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "desk", desks)
        set_choices(self, "source", [(one.value, one.label) for one in LIMITED])
        if len(desks) == 1:
            self.fields["desk"].initial = str(desks[0][0])
