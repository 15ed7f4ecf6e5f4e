"""Forms of a procedure's cases, terms and fees."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.procedures.terms import FEE_KIND_LABELS, Case, Fee, LargeSet, TermChannel
from motcua.processes.terms import TermSpec
from motcua.sites.studio.forms.base import (
    PartForm,
    line_field,
    long_field,
    pick_field,
    tick_field,
    ticks_field,
    value_of,
    whole_field,
)
from motcua.sites.studio.keys import key_of

CHANNELS: Final[Mapping[TermChannel, str]] = {
    "any": "Mọi cách nộp",
    "in_person": "Nộp trực tiếp",
    "online": "Nộp trực tuyến",
    "post": "Nộp qua bưu chính",
}
UNITS: Final[Mapping[str, str]] = {
    "": "không đặt riêng",
    "working_day": "ngày làm việc",
    "day": "ngày (cả ngày nghỉ)",
    "working_hour": "giờ làm việc",
    "same_day": "trong ngày làm việc",
}


def amount_field(label: str) -> forms.IntegerField:
    """Return the field for how many days or hours."""
    return whole_field(label)


def unit_field(label: str) -> forms.ChoiceField:
    """Return the field for days or hours."""
    return pick_field(label, UNITS.items())


def term_in(said: Mapping[str, Any], name: str, old: TermSpec | None = None) -> TermSpec | None:
    """Return the term typed into `name_amount` and `name_unit`; None when no unit was chosen."""
    unit = said.get(f"{name}_unit") or ""
    if not unit:
        return None
    amount = 0 if unit == "same_day" else said.get(f"{name}_amount") or 0
    same = old is not None and (old.amount, old.unit) == (amount, unit)
    kept = {"unverified": old.unverified, "note": old.note} if same and old else {}
    return TermSpec.model_validate({"amount": amount, "unit": unit, **kept})


def term_values(name: str, term: TermSpec | None) -> dict[str, Any]:
    """Return what the fields of a term show."""
    if term is None:
        return {}
    return {f"{name}_unit": term.unit, f"{name}_amount": None if term.unit == "same_day" else term.amount}


def check_term(form: forms.Form, name: str) -> None:
    """Ask for a number where a unit counts something, and for a unit where a number stands."""
    said = form.cleaned_data
    unit, amount = said.get(f"{name}_unit") or "", said.get(f"{name}_amount")
    if unit and unit != "same_day" and not amount and f"{name}_amount" not in form.errors:
        form.add_error(f"{name}_amount", "Hãy ghi thời hạn là bao nhiêu.")
    if amount and not unit:
        form.add_error(f"{name}_unit", "Hãy chọn đơn vị của thời hạn.")


def _term_fields(prefix: str, words: str) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {}
    for channel, label in CHANNELS.items():
        made[f"{prefix}_{channel}_amount"] = amount_field(_quiet(words, label))
        made[f"{prefix}_{channel}_unit"] = unit_field(_quiet("Đơn vị", f"{words}, {label}"))
    for field in made.values():
        field.widget.no_optional_mark = True
    return made


def _quiet(words: str, more: str) -> SafeString:
    """A label whose row says the rest; those who hear the page hear all of it."""
    return format_html('{}<span class="hide">, {}</span>', words, more)


class CaseForm(PartForm):
    """A case: its name, the term of each way of submitting, the longest the law allows."""

    name = line_field("Tên trường hợp", help_text="Ví dụ: Đăng ký khai sinh có yếu tố nước ngoài.")
    note = long_field("Ghi chú", rows=2)

    def arrange(self) -> None:
        """Add two rows of terms: what the agency promises, what the law allows."""
        self.fields.update(_term_fields("term", "Thời hạn"))
        self.fields.update(_term_fields("law", "Luật định"))
        self.fields["large_pages"] = whole_field("Hồ sơ nhiều: từ số trang", lowest=1)
        self.fields["large_copies"] = whole_field("hoặc từ số bản", lowest=1)
        self.fields["large_amount"] = amount_field("thì thêm")
        self.fields["large_unit"] = unit_field("đơn vị thêm")
        case: Case | None = self.scene.value
        for name, value in (_of_terms(case) if case else {}).items():
            self.initial[name] = value

    def clean(self) -> dict[str, Any]:
        """Every term has a number and a unit."""
        said = super().clean()
        for prefix in ("term", "law"):
            for channel in CHANNELS:
                check_term(self, f"{prefix}_{channel}")
        check_term(self, "large")
        if said.get("large_unit") and not (said.get("large_pages") and said.get("large_copies")):
            self.add_error("large_pages", "Hãy ghi cả số trang và số bản.")
        return said

    def build(self) -> Case:
        """Return the case; fees stay as they are."""
        said, old = self.cleaned_data, self.scene.value
        terms = {name: term_in(said, f"term_{name}", old.terms.get(name) if old else None) for name in CHANNELS}
        laws = {name: term_in(said, f"law_{name}", old.law_terms.get(name) if old else None) for name in CHANNELS}
        facts = {
            "key": old.key if old else key_of(said["name"], self.scene.taken, instead="truong-hop"),
            "name": said["name"],
            "note": said["note"],
            "terms": {name: term for name, term in terms.items() if term},
            "law_terms": {name: term for name, term in laws.items() if term},
            "fees": old.fees if old else (),
            "large_set": self._large(),
        }
        return value_of(Case, facts)  # type: ignore[no-any-return]

    def _large(self) -> LargeSet | None:
        said = self.cleaned_data
        old: LargeSet | None = self.scene.value.large_set if self.scene.value else None
        extra = term_in(said, "large", old.extra if old else None)
        if extra is None:
            return None
        made = LargeSet(from_pages=said["large_pages"], from_copies=said["large_copies"], extra=extra)
        return old if old and made == old.model_copy(update={"unverified": False}) else made

    @property
    def rows(self) -> list[tuple[str, list[forms.BoundField], list[forms.BoundField]]]:
        """Each way of submitting with the fields of its term and of the law's."""
        return [
            (
                label,
                [self[f"term_{channel}_amount"], self[f"term_{channel}_unit"]],
                [self[f"law_{channel}_amount"], self[f"law_{channel}_unit"]],
            )
            for channel, label in CHANNELS.items()
        ]

    @property
    def large_fields(self) -> list[forms.BoundField]:
        """The fields of a longer term for large sets."""
        return [self[name] for name in ("large_pages", "large_copies", "large_amount", "large_unit")]


def _of_terms(case: Case) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for channel in CHANNELS:
        shown |= term_values(f"term_{channel}", case.terms.get(channel))
        shown |= term_values(f"law_{channel}", case.law_terms.get(channel))
    if case.large_set:
        shown |= {"large_pages": case.large_set.from_pages, "large_copies": case.large_set.from_copies}
        shown |= term_values("large", case.large_set.extra)
    return shown


class FeeForm(PartForm):
    """A fee of a case."""

    folded: ClassVar = ("channels", "note", "unverified")

    name = line_field("Tên khoản thu", help_text="Ví dụ: Lệ phí đăng ký khai sinh.")
    kind = pick_field(
        "Loại", FEE_KIND_LABELS.items(), required=True, help_text="Phí trả cho dịch vụ; lệ phí do luật ấn định."
    )
    amount = whole_field("Mức thu (đồng)", required=True, help_text="Ghi 0 khi được miễn.")
    per = line_field(
        "Tính trên", required=False, longest=60, help_text="Ví dụ: bản, trang. Bỏ trống: mỗi hồ sơ.", width="w10"
    )
    channels = ticks_field("Chỉ thu khi", list(CHANNELS.items())[1:], help_text="Không chọn: mọi cách nộp.")
    note = long_field("Ghi chú", rows=2)
    unverified = tick_field("Mức này cần rà soát với nghị quyết của Hội đồng nhân dân")

    def build(self) -> Fee:
        """Return the fee."""
        return value_of(Fee, self.typed_facts())  # type: ignore[no-any-return]
