"""Clocks of the one-stop rules as data."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from motcua.agencies.models import Unit
from motcua.agencies.models.span import days, span_check
from motcua.deadlines.terms import ClockKey


class ClockSetting(models.Model):
    """The value of one clock from `valid_from` to the day before `valid_to`, for a unit and those below, or for all.

    `value`: "15:00" for a time of day, digits for a count. `verified` is False while the article of law has not
    been read; `source` says where the value comes from.
    """

    key = models.CharField(max_length=40, choices=ClockKey)
    value = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="clock_settings")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            span_check("clock_span"),
            models.CheckConstraint(name="clock_key", condition=Q(key__in=ClockKey.values)),
            ExclusionConstraint(
                name="clock_once_a_day",
                expressions=[
                    (F("key"), RangeOperators.EQUAL),
                    (Coalesce("unit", Value(0), output_field=models.BigIntegerField()), RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value}"
