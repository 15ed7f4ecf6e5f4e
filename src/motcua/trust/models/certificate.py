"""The register of certificates: whose, from whom, from when to when, revoked since when, where the key lives."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.trust.terms import HolderKind, KeyPlace


class Certificate(models.Model):
    """Chứng thư số: of an officer (`account`, working in the agency `unit`) or of an agency (no account).

    `content` and `chain` are DER, the chain without the anchor. `key_where` tells the keeper of the key which one: a
    file below DATA, a slot and label of a device, a credential of a remote service. `noted` holds what did not fit when
    it was registered all the same, and why. `checked_at`: when somebody last said whether it is revoked.
    """

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="cơ quan")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="certificates", verbose_name="người giữ"
    )
    holder_kind = models.TextField("của", choices=HolderKind.choices)
    name = models.TextField("tên trong chứng thư")
    subject = models.TextField("chủ thể")
    issuer = models.TextField("nơi cấp")
    issuer_name = models.TextField("tên nơi cấp")
    serial = models.TextField("số sê-ri")
    fingerprint = models.CharField("dấu SHA-256", max_length=64, unique=True)
    key = models.TextField("loại khóa")
    digest = models.TextField("hàm băm")
    valid_from = models.DateTimeField("có hiệu lực từ")
    valid_to = models.DateTimeField("đến")
    key_place = models.TextField("nơi giữ khóa", choices=KeyPlace.choices)
    key_where = models.TextField("khóa nào", blank=True)
    content = models.BinaryField("chứng thư")
    chain = ArrayField(models.BinaryField(), default=list, verbose_name="chuỗi nơi cấp")
    noted = models.JSONField("điều cần lưu ý", default=dict)
    registered_at = models.DateTimeField("ghi sổ lúc")
    revoked_at = models.DateTimeField("bị thu hồi lúc", null=True)
    revoked_reason = models.TextField("lý do thu hồi", blank=True)
    checked_at = models.DateTimeField("kiểm tra thu hồi lúc", null=True)

    class Meta:
        verbose_name = "chứng thư số"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(holder_kind="officer", account__isnull=False)
                | Q(holder_kind="agency", account__isnull=True),
                name="certificate_of_officer_has_account",
            ),
            models.CheckConstraint(condition=Q(valid_from__lt=models.F("valid_to")), name="certificate_span"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["valid_to", "id"], name="certificate_ends"),
            models.Index(fields=["account"], name="certificate_of_account"),
            models.Index(fields=["unit"], name="certificate_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.serial})"

    def is_good(self, at: datetime) -> bool:
        """Return whether it could sign at `at`, as far as the register knows."""
        return self.valid_from <= at < self.valid_to and not self.is_revoked(at)

    def is_revoked(self, at: datetime) -> bool:
        """Return whether it was revoked by `at`."""
        return self.revoked_at is not None and self.revoked_at <= at
