"""Events waiting to be delivered, written in the transaction of the act."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OutboxEvent(models.Model):
    """A fact that other rooms may want to hear of; delivered at least once."""

    name = models.TextField("sự kiện")
    payload = models.JSONField("nội dung")
    at = models.DateTimeField("thời điểm")
    delivered_at = models.DateTimeField("đã chuyển lúc", null=True)
    attempts = models.PositiveIntegerField("số lần thử", default=0)
    last_error = models.TextField("lỗi gần nhất", blank=True)
    next_try_at = models.DateTimeField("thử lại lúc", null=True)

    class Meta:
        verbose_name = "sự kiện chờ chuyển"
        indexes: ClassVar = [models.Index(fields=["id"], name="outbox_waiting", condition=Q(delivered_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"
