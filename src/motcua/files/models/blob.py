"""One content, kept once."""

from typing import ClassVar

from django.db import models


class Blob(models.Model):
    """Content kept once under its SHA-256 (hex); `references` counts what holds it.

    It lies in DATA_DIR/blobs, is never changed, and never deleted by what refers to it.
    """

    sha256 = models.CharField("mã băm", max_length=64, primary_key=True)
    size = models.BigIntegerField("số byte")
    media_type = models.CharField("loại", max_length=120)
    created_at = models.DateTimeField("lưu lúc")
    references = models.PositiveIntegerField("số nơi giữ", default=0)

    class Meta:
        verbose_name = "nội dung tệp"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="blob_sha256_shape"),
        ]

    def __str__(self) -> str:
        return self.sha256
