"""Forms of the rules about pausing the clock."""

from typing import Any

from django import forms

from motcua.dossiers.terms import SuspensionKind
from motcua.procedures.models import Procedure
from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm, choice_field, reason_field, set_choices, text_field

_NO_DAY = {"required": "Hãy nhập ngày, ví dụ 01/07/2025."}


class PauseRuleForm(OfficeForm):
    """A rule from a day on: what kind of waiting, whether it stops the clock, by which basis."""

    kind = choice_field("Loại chờ")
    procedure = choice_field("Thủ tục", required=False, help_text="Để trống: áp dụng cho mọi thủ tục.")
    stops_clock = forms.ChoiceField(
        label="Thời gian chờ này",
        widget=forms.RadioSelect,
        choices=[("yes", "Không tính vào thời hạn (dừng đồng hồ)"), ("no", "Vẫn tính vào thời hạn")],
        error_messages={"required": "Hãy chọn một mục."},
    )
    most_days = forms.IntegerField(
        label="Tối đa bao nhiêu ngày",
        required=False,
        help_text="Quá số ngày này thì thời hạn lại tính. Để trống nếu quy định không nêu.",
        widget=forms.TextInput(attrs={"class": "w5", "inputmode": "numeric"}),
        error_messages={"invalid": "Hãy ghi số ngày bằng chữ số."},
    )
    basis = text_field("Căn cứ pháp lý", help_text="Số, ký hiệu văn bản và điều khoản.")
    is_verified = forms.BooleanField(label="Đã đối chiếu với văn bản gốc", required=False)
    valid_from = DayField(label="Áp dụng từ ngày", error_messages=_NO_DAY)
    reason = reason_field("Lý do thay đổi")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "kind", SuspensionKind.choices)
        names = Procedure.objects.order_by("code").values_list("pk", "code", "name")
        set_choices(self, "procedure", [(pk, f"{code} {name}") for pk, code, name in names], empty="Mọi thủ tục")


class EndPauseRuleForm(OfficeForm):
    """From when a rule holds no more, and why."""

    on = DayField(label="Hết áp dụng từ ngày", error_messages=_NO_DAY)
    reason = reason_field("Lý do")
