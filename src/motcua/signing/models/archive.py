"""Signed papers that are kept provable for decades, and when each is to be stamped again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ArchivedPaper(models.Model):
    """Giấy tờ lưu trữ lâu dài: the file as it was issued, its version with proofs, and when something is due.

    `issued` stays what was handed out and is named by its SHA-256; `current` begins with the very same bytes and adds
    proofs and timestamps. `due_at`: when it is to be completed (never archived yet), renewed, or tried again after
    `last_error`. `due_for`: what ends then ("certificate", an algorithm's name), "" before the first time.
    """

    issued = models.OneToOneField("files.Blob", models.PROTECT, related_name="+", verbose_name="tệp đã ban hành")
    current = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", null=True, verbose_name="bản lưu trữ")
    registered_at = models.DateTimeField("ghi lúc")
    stamped_at = models.DateTimeField("dấu thời gian lưu trữ gần nhất", null=True)
    stamp_ends = models.DateTimeField("chứng thư của dấu thời gian hết hạn", null=True)
    digest = models.TextField("thuật toán băm", blank=True)
    due_at = models.DateTimeField("lần tới")
    due_for = models.TextField("vì", blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    last_error = models.TextField("lỗi gần nhất", blank=True)

    class Meta:
        verbose_name = "giấy tờ lưu trữ"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(current__isnull=True, stamped_at__isnull=True)
                | Q(current__isnull=False, stamped_at__isnull=False, stamp_ends__isnull=False),
                name="archived_paper_has_its_stamp",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="archived_paper_due")]

    def __str__(self) -> str:
        return f"{self.issued_id} {self.due_at:%Y-%m-%d}"
