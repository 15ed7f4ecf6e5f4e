"""Days that do not follow their weekday."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Unit
from motcua.deadlines.terms import DayKind, Half


class CalendarException(models.Model):
    """What is known of one day, for the whole country (no unit) or for a unit and everything below it.

    `decided`: an official decision is known; a holiday announced as indicative is not. `applies`: the day counts
    in calendars; a swap that was only reported does not. `verified`: checked against a source, named in `source`.
    `shipped`: the row came with the software and nobody here has changed it.
    """

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="calendar_exceptions")
    date = models.DateField()
    kind = models.CharField(max_length=4, choices=DayKind)
    half = models.CharField(max_length=3, choices=Half, default=Half.ALL)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    decision_no = models.CharField(max_length=120, blank=True)
    decided = models.BooleanField(default=True)
    applies = models.BooleanField(default=True)
    verified = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)
    shipped = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="calendar_day_once", fields=["unit", "date"], nulls_distinct=False),
            models.CheckConstraint(name="calendar_day_kind", condition=Q(kind__in=DayKind.values)),
            models.CheckConstraint(name="calendar_day_half", condition=Q(half__in=Half.values)),
            models.CheckConstraint(name="calendar_day_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}: {self.get_kind_display()} {self.get_half_display()} – {self.name}"
