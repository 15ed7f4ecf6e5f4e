"""The acts on a dossier's money: collecting, charging, asking, waiving, giving back, putting right."""

from typing import Any

from django import forms

from motcua.dossiers.actions.add_charge import add_charge
from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.actions.collect_cash import BY_HAND, collect_cash
from motcua.dossiers.actions.correct_payment import correct_payment
from motcua.dossiers.actions.refund_charge import refund_charge
from motcua.dossiers.actions.request_payment import request_payment
from motcua.dossiers.actions.waive_charge import waive_charge
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.charges import due_when, needs_clerk
from motcua.dossiers.terms import Act
from motcua.payments.actions.correct import Refund
from motcua.payments.queries.standing import BillView, bill_of, bill_view, wrong_entries
from motcua.payments.rules.ledger import dong
from motcua.payments.terms import Charge, DueWhen, EntryKind, FeeKind, Method
from motcua.procedures.rules.selection import case_of
from motcua.sites.desk.forms.base import ActForm, long_text
from motcua.sites.desk.forms.fees import MoneyField
from motcua.sites.kit.forms import CleanCharField

_COUNT = {"class": "w5", "min": 1, "inputmode": "numeric"}


class MoneyForm(ActForm):
    """An act form that knows the dossier's bill."""

    template = "desk/acts/money.html"

    @property
    def money(self) -> BillView | None:
        """The bill of the dossier as it is now."""
        bill = bill_of(KIND, self.dossier.pk)
        return bill_view(bill) if bill else None

    def lines(self) -> list[tuple[str, str]]:
        """Return the charges of which something is left, as choices."""
        view = self.money
        rows = [row for row in view.lines if row.left] if view else []
        return [(str(row.line.number), f"{row.line.name}: {dong(row.left)}") for row in rows]


class CollectCashForm(MoneyForm):
    """Thu phí, lệ phí."""

    act = Act.COLLECT_CASH
    button = "Đã thu tiền, lập biên lai"
    lead = "Đếm tiền trước khi bấm. Tiền vào ca thu của bạn; biên lai phí và biên lai lệ phí được lập riêng."

    def prepare(self) -> None:
        view = self.money
        choices = [(one.value, one.label) for one in Method if one in BY_HAND]
        owed = view.standing.owed if view else 0
        self.fields |= {
            "amount": MoneyField(label="Số tiền thu (đồng)", initial=owed, help_text=f"Còn phải nộp {dong(owed)}."),
            "method": forms.CharField(
                label="Cách nộp", widget=forms.RadioSelect(choices=choices), initial=Method.CASH.value
            ),
            "payer_name": CleanCharField(
                label="Người nộp tiền",
                required=False,
                initial=view.bill.payer_name if view else "",
                help_text="In trên biên lai.",
            ),
            "number": CleanCharField(
                label="Số vận đơn thu hộ", required=False, help_text="Chỉ ghi khi bưu chính thu hộ."
            ),
        }

    def clean_method(self) -> Method:
        """Return the way; raises ValidationError for a word we do not know."""
        found = self.cleaned_data["method"]
        if found not in Method.values:
            raise forms.ValidationError("Hãy chọn cách nộp.", code="unknown_choice")
        return Method(found)

    @property
    def done(self) -> str:
        return f"Đã thu {dong(self.cleaned_data['amount'])}; biên lai nằm trong mục Phí, lệ phí."

    def perform(self) -> Dossier:
        said = {name: self.cleaned_data[name] for name in ("amount", "method", "payer_name", "number")}
        return collect_cash(**self.common, **said)


class AddChargeForm(MoneyForm):
    """Thêm khoản thu: one charge, prefilled from a fee of the case that nobody has counted yet."""

    act = Act.ADD_CHARGE
    button = "Thêm khoản thu"
    lead = "Khoản thu thêm vào sổ ngay; người nộp thấy trên trang của hồ sơ. Ghi nhầm thì sửa bằng bút toán, không xóa."

    def prepare(self) -> None:
        fees = [one for one in case_of(self.dossier.definition, self.dossier.case_key).fees if needs_clerk(one)]
        first = fees[0] if fees else None
        hint = "; ".join(f"{one.name} {dong(one.amount)}{f'/{one.per}' if one.per else ''}" for one in fees)
        self.fields |= {
            "kind": forms.ChoiceField(
                label="Loại", choices=FeeKind.choices, initial=first.kind if first else FeeKind.FEE.value
            ),
            "name": CleanCharField(
                label="Tên khoản thu", help_text=f"Mức đã công bố: {hint}" if hint else "", max_length=300
            ),
            "unit_price": MoneyField(label="Đơn giá (đồng)"),
            "quantity": forms.IntegerField(
                label="Số lượng", initial=1, min_value=1, max_value=100_000, widget=forms.NumberInput(attrs=_COUNT)
            ),
            "per": CleanCharField(label="Đơn vị tính", required=False, help_text="trang, bản, bộ…"),
            "when": forms.ChoiceField(
                label="Thu lúc", choices=DueWhen.choices, initial=due_when(self.dossier.definition).value
            ),
            "reason": CleanCharField(label="Căn cứ, lý do", required=False),
        }
        if first:
            self.fields["name"].initial, self.fields["unit_price"].initial = first.name, first.amount
            self.fields["per"].initial = first.per

    @property
    def done(self) -> str:
        return "Đã thêm khoản thu."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        one = Charge(
            kind=FeeKind(said["kind"]),
            name=said["name"],
            unit_price=said["unit_price"],
            quantity=said["quantity"],
            per=said["per"],
            when=DueWhen(said["when"]),
            reason=said["reason"],
        )
        return add_charge(**self.common, charges=[one])


class RequestPaymentForm(MoneyForm):
    """Yêu cầu nộp phí, lệ phí."""

    act = Act.REQUEST_PAYMENT
    button = "Gửi yêu cầu nộp"
    lead = "Người nộp nhận thông báo số tiền và cách nộp. Thời hạn giải quyết vẫn tính."

    @property
    def done(self) -> str:
        return "Đã gửi yêu cầu nộp cho người nộp hồ sơ."

    def perform(self) -> Dossier:
        return request_payment(**self.common)


class WaiveChargeForm(MoneyForm):
    """Miễn, giảm phí, lệ phí."""

    act = Act.WAIVE_CHARGE
    button = "Miễn, giảm"
    lead = "Phải có căn cứ pháp luật. Tên người miễn, giảm được ghi trong sổ."

    def prepare(self) -> None:
        self.fields |= {
            "line": forms.ChoiceField(label="Khoản thu", choices=self.lines()),
            "amount": MoneyField(
                label="Số tiền miễn, giảm (đồng)", required=False, help_text="Để trống: miễn cả khoản."
            ),
            "ground": long_text("Lý do", rows=2, help_text="Ví dụ: người có công, người khuyết tật, trẻ em."),
            "basis": CleanCharField(label="Căn cứ", required=False, help_text="Số văn bản, điều, khoản."),
        }

    @property
    def done(self) -> str:
        return "Đã miễn, giảm khoản thu."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return waive_charge(
            **self.common,
            line=int(said["line"]),
            amount=said["amount"] or 0,
            ground=said["ground"],
            basis=said["basis"],
        )


class RefundChargeForm(MoneyForm):
    """Hoàn phí, lệ phí."""

    act = Act.REFUND_CHARGE
    button = "Hoàn tiền"
    danger = True
    lead = "Hoàn tiền mặt thì tiền ra khỏi ca thu của bạn; người nhận ký vào biên lai thu hồi."

    def prepare(self) -> None:
        view = self.money
        excess = view.standing.excess if view else 0
        ways = [(Method.CASH.value, "Tiền mặt tại quầy"), (Method.TRANSFER.value, "Chuyển khoản")]
        self.fields |= {
            "amount": MoneyField(
                label="Số tiền hoàn (đồng)", required=False, initial=excess or None, help_text="Để trống: toàn bộ."
            ),
            "cancel": forms.BooleanField(
                label="Hủy các khoản thu và hoàn lại toàn bộ (rút hồ sơ, dừng giải quyết, thu nhầm)",
                required=False,
                initial=not excess,
            ),
            "method": forms.ChoiceField(label="Cách hoàn", choices=ways),
            "to_name": CleanCharField(
                label="Người nhận", required=False, initial=view.bill.payer_name if view else self.dossier.owner.name
            ),
            "account": CleanCharField(label="Số tài khoản", required=False, help_text="Khi hoàn bằng chuyển khoản."),
            "bank": CleanCharField(label="Ngân hàng", required=False),
            "reason": long_text("Lý do hoàn", rows=2),
        }

    @property
    def done(self) -> str:
        return "Đã ghi việc hoàn tiền."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        refunded = Refund(
            to_name=said["to_name"],
            reason=said["reason"],
            method=Method(said["method"]),
            account=said["account"],
            bank=said["bank"],
        )
        return refund_charge(**self.common, refunded=refunded, amount=said["amount"] or 0, cancel=said["cancel"])


class CorrectPaymentForm(MoneyForm):
    """Sửa khoản thu ghi sai: choose the charge or the entry that is wrong."""

    act = Act.CORRECT_PAYMENT
    button = "Sửa bằng bút toán ngược"
    danger = True
    lead = "Không xóa được gì trong sổ: khoản sai được hủy, bút toán sai được ghi ngược, biên lai được đánh dấu hủy."

    def prepare(self) -> None:
        lines = [(f"line:{number}", f"Hủy khoản thu {label}") for number, label in self.lines()]
        view = self.money
        entries: list[Any] = wrong_entries(view.bill) if view else []
        wrong = [(f"entry:{one.pk}", _entry_words(one)) for one in reversed(entries)]
        self.fields |= {
            "target": forms.ChoiceField(label="Chỗ sai", choices=[*lines, *wrong]),
            "reason": long_text("Lý do sửa", rows=2),
        }

    @property
    def done(self) -> str:
        return "Đã sửa; sổ thu giữ cả bút toán sai và bút toán ngược."

    def perform(self) -> Dossier:
        kind, _, number = self.cleaned_data["target"].partition(":")
        line, entry_id = (int(number), 0) if kind == "line" else (0, int(number))
        return correct_payment(**self.common, reason=self.cleaned_data["reason"], line=line, entry_id=entry_id)


def _entry_words(entry: Any) -> str:
    amount = entry.payment.amount if entry.payment else abs(entry.amount)
    return f"Ghi ngược «{EntryKind(entry.kind).label.lower()}» {dong(amount)}, {entry.by_name}"
