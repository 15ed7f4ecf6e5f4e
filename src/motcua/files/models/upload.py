"""A file that is still on its way, piece by piece."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """A file that comes in pieces: `received` of `size` bytes lie in DATA_DIR/blobs/incoming until it is whole.

    When it is whole it is checked like any other file; `blob` then says where it lies, `problems` why it was refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.TextField("tên tệp")
    media_type = models.TextField("loại người gửi khai", blank=True)
    size = models.BigIntegerField("số byte")
    received = models.BigIntegerField("đã nhận", default=0)
    blob = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")
    problems = models.JSONField("lý do không nhận", default=list)
    expires_at = models.DateTimeField("hết hạn lúc")

    class Meta:
        verbose_name = "tệp đang gửi"
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="upload_expires")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(received__gte=0) & models.Q(received__lte=models.F("size")), name="upload_received"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"
