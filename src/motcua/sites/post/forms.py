"""Forms of the post: acts on an order, hand-over, counting money."""

from typing import Any

from django import forms

from motcua.dossiers.terms import Collector
from motcua.postal.models import PostalOrder
from motcua.postal.queries import to_collect
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.kit.words import money_text
from motcua.sites.office.forms import OfficeForm, text_field

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "class": "w15"}


class PlainForm(OfficeForm):
    """A form with nothing to type: the press is the act."""


class ReasonForm(OfficeForm):
    """An act that needs a reason."""

    reason = text_field("Lý do", longest=500)


class WaybillForm(OfficeForm):
    """Gán mã vận đơn."""

    waybill = text_field("Mã vận đơn", longest=40, help_text="Quét mã vạch trên bưu gửi hoặc nhập tay.")


class MoneyField(forms.CharField):
    """A sum of đồng as people write it: 58000, 58.000, 58 000."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.TextInput(attrs=_NUMERIC)
        messages = {"required": f"Hãy nhập {label[:1].lower()}{label[1:]}."}
        super().__init__(label=label, widget=widget, error_messages=messages, **options)

    def to_python(self, value: Any) -> Any:
        """Return whole đồng; raises ValidationError."""
        digits = str(value or "").replace(".", "").replace(" ", "").removesuffix("đồng").strip()
        if not digits:
            return 0 if not self.required else ""
        if not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError("Hãy ghi số tiền bằng chữ số, ví dụ 58.000.", code="invalid")
        return int(digits)


class DeliverOrderForm(OfficeForm):
    """Phát kết quả: who receives it, on what proof."""

    collector = forms.ChoiceField(label="Người nhận", choices=Collector.choices, widget=forms.RadioSelect)
    name = text_field("Họ tên người nhận", required=False, help_text="Để trống nếu là chủ hồ sơ hoặc người nộp.")
    personal_id = text_field("Số định danh người nhận", required=False, longest=20, attrs=_NUMERIC)
    proxy_paper = text_field("Văn bản ủy quyền (số, ngày)", required=False)
    signed_by_hand = forms.BooleanField(label="Người nhận đã ký vào phiếu báo phát", required=False)
    proof = forms.FileField(
        label="Ảnh phiếu báo phát",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf"}),
        help_text="Ảnh hoặc PDF.",
    )
    note = text_field("Ghi chú", required=False, longest=500)

    def __init__(self, order: PostalOrder, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["collector"].initial = Collector.OWNER
        if due := to_collect(order):
            self.fields["cod_taken"] = forms.BooleanField(
                label=f"Đã thu hộ {money_text(due)} phí, lệ phí", required=False, widget=forms.CheckboxInput
            )


class TakeOverForm(OfficeForm):
    """Nhận bàn giao: a line for each order that is missing or not right; empty = it is there."""

    def __init__(self, order_ids: list[int], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.order_ids = order_ids
        for order_id in order_ids:
            label = "Thiếu hoặc chênh lệch"
            self.fields[f"missing_{order_id}"] = CleanCharField(
                label=label, required=False, max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )

    @property
    def missing(self) -> dict[int, str]:
        """Return order id → what is wrong, for those with something typed."""
        said = {one: self.cleaned_data[f"missing_{one}"] for one in self.order_ids}
        return {order_id: words for order_id, words in said.items() if words}


class CountForm(OfficeForm):
    """Counting money: what is there, and why when it differs."""

    counted = MoneyField("Số tiền đếm được (đồng)")
    reason = text_field("Giải trình chênh lệch", required=False, longest=500)


class TaxForm(OfficeForm):
    """Thu thuế for one notice."""

    amount = MoneyField("Số tiền thu (đồng)")
    payer_name = text_field("Họ tên người nộp tiền")
    payer_number = text_field("Số định danh người nộp", required=False, longest=20, attrs=_NUMERIC)
