"""Words of the room: kinds of money, entries of the ledger, ways to pay, states."""

from dataclasses import dataclass

from django.db.models import TextChoices


class FeeKind(TextChoices):
    """Phí pays for a service, lệ phí is fixed (Luật Phí và lệ phí 97/2015/QH13, Điều 3); each has its own receipts."""

    FEE = "fee", "Phí"
    CHARGE = "charge", "Lệ phí"


class DueWhen(TextChoices):
    """Thu trước / thu sau."""

    BEFORE = "before", "Trước khi giải quyết"
    AFTER = "after", "Khi trả kết quả"


class EntryKind(TextChoices):
    """What a line of the ledger says; its amount is positive for what is owed more, negative for what is owed less."""

    DUE = "due", "Phải nộp"
    PAID = "paid", "Đã nộp"
    WAIVED = "waived", "Miễn, giảm"
    CANCELLED = "cancelled", "Hủy khoản thu"
    REFUNDED = "refunded", "Đã hoàn"
    COUNTER = "counter", "Bút toán ngược"


class Method(TextChoices):
    """How money came."""

    CASH = "cash", "Tiền mặt tại quầy"
    TRANSFER = "transfer", "Chuyển khoản"
    PLATFORM = "platform", "Nền tảng thanh toán quốc gia"
    POST = "post", "Bưu chính thu hộ"


class BillState(TextChoices):
    """The states of a payment (domain facts 3.4) as one word for a whole bill."""

    NONE = "none", "Không phải nộp"
    UNPAID = "unpaid", "Chưa thanh toán"
    WAITING = "waiting", "Chờ thanh toán"
    PART = "part", "Đã thanh toán một phần"
    PAID = "paid", "Đã thanh toán"
    OVERPAID = "overpaid", "Nộp thừa, chờ hoàn"
    REFUNDED = "refunded", "Đã hoàn phí"
    CANCELLED = "cancelled", "Hủy thanh toán"


class LineState(TextChoices):
    """What became of one line of a bank statement."""

    MATCHED = "matched", "Khớp"
    DOUBTFUL = "doubtful", "Nghi ngờ"
    UNMATCHED = "unmatched", "Không khớp"
    BOOKED = "booked", "Đã ghi nhận theo cán bộ"
    IGNORED = "ignored", "Không phải tiền hồ sơ"


#: Lines of a statement that wait for a clerk.
WAITING_LINES = frozenset({LineState.DOUBTFUL, LineState.UNMATCHED})


class OrderState(TextChoices):
    """States of a transaction at the national payment platform."""

    CREATED = "khoi-tao", "Khởi tạo"
    SUCCEEDED = "thanh-cong", "Thành công"
    FAILED = "that-bai", "Thất bại"


class HandOver(TextChoices):
    """To whom a cashier hands the drawer."""

    TREASURER = "treasurer", "Thủ quỹ"
    NEXT_SHIFT = "next_shift", "Ca sau"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a bill is for: the kind of thing, its id, its code on papers and in references."""

    kind: str
    id: int
    code: str


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, as printed on receipts."""

    name: str
    address: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """One thing to pay: `amount` = unit price × quantity, or set by hand with a `reason`; all in whole đồng."""

    kind: FeeKind
    name: str
    unit_price: int
    quantity: int = 1
    per: str = ""
    when: DueWhen = DueWhen.BEFORE
    reason: str = ""

    @property
    def amount(self) -> int:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a bill stands; đồng. `paid` is what came less what went back."""

    due: int = 0
    waived: int = 0
    cancelled: int = 0
    received: int = 0
    refunded: int = 0
    was_requested: bool = False

    @property
    def to_pay(self) -> int:
        """What must be paid in all."""
        return self.due - self.waived - self.cancelled

    @property
    def paid(self) -> int:
        return self.received - self.refunded

    @property
    def owed(self) -> int:
        return max(self.to_pay - self.paid, 0)

    @property
    def excess(self) -> int:
        """What was paid too much and goes back."""
        return max(self.paid - self.to_pay, 0)
