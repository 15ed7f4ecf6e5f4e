"""Sharing a paper: with whom, what for, how long, what of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms

from motcua.kernel.checks import tidy_number
from motcua.results.rules.sharing import LONGEST_PURPOSE, Wish, known_fields
from motcua.results.terms import ShareField, ShareTo
from motcua.sites.kit.forms import CleanCharField

_SPANS: Final = (("1", "1 ngày"), ("7", "7 ngày"), ("30", "30 ngày"), ("90", "90 ngày"), ("365", "1 năm"))


class ShareForm(forms.Form):
    """What the holder wants; the rules of the room say what is wrong with it."""

    to = forms.ChoiceField(
        label="Chia sẻ cho ai?",
        choices=ShareTo.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn cho ai."},
    )
    personal_id = CleanCharField(
        label="Số định danh người nhận",
        help_text="Chỉ cần ghi khi chia sẻ cho một người; họ phải đăng nhập mới xem được.",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w15", "inputmode": "numeric", "autocomplete": "off"}),
    )
    tax_code = CleanCharField(
        label="Mã số thuế của tổ chức nhận",
        help_text="Chỉ cần ghi khi chia sẻ cho một tổ chức (ngân hàng, trường học, doanh nghiệp).",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w15", "autocomplete": "off"}),
    )
    unit = forms.ChoiceField(
        label="Cơ quan nhận", help_text="Chỉ cần chọn khi chia sẻ cho một cơ quan.", required=False
    )
    purpose = CleanCharField(
        label="Để làm gì?",
        help_text="Ví dụ: nhập học cho con, vay vốn ngân hàng.",
        max_length=LONGEST_PURPOSE,
        error_messages={"required": "Hãy ghi mục đích chia sẻ."},
    )
    days = forms.ChoiceField(label="Trong bao lâu?", choices=_SPANS, initial="7")
    fields_shown = forms.MultipleChoiceField(
        label="Người nhận được xem gì?",
        help_text="Loại giấy, nơi cấp và còn hiệu lực hay không luôn xem được. Không chọn gì thì tên được viết tắt.",
        choices=ShareField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=[ShareField.NUMBER, ShareField.DATES],
    )

    def __init__(self, agencies: Sequence[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.fields["unit"].choices = [("", "Chọn cơ quan"), *agencies]  # type: ignore[attr-defined]

    def wish(self, at: datetime) -> Wish:
        """Return what was typed; only after `is_valid`."""
        said = self.cleaned_data
        return Wish(
            to=ShareTo(said["to"]),
            purpose=said["purpose"],
            until=at + timedelta(days=int(said["days"])),
            fields=known_fields(said["fields_shown"]),
            personal_id=tidy_number(said["personal_id"]),
            tax_code=tidy_number(said["tax_code"]),
            unit_id=int(said["unit"]) if said["unit"] else None,
        )
