"""Sổ chứng thực and bản sao điện tử at the desk."""

from typing import Any

from django import forms

from motcua.certification.terms import CHECKS, BookKind, Corrected
from motcua.scanning.actions.binding import Pen
from motcua.signing.terms import KeyChoice
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.office.forms import OfficeForm, reason_field, text_field


class CorrectionForm(OfficeForm):
    """Which column of a line, what holds, why."""

    field = forms.ChoiceField(label="Cột cần đính chính", choices=Corrected.choices)
    value = CleanCharField(
        label="Nội dung đúng", required=False, max_length=300, help_text="Chỉ cột ghi chú được để trống."
    )
    reason = reason_field(help_text="Dòng cũ vẫn còn trong sổ; lý do được in ở cột ghi chú.")


class EntryForm(OfficeForm):
    """A line for a certified signature or contract."""

    kind = forms.ChoiceField(
        label="Sổ",
        choices=[one for one in BookKind.choices if one[0] != BookKind.COPY],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn sổ."},
    )
    paper_name = text_field("Tên giấy tờ, hợp đồng, giao dịch")
    requester_name = text_field("Họ tên người yêu cầu, các bên", required=False, help_text="Để trống: chủ hồ sơ.")
    requester_number = text_field("Giấy tờ tùy thân", required=False, longest=60)
    certifier_name = text_field("Người ký chứng thực", required=False)
    pages = forms.IntegerField(label="Số trang", initial=1, widget=forms.TextInput(attrs={"class": "w5"}))
    copies = forms.IntegerField(label="Số bản", initial=1, widget=forms.TextInput(attrs={"class": "w5"}))
    fee = forms.IntegerField(label="Phí (đồng)", initial=0, widget=forms.TextInput(attrs={"class": "w15"}))
    note = text_field("Ghi chú", required=False)


class CompareForm(OfficeForm):
    """The name of the paper, and what was looked at with the original in hand."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    paper_name = text_field("Tên giấy tờ, văn bản được chứng thực", help_text="Ghi như trên bản chính.")
    fee = forms.IntegerField(label="Phí (đồng)", initial=0, widget=forms.TextInput(attrs={"class": "w15"}))
    checks = forms.MultipleChoiceField(
        label="Đã đối chiếu với bản chính đang cầm trên tay",
        required=False,
        choices=list(CHECKS.items()),
        help_text="Thiếu một điều thì từ chối chứng thực.",
        widget=forms.CheckboxSelectMultiple,
    )


class PenForm(OfficeForm):
    """With which key somebody signs; the PIN is no part of what is remembered of the press."""

    def __init__(self, keys: list[KeyChoice], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["key_ref"] = forms.ChoiceField(
            label="Ký bằng", choices=[(one.ref, one.label) for one in keys], initial=keys[0].ref if keys else ""
        )
        self.fields["pin"] = forms.CharField(
            label="PIN",
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "w15"}),
            error_messages={"required": "Hãy nhập PIN của khóa ký."},
        )

    def pen(self) -> Pen:
        """Return the key and its PIN."""
        return Pen(self.cleaned_data["key_ref"], self.cleaned_data["pin"])
