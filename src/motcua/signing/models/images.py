"""Pictures that show where somebody signs and where an agency seals."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SignatureImage(models.Model):
    """Mẫu chữ ký của một người: drawn anew in blue with a transparent ground; a new one ends the one before."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="signature_images", verbose_name="người ký"
    )
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", verbose_name="ảnh")
    since = models.DateTimeField("từ")
    until = models.DateTimeField("đến", null=True)

    class Meta:
        verbose_name = "mẫu chữ ký"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account"], condition=Q(until__isnull=True), name="one_signature_image"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="signature_image_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.since:%Y-%m-%d}"


class SealImage(models.Model):
    """Mẫu dấu của cơ quan: drawn anew in red with a transparent ground; `diameter` is its real size in millimetres."""

    agency = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="seal_images", verbose_name="cơ quan")
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", verbose_name="ảnh")
    diameter = models.PositiveSmallIntegerField("đường kính (mm)")
    since = models.DateTimeField("từ")
    until = models.DateTimeField("đến", null=True)

    class Meta:
        verbose_name = "mẫu dấu"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency"], condition=Q(until__isnull=True), name="one_seal_image"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seal_image_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(diameter__gte=20, diameter__lte=60), name="seal_diameter_in_mm"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.since:%Y-%m-%d}"
