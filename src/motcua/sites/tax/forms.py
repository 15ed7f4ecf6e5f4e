"""Forms of the tax office."""

from typing import Any, Final

from django import forms

from motcua.land.rules.catalogue import items
from motcua.land.rules.notices import NoticeFacts
from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm, text_field

#: So many notices fit one answer.
ROWS: Final = 4
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "class": "w15"}


class SumField(forms.CharField):
    """A sum of đồng: 1500000 or 1.500.000; empty is 0."""

    widget = forms.TextInput(attrs=_NUMERIC)

    def to_python(self, value: Any) -> Any:
        """Return whole đồng; raises ValidationError."""
        digits = str(value or "").replace(".", "").replace(" ", "").strip()
        if digits and not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError("Hãy ghi số tiền bằng chữ số, ví dụ 1.500.000.", code="invalid")
        return int(digits or 0)


class AnswerForm(OfficeForm):
    """Up to four notices; a row without any number, day and sum is none."""

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        choices = [("", "Chọn tiểu mục…"), *((one.code, f"{one.code} – {one.name}") for one in items())]
        for row in range(ROWS):
            self.fields |= {
                f"{row}.number": text_field("Số thông báo", required=False, longest=60),
                f"{row}.issued_on": DayField(label="Ngày thông báo", required=False, help_text=""),
                f"{row}.item_code": forms.ChoiceField(label="Tiểu mục", required=False, choices=choices),
                f"{row}.amount": SumField(label="Số tiền (đồng)", required=False),
                f"{row}.pay_until": DayField(label="Hạn nộp", required=False, help_text=""),
                f"{row}.file": forms.FileField(
                    label="Tệp thông báo đã ký", required=False, widget=forms.FileInput(attrs={"accept": ".pdf"})
                ),
            }
        self.fields["note"] = text_field(
            "Ý kiến", required=False, longest=500, help_text="Bắt buộc khi không phát sinh nghĩa vụ tài chính."
        )
        for field in self.fields.values():
            setattr(field.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each notice."""
        names = ("number", "issued_on", "item_code", "amount", "pay_until", "file")
        return [[self[f"{row}.{name}"] for name in names] for row in range(ROWS)]

    def filled_rows(self) -> list[int]:
        """Return the rows in which something was typed."""
        said = self.cleaned_data
        return [
            row for row in range(ROWS) if said[f"{row}.number"] or said[f"{row}.amount"] or said[f"{row}.item_code"]
        ]

    def facts(self, row: int) -> NoticeFacts:
        """Return one notice as typed, without its file."""
        said = self.cleaned_data
        return NoticeFacts(
            number=said[f"{row}.number"],
            issued_on=said[f"{row}.issued_on"],
            item_code=said[f"{row}.item_code"],
            amount=said[f"{row}.amount"],
            pay_until=said[f"{row}.pay_until"],
        )


class ReturnForm(OfficeForm):
    """Trả lại phiếu chuyển."""

    reason = text_field("Lý do trả lại", longest=500)
    places = {"note": "reason"}  # noqa: RUF012 (as its base has it)


class PaidForm(OfficeForm):
    """A payment made at a bank, the treasury or the national portal."""

    number = text_field("Số chứng từ", longest=60)
    on = DayField(label="Ngày chứng từ")
    amount = SumField(label="Số tiền đã nộp (đồng)")


class ReceiveForm(OfficeForm):
    """Counting what the post hands on."""

    counted = SumField(label="Số tiền nhận được (đồng)")
    reason = text_field("Giải trình chênh lệch", required=False, longest=500)
