from typing import ClassVar

from django.db import models


class DayCheck(models.Model):
    """Đối soát cuối ngày: the differences found for a unit on a day, as the nightly job left them."""

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị thu")
    day = models.DateField("ngày")
    differences = models.JSONField("chênh lệch", default=list)
    totals = models.JSONField("tổng", default=dict)
    made_at = models.DateTimeField("đối soát lúc")

    class Meta:
        verbose_name = "đối soát ngày"
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "day"], name="one_check_a_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"
