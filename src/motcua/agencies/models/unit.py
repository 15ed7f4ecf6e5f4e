"""Units, their succession, their earlier names and places, and the posts in them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from motcua.agencies.models.span import once_at_a_time, span_check
from motcua.agencies.models.territory import Territory
from motcua.agencies.terms import Right, UnitKind


class Unit(models.Model):
    """A people's committee, a department, a desk, a division …

    `agency` is the body that has the code and the seal: the unit itself for agencies, else the nearest one
    above. `agency_code` is written root first (`H49.08`), `legacy_code` root last (`000.00.08.H49`, "" when the
    code cannot be written so). `path` holds the ids from the root down to the unit itself.
    """

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=120, blank=True)
    name_fold = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=UnitKind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    agency = models.ForeignKey("self", on_delete=models.PROTECT, related_name="members")
    agency_code = models.CharField(max_length=35, blank=True)
    legacy_code = models.CharField(max_length=35, blank=True)
    code_is_provisional = models.BooleanField(default=False)
    territory = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    is_desk = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    path = ArrayField(models.BigIntegerField())

    class Meta:
        constraints: ClassVar = [
            span_check("unit_span"),
            once_at_a_time("unit_code_once_a_day", "agency_code", condition=~Q(agency_code="")),
        ]
        indexes: ClassVar = [GinIndex(name="unit_path", fields=["path"])]

    def __str__(self) -> str:
        return self.name


class FormerState(models.Model):
    """How a unit was called and where it stood before it was renamed or moved."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_states")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints: ClassVar = [
            span_check("former_state_span"),
            once_at_a_time("former_state_once_a_day", "unit"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from}–{self.valid_to})"


class UnitSuccession(models.Model):
    """The successor took over what the predecessor did."""

    predecessor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="origins")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="unit_succession_once", fields=["predecessor", "successor"]),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Post(models.Model):
    """A seat in a unit with its rights (values of `Right`); people are posted to it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    rights = ArrayField(models.CharField(max_length=20, choices=Right))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [span_check("post_span")]

    def __str__(self) -> str:
        return self.title
