from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.payments.terms import OrderState


class PlatformOrder(models.Model):
    """One try to pay through the national platform; settled only by its callback or by its answer to QUERY."""

    bill = models.ForeignKey("payments.Bill", models.PROTECT, related_name="orders")
    reference = models.TextField("mã tham chiếu", unique=True)
    amount = models.BigIntegerField("số tiền, đồng")
    ip = models.TextField("địa chỉ mạng của người nộp", blank=True)
    state = models.TextField("trạng thái", choices=OrderState.choices, default=OrderState.CREATED)
    pay_url = models.TextField("trang thanh toán", blank=True)
    created_at = models.DateTimeField("tạo lúc")
    attempts = models.PositiveSmallIntegerField("số lần hỏi", default=0)
    next_try_at = models.DateTimeField("hỏi tiếp lúc", null=True)
    last_error = models.TextField("lỗi gần nhất", blank=True)
    reported_amount = models.BigIntegerField("số tiền nền tảng báo, đồng", null=True)
    transaction_number = models.TextField("mã giao dịch", blank=True)
    settled_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "giao dịch trên nền tảng thanh toán"
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], name="order_to_ask", condition=Q(state=OrderState.CREATED))
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_flagged(self) -> bool:
        """Whether the platform reported another sum than was asked for."""
        return self.reported_amount is not None and self.reported_amount != self.amount
