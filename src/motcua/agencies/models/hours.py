"""Working hours of a unit, as data."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from motcua.agencies.models.span import span_check
from motcua.agencies.models.unit import Unit


class WorkingHours(models.Model):
    """One shift of one weekday (0 = Monday). Without a unit: the default of the installation."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)])
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "working hours"
        constraints: ClassVar = [
            span_check("hours_span"),
            models.CheckConstraint(name="hours_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="hours_order", condition=Q(closes__gt=F("opens"))),
            models.UniqueConstraint(
                name="hours_once", fields=["unit", "weekday", "opens", "valid_from"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens}–{self.closes}"
