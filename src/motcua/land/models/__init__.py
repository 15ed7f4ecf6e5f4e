"""Tables of the room."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.land.terms import PaidBy, SheetState


class LandParcel(models.Model):
    """Thửa đất của hồ sơ: facts as `rules.fields.read_fields` returned them."""

    dossier = models.OneToOneField("dossiers.Dossier", models.PROTECT, related_name="land_parcel")
    facts = models.JSONField("thông tin thửa đất")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_by_name = models.TextField("người ghi")

    class Meta:
        verbose_name = "thửa đất"

    def __str__(self) -> str:
        return str(self.dossier_id)


class TransferSheet(models.Model):
    """Phiếu chuyển thông tin để xác định nghĩa vụ tài chính; `facts` and `parcel` are as they were when sent."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="transfer_sheets")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    from_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="nơi chuyển")
    tax_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="cơ quan thuế")
    state = models.TextField("trạng thái", choices=SheetState.choices, default=SheetState.WAITING)
    facts = models.JSONField("thông tin chuyển")
    parcel = models.JSONField("thông tin thửa đất")
    sent_at = models.DateTimeField("chuyển lúc")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_by_name = models.TextField("người chuyển")
    closed_at = models.DateTimeField("trả lời lúc", null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_by_name = models.TextField("người trả lời", blank=True)
    note = models.TextField("lý do, ý kiến", blank=True)

    class Meta:
        verbose_name = "phiếu chuyển thông tin"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["from_unit", "year", "number"], name="transfer_sheet_number_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state=SheetState.WAITING), name="one_waiting_transfer_sheet"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tax_unit", "state", "sent_at"], name="sheet_of_tax_unit")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The sheet's number as printed: 012/2026/PCTT."""
        return f"{self.number:03d}/{self.year}/PCTT"


class TaxNotice(models.Model):
    """Thông báo nộp thuế, nộp tiền: what is due by which notice."""

    sheet = models.ForeignKey(TransferSheet, models.PROTECT, related_name="notices")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="tax_notices")
    number = models.TextField("số thông báo")
    issued_on = models.DateField("ngày thông báo")
    item_code = models.TextField("tiểu mục")
    item_name = models.TextField("tên tiểu mục")
    amount = models.BigIntegerField("số tiền, đồng")
    pay_until = models.DateField("hạn nộp")
    blob = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+", verbose_name="tệp thông báo")
    blob_name = models.TextField("tên tệp", blank=True)

    class Meta:
        verbose_name = "thông báo nộp thuế"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "number", "item_code"], name="tax_notice_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tax_notice_positive"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def paid(self) -> int:
        """Đồng paid so far (from `payments`, prefetched where many are read)."""
        return sum(one.amount for one in self.payments.all())

    @property
    def owed(self) -> int:
        """Đồng still to pay."""
        return max(self.amount - self.paid, 0)


class TaxPayment(models.Model):
    """A payment of a notice, whole or part, with its voucher."""

    notice = models.ForeignKey(TaxNotice, models.PROTECT, related_name="payments")
    paid_by = models.TextField("cách nộp", choices=PaidBy.choices)
    amount = models.BigIntegerField("số tiền, đồng")
    proof_number = models.TextField("số chứng từ")
    proof_on = models.DateField("ngày chứng từ")
    receipt = models.OneToOneField("postal.PostalReceipt", models.PROTECT, null=True, related_name="tax_payment")
    noted_at = models.DateTimeField("ghi nhận lúc")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_by_name = models.TextField("người ghi nhận")

    class Meta:
        verbose_name = "lần nộp thuế"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="tax_payment_positive"),
            models.CheckConstraint(
                condition=Q(paid_by=PaidBy.POST, receipt__isnull=False) | Q(paid_by=PaidBy.OTHER, receipt__isnull=True),
                name="post_payment_has_receipt",
            ),
        ]

    def __str__(self) -> str:
        return self.proof_number
