"""Biên lai: numbered by series without gap or double; what is printed is kept, so that it prints the same again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.payments.terms import FeeKind


class ReceiptSeries(models.Model):
    """Mẫu số and ký hiệu of a unit for one kind; its row lock gives the numbers."""

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị thu")
    fee_kind = models.TextField("loại", choices=FeeKind.choices)
    template_number = models.TextField("mẫu số")
    symbol = models.TextField("ký hiệu")
    last = models.PositiveIntegerField("số cuối", default=0)
    opened_at = models.DateTimeField("dùng từ")
    closed_at = models.DateTimeField("thôi dùng từ", null=True)

    class Meta:
        verbose_name = "quyển biên lai"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fee_kind"], condition=Q(closed_at__isnull=True), name="one_open_series"
            ),
            models.UniqueConstraint(fields=["unit", "template_number", "symbol"], name="series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.template_number} {self.symbol}"


class Receipt(models.Model):
    """One receipt; a wrong one is marked cancelled and keeps its number."""

    series = models.ForeignKey(ReceiptSeries, models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField("số")
    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="receipts")
    fee_kind = models.TextField("loại", choices=FeeKind.choices)
    amount = models.BigIntegerField("số tiền, đồng")
    data = models.JSONField("dữ liệu in")
    issued_at = models.DateTimeField("lập lúc")
    issued_by = models.TextField("người lập")
    cancelled_at = models.DateTimeField("hủy lúc", null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cancelled_by_name = models.TextField("người hủy", blank=True)
    cancel_reason = models.TextField("lý do hủy", blank=True)

    class Meta:
        verbose_name = "biên lai"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.number}"
