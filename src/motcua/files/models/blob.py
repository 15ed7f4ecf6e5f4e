"""One content, kept once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.files.terms import Fault


class Blob(models.Model):
    """Content kept once under its SHA-256 (hex); `references` counts what holds it, one for each row that refers to it.

    It lies in DATA_DIR/blobs, or in its quarantine when nobody held it for long, and is never changed. The row goes
    only together with the content, by `actions/quarantine.py`.
    """

    sha256 = models.CharField("mã băm", max_length=64, primary_key=True)
    size = models.BigIntegerField("số byte")
    media_type = models.CharField("loại", max_length=120)
    created_at = models.DateTimeField("lưu lúc")
    references = models.PositiveIntegerField("số nơi giữ", default=0)
    unowned_since = models.DateTimeField("thấy không nơi nào giữ từ", null=True)
    quarantined_at = models.DateTimeField("cách ly lúc", null=True)
    checked_at = models.DateTimeField("đọc lại lúc", null=True)
    scanned_at = models.DateTimeField("quét mã độc lúc", null=True)
    fault = models.TextField(
        "lỗi", choices=[(one.value, one.label) for one in Fault], blank=True, default="", db_default=""
    )
    fault_found_at = models.DateTimeField("phát hiện lỗi lúc", null=True)

    class Meta:
        verbose_name = "nội dung tệp"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="blob_sha256_shape"),
            models.CheckConstraint(
                condition=Q(references=0) | Q(unowned_since__isnull=True, quarantined_at__isnull=True),
                name="blob_held_is_not_quarantined",
            ),
        ]
        indexes: ClassVar = [
            # Not by `references`: each change of an indexed column, also of a condition, writes every index anew.
            models.Index(fields=["unowned_since"], name="blob_unowned", condition=Q(unowned_since__isnull=False)),
            models.Index(models.F("checked_at").asc(nulls_first=True), "sha256", name="blob_by_check"),
            models.Index(fields=["created_at"], name="blob_not_scanned", condition=Q(scanned_at__isnull=True)),
            models.Index(fields=["fault_found_at"], name="blob_faulty", condition=~Q(fault="")),
        ]

    def __str__(self) -> str:
        return self.sha256
