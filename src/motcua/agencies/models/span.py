"""How a row says from when until when it holds."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


def holds_on(on: date, prefix: str = "") -> Q:
    """The rows that hold on the day: valid_from ≤ on < valid_to (null = open)."""
    begun = Q(**{f"{prefix}valid_from__lte": on})
    return begun & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on}))


def days() -> Func:
    """The row's span as a PostgreSQL daterange."""
    return Func(F("valid_from"), F("valid_to"), Value("[)"), function="DATERANGE", output_field=DateRangeField())


def span_check(name: str) -> models.CheckConstraint:
    """A span that ends must end after it begins."""
    return models.CheckConstraint(name=name, condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")))


def once_at_a_time(name: str, *columns: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same columns may hold on the same day."""
    expressions = [(F(column), RangeOperators.EQUAL) for column in columns]
    return ExclusionConstraint(
        name=name, expressions=[*expressions, (days(), RangeOperators.OVERLAPS)], condition=condition
    )
