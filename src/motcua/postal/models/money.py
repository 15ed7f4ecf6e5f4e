"""Money that a post clerk takes for others, and how it is handed on."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.postal.terms import Purpose


class PostalReceipt(models.Model):
    """Chứng từ thu: money taken from somebody for the unit it belongs to (`for_unit`), numbered by office and year."""

    office = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="bưu điện")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    purpose = models.TextField("khoản thu", choices=Purpose.choices)
    for_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="thu cho")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="postal_receipts")
    subject = models.TextField("nội dung thu")
    payer_name = models.TextField("người nộp tiền")
    payer_number = models.TextField("số định danh người nộp", blank=True)
    amount = models.BigIntegerField("số tiền, đồng")
    taken_at = models.DateTimeField("thu lúc")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_by_name = models.TextField("người thu")
    handover = models.ForeignKey("postal.MoneyHandover", models.PROTECT, null=True, related_name="receipts")

    class Meta:
        verbose_name = "chứng từ thu"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="postal_receipt_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="postal_receipt_positive"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "purpose"], condition=Q(handover__isnull=True), name="money_in_the_bag")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The receipt's number as printed: 0000012/2026/CTT."""
        return f"{self.number:07d}/{self.year}/CTT"


class MoneyHandover(models.Model):
    """Chốt ngày, bảng kê nộp tiền: one side closes and counts, the other counts again and confirms."""

    office = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="bưu điện")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    purpose = models.TextField("khoản thu", choices=Purpose.choices)
    to_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="nơi nhận tiền")
    count = models.PositiveIntegerField("số chứng từ")
    total = models.BigIntegerField("tổng theo chứng từ, đồng")
    counted = models.BigIntegerField("tiền đếm được, đồng")
    reason = models.TextField("giải trình chênh lệch", blank=True)
    closed_at = models.DateTimeField("chốt lúc")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_by_name = models.TextField("người chốt")
    received = models.BigIntegerField("tiền nhận được, đồng", null=True)
    received_reason = models.TextField("chênh lệch khi nhận", blank=True)
    received_at = models.DateTimeField("nhận lúc", null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_by_name = models.TextField("người nhận", blank=True)

    class Meta:
        verbose_name = "bảng kê nộp tiền"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="money_list_number_once"),
            models.CheckConstraint(condition=Q(counted=F("total")) | ~Q(reason=""), name="closing_difference_is_named"),
            models.CheckConstraint(
                condition=Q(received__isnull=True) | Q(received=F("counted")) | ~Q(received_reason=""),
                name="received_difference_is_named",
            ),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True) | ~Q(received_by=F("closed_by")), name="money_two_persons"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["to_unit", "-closed_at"], name="money_list_to_unit")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The list's number as printed: 012/2026/BKNT."""
        return f"{self.number:03d}/{self.year}/BKNT"
