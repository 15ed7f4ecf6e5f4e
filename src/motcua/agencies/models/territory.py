"""Administrative territories and what became of them."""

from typing import ClassVar

from django.db import models

from motcua.agencies.models.span import once_at_a_time, span_check
from motcua.agencies.terms import TerritoryKind


class Territory(models.Model):
    """A province, a district (history) or a commune with its national code (QĐ 19/2025/QĐ-TTg).

    Codes: province 2 digits, district 3, commune 5. A code may be used again by a successor: it is
    unique on every single day.
    """

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=TerritoryKind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            span_check("territory_span"),
            once_at_a_time("territory_code_once_a_day", "code"),
            models.UniqueConstraint(name="territory_code_from", fields=["code", "valid_from"]),
        ]

    def __str__(self) -> str:
        return self.name


class TerritorySuccession(models.Model):
    """The predecessor passed, wholly or in part (`is_split`), into the successor."""

    predecessor = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="origins")
    is_split = models.BooleanField(default=False)
    is_default = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="territory_succession_once", fields=["predecessor", "successor"]),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
