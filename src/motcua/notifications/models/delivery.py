from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.notifications.terms import Channel, DeliveryState, Outgoing


class Delivery(models.Model):
    """One message on its way out of the house. `link` is absolute; `attempts` counts before sending."""

    notice = models.ForeignKey(
        "notifications.Notice", models.CASCADE, null=True, related_name="deliveries", verbose_name="thông báo"
    )
    key = models.TextField("khóa sự việc")
    channel = models.TextField("kênh", choices=Channel.choices)
    recipient_name = models.TextField("người nhận", blank=True)
    address = models.TextField("địa chỉ nhận")
    subject = models.TextField("tiêu đề")
    text = models.TextField("nội dung")
    link = models.TextField("đường dẫn", blank=True)
    created_at = models.DateTimeField("lúc")
    state = models.TextField("trạng thái", choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField("số lần gửi", default=0)
    last_error = models.TextField("lỗi gần nhất", blank=True)
    next_try_at = models.DateTimeField("gửi lúc", null=True)
    sent_at = models.DateTimeField("đã gửi lúc", null=True)

    class Meta:
        verbose_name = "tin gửi đi"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "channel", "address"], name="delivery_once"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.WAITING) | Q(next_try_at__isnull=False), name="waiting_has_next_try"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="sent_has_moment"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at", "id"], name="delivery_waiting", condition=Q(state=DeliveryState.WAITING)
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    def outgoing(self) -> Outgoing:
        """Return the message as a provider gets it."""
        return Outgoing(
            id=self.pk,
            created_at=self.created_at,
            recipient_name=self.recipient_name,
            address=self.address,
            subject=self.subject,
            text=self.text,
            link=self.link,
        )
