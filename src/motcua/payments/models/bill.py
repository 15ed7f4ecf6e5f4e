"""The ledger of one thing: what is due, what came, what was waived, cancelled, given back. Nothing in it is edited."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.payments.terms import DueWhen, EntryKind, FeeKind, Method, Payer, Subject


class Bill(models.Model):
    """What one subject (a dossier, say) has to pay: to which unit, at which desk, by whom."""

    subject_kind = models.TextField("loại việc")
    subject_id = models.BigIntegerField("số của việc")
    subject_code = models.TextField("mã của việc")
    what = models.TextField("nội dung thu")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị thu")
    desk = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="nơi thu")
    payer_name = models.TextField("người nộp tiền")
    payer_address = models.TextField("địa chỉ", blank=True)
    payer_number = models.TextField("số định danh", blank=True)
    reference = models.TextField("mã thanh toán", unique=True)
    opened_at = models.DateTimeField("lập lúc")
    requested_at = models.DateTimeField("yêu cầu nộp lúc", null=True)

    class Meta:
        verbose_name = "khoản phải nộp"
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="one_bill_each")]
        indexes: ClassVar = [models.Index(fields=["unit", "-opened_at"], name="bill_of_unit")]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id, self.subject_code)

    @property
    def payer(self) -> Payer:
        return Payer(self.payer_name, self.payer_address, self.payer_number)


class BillLine(models.Model):
    """One thing to pay for; a wrong one is cancelled and another is added."""

    bill = models.ForeignKey(Bill, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField("thứ tự")
    kind = models.TextField("loại", choices=FeeKind.choices)
    name = models.TextField("tên khoản thu")
    unit_price = models.BigIntegerField("đơn giá, đồng")
    quantity = models.PositiveIntegerField("số lượng")
    per = models.TextField("đơn vị tính", blank=True)
    when = models.TextField("thu lúc", choices=DueWhen.choices)
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "khoản thu"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bill", "number"], name="bill_line_number_once"),
            models.CheckConstraint(condition=Q(unit_price__gt=0, quantity__gt=0), name="bill_line_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def amount(self) -> int:
        return self.unit_price * self.quantity


class Payment(models.Model):
    """Money that came at once; `source_key` names the bank line or platform transaction, so that none counts twice."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payments")
    method = models.TextField("cách nộp", choices=Method.choices)
    amount = models.BigIntegerField("số tiền, đồng")
    payer_name = models.TextField("người nộp tiền")
    source_key = models.TextField("nguồn", null=True, unique=True)
    external_number = models.TextField("số giao dịch", blank=True)
    shift = models.ForeignKey("payments.Shift", models.PROTECT, null=True, related_name="payments")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_by_name = models.TextField("người ghi nhận")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lần nộp tiền"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(
                condition=~Q(method=Method.CASH) | Q(shift__isnull=False), name="payment_cash_has_shift"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="payment_by_moment")]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.amount}"


class Entry(models.Model):
    """A line of the ledger; `amount` đồng, positive = owed more. Append-only (a trigger refuses change and removal)."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="entries")
    kind = models.TextField("bút toán", choices=EntryKind.choices)
    fee_kind = models.TextField("loại khoản", choices=FeeKind.choices)
    when = models.TextField("thu lúc", choices=DueWhen.choices)
    amount = models.BigIntegerField("số tiền, đồng")
    is_excess = models.BooleanField("nộp thừa", default=False, db_default=False)
    line = models.ForeignKey(BillLine, models.PROTECT, null=True, related_name="entries")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="entries")
    counters = models.OneToOneField("self", models.PROTECT, null=True, related_name="countered_by")
    shift = models.ForeignKey("payments.Shift", models.PROTECT, null=True, related_name="entries")
    reason = models.TextField("lý do", blank=True)
    basis = models.TextField("căn cứ", blank=True)
    details = models.JSONField("chi tiết", default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.TextField("người ghi")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "bút toán"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[EntryKind.DUE, EntryKind.REFUNDED], amount__gt=0)
                | Q(kind__in=[EntryKind.PAID, EntryKind.WAIVED, EntryKind.CANCELLED], amount__lt=0)
                | Q(kind=EntryKind.COUNTER, counters__isnull=False),
                name="entry_sign",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="entry_by_moment")]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.kind} {self.amount}"

    @property
    def moved(self) -> int:
        """What the unit got by it, đồng; negative when money went out."""
        return -self.amount
