from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.notifications.terms import NoticeKind


class Notice(models.Model):
    """Something an account is told inside the house. `key` names what happened: nobody is told it twice."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="người nhận"
    )
    key = models.TextField("khóa sự việc")
    kind = models.TextField("loại", choices=NoticeKind.choices)
    subject = models.TextField("tiêu đề")
    body = models.TextField("nội dung", blank=True)
    link = models.TextField("đường dẫn", blank=True)
    created_at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đã đọc lúc", null=True)

    class Meta:
        verbose_name = "thông báo"
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="notice_once")]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="notice_of_account"),
            models.Index(fields=["account", "-id"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.subject
