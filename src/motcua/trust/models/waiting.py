"""Papers signed while a trust service was away: what each still lacks."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.trust.terms import WindowKind


class WaitingPaper(models.Model):
    """Văn bản chờ bổ sung: signed without a timestamp, or without an answer about revocation.

    `subject_type` and `subject_id` name what the paper belongs to, `sha256` the signed file. Rows stay when the paper
    is completed: they tell how long it stood without.
    """

    kind = models.TextField("còn thiếu", choices=WindowKind.choices)
    subject_type = models.TextField("thuộc về")
    subject_id = models.BigIntegerField("mã")
    title = models.TextField("tên giấy tờ", blank=True)
    sha256 = models.CharField("tệp đã ký", max_length=64)
    signed_at = models.DateTimeField("ký lúc")
    asked_at = models.DateTimeField("nhắc bổ sung lần cuối", null=True)
    attempts = models.PositiveIntegerField("số lần nhắc", default=0)
    completed_at = models.DateTimeField("bổ sung lúc", null=True)
    completed_sha256 = models.CharField("tệp đã bổ sung", max_length=64, blank=True)

    class Meta:
        verbose_name = "văn bản chờ bổ sung"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject_type", "subject_id", "sha256"], name="paper_waits_once"),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True, completed_sha256="")
                | (Q(completed_at__isnull=False) & ~Q(completed_sha256="")),
                name="completed_paper_has_file",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["signed_at"], condition=Q(completed_at__isnull=True), name="paper_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
