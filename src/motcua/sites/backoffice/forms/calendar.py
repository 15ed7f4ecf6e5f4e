"""Forms of days off and clocks."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms

from motcua.agencies.queries import UnitInfo
from motcua.deadlines.terms import ClockKey, DayKind, Half
from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm, choice_field, set_choices, text_field, whole

_NO_DAY = {"required": "Hãy nhập ngày, ví dụ 01/07/2025."}
_LONGEST: Final = 31


class ScopedForm(OfficeForm):
    """Something that holds for the whole installation or for a unit and everything below it."""

    scope = choice_field("Áp dụng cho")

    def __init__(self, units: Iterable[UnitInfo], *, everywhere: bool, **options: Any) -> None:
        super().__init__(**options)
        own = [(str(unit.id), unit.name) for unit in units if unit.is_agency]
        set_choices(self, "scope", [("0", "Mọi cơ quan"), *own] if everywhere else own)
        self.fields["scope"].initial = "0" if everywhere else (own[0][0] if len(own) == 1 else "")

    @property
    def unit_id(self) -> int | None:
        """The unit; None: everywhere."""
        return whole(self.cleaned_data["scope"]) or None


class DayOffForm(ScopedForm):
    """A day, or days in a row, that do not follow their weekday."""

    places: ClassVar[Mapping[str, str]] = {"date": "first", "unit": "scope"}

    kind = forms.ChoiceField(label="Là ngày", widget=forms.RadioSelect, choices=DayKind.choices, initial=DayKind.OFF)
    first = DayField(label="Ngày", error_messages=_NO_DAY)
    last = DayField(label="Đến hết ngày", required=False, help_text="Bỏ trống nếu chỉ một ngày.")
    half = forms.ChoiceField(label="Phần ngày", choices=Half.choices, initial=Half.ALL)
    name = text_field("Tên ngày nghỉ hoặc lý do", longest=120, help_text="Ví dụ: Tết Nguyên đán, Quốc khánh, làm bù.")
    decision_no = text_field("Số văn bản", required=False, longest=120)
    undecided = forms.BooleanField(label="Mới là dự kiến, chưa có văn bản chính thức", required=False)
    field_order = ("kind", "first", "last", "half", "name", "decision_no", "undecided", "scope")

    def clean(self) -> dict[str, Any]:
        """Refuse a span that runs backwards or is too long to be meant."""
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and not first <= last <= first + timedelta(days=_LONGEST):
            self.add_error("last", f"Ngày cuối phải sau ngày đầu, nhiều nhất {_LONGEST} ngày một lần khai báo.")
        return said

    @property
    def days(self) -> list[date]:
        """Every day meant."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"] or self.cleaned_data["first"]
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]


class ClockForm(ScopedForm):
    """The value of one clock from a day on."""

    places: ClassVar[Mapping[str, str]] = {"unit": "scope"}

    value = text_field(
        "Giá trị mới", longest=20, help_text="Giờ trong ngày ghi như 15:00; số thì ghi số.", attrs={"class": "w5"}
    )
    on = DayField(label="Áp dụng từ ngày", error_messages=_NO_DAY)
    source = text_field("Căn cứ", required=False, help_text="Văn bản quy định, điều khoản.")
    verified = forms.BooleanField(label="Đã đối chiếu với văn bản gốc", required=False)
    field_order = ("value", "on", "source", "verified", "scope")

    def __init__(self, key: ClockKey, **options: Any) -> None:
        super().__init__(**options)
        self.fields["value"].label = key.label
