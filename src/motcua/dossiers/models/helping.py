from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models.span import once_at_a_time, span_check
from motcua.dossiers.rules.helping import LIMITED


class HelperLimit(models.Model):
    """How many dossiers one helper (an officer who types for people, a hired one, a proxy) may hand in.

    For a desk, or (desk null) for every desk without a row of its own; from `valid_from` until the day before
    `valid_to`. `most_a_day`: handed in on one day; `most_open`: not yet ended at one time.
    """

    desk = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", verbose_name="quầy")
    source = models.TextField("người nộp thay", choices=[(one.value, one.label) for one in LIMITED])
    most_a_day = models.PositiveSmallIntegerField("mỗi ngày")
    most_open = models.PositiveSmallIntegerField("đang giải quyết")
    reason = models.TextField("lý do", blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("đặt lúc")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True)

    class Meta:
        verbose_name = "hạn mức nộp thay"
        constraints: ClassVar = [
            span_check("helper_limit_span"),
            once_at_a_time("helper_limit_of_desk", "desk", "source", condition=Q(desk__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id}: {self.most_a_day}/{self.most_open}"
