"""Numbers of results that are given before the paper is signed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class ReservedNumber(models.Model):
    """Số giữ trước: the number that stands on a result when it is signed; it belongs to its dossier until it is used.

    One book per agency, year and symbol; without a symbol one per agency, year and procedure (`book`). A number that is
    not used is cancelled with a reason and never given again (Nghị định 30/2020/NĐ-CP: no gap without a word).
    """

    agency = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+")
    book = models.ForeignKey("procedures.Procedure", models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    symbol = models.TextField("ký hiệu", blank=True)
    number = models.PositiveIntegerField("số")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="reserved_numbers")
    reserved_at = models.DateTimeField("giữ lúc")
    reserved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    used_at = models.DateTimeField("dùng lúc", null=True)
    cancelled_at = models.DateTimeField("hủy lúc", null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField("vì sao không dùng", blank=True)

    class Meta:
        verbose_name = "số giữ trước"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "year", "symbol", "number"], condition=Q(book__isnull=True), name="number_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "book", "number"],
                condition=Q(book__isnull=False),
                name="number_once_a_book",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(used_at__isnull=True, cancelled_at__isnull=True),
                name="one_number_waits_for_a_dossier",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | (Q(used_at__isnull=True) & ~Q(reason="")),
                name="cancelled_number_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}/{self.symbol}" if self.symbol else self.text

    @property
    def text(self) -> str:
        """The number as it is written: below ten with a leading 0."""
        return f"{self.number:02d}"
