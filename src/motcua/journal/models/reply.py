"""Replies to writes, kept by their idempotency key."""

from typing import ClassVar

from django.db import models


class StoredReply(models.Model):
    """What was answered to a write with this key, so that its repetition gets the same answer."""

    scope = models.TextField("phạm vi")
    key = models.TextField("khóa")
    fingerprint = models.TextField("dấu của yêu cầu")
    status = models.PositiveSmallIntegerField("mã trả lời")
    body = models.JSONField("nội dung", null=True)
    location = models.TextField("địa chỉ chuyển tới", blank=True)
    at = models.DateTimeField("thời điểm", auto_now_add=True)

    class Meta:
        verbose_name = "trả lời đã gửi"
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "key"], name="reply_once_per_key")]
        indexes: ClassVar = [models.Index(fields=["at"], name="reply_by_time")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
