from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.payments.terms import HandOver


class Shift(models.Model):
    """A cashier's shift at a desk: open, counted, handed over, taken over by a second person."""

    desk = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="quầy")
    cashier = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thu")
    cashier_name = models.TextField("tên người thu")
    opened_at = models.DateTimeField("mở lúc")
    opening = models.BigIntegerField("tiền đầu ca, đồng", default=0)
    counted = models.JSONField("số tờ theo mệnh giá", default=dict)
    counted_total = models.BigIntegerField("tiền đếm được, đồng", null=True)
    expected_total = models.BigIntegerField("tiền theo sổ, đồng", null=True)
    reason = models.TextField("giải trình chênh lệch", blank=True)
    closed_at = models.DateTimeField("chốt lúc", null=True)
    hand_over = models.TextField("bàn giao cho", blank=True, choices=HandOver.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người nhận bàn giao"
    )
    taken_by_name = models.TextField("tên người nhận", blank=True)
    taken_at = models.DateTimeField("nhận lúc", null=True)

    class Meta:
        verbose_name = "ca thu"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["desk", "cashier"], condition=Q(closed_at__isnull=True), name="one_open_shift"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(counted_total__isnull=False, expected_total__isnull=False)
                & (Q(counted_total=models.F("expected_total")) | ~Q(reason="")),
                name="shift_difference_explained",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=models.F("cashier")), name="shift_two_persons"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["desk", "-opened_at"], name="shift_of_desk")]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.cashier_name}"

    @property
    def difference(self) -> int:
        """What was counted beyond the book (negative: short), đồng."""
        return (self.counted_total or 0) - (self.expected_total or 0)

    @property
    def gap(self) -> int:
        """The size of the difference, whichever way, đồng."""
        return abs(self.difference)
