"""Versions of procedures: what holds from when until when, and the text they are found by."""

from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value

from motcua.procedures.models.procedure import Procedure
from motcua.procedures.terms import Definition


def _words(column: str, weight: str) -> SearchVector:
    return SearchVector(column, weight=weight, config="simple")


class ProcedureVersion(models.Model):
    """One version of a procedure. A trigger keeps it as it is once published; only its end may still be set.

    It holds from `valid_from` until the day before `valid_to` (null = open). A version replaced on its own first
    day has `valid_to` equal to `valid_from` and never held. `definition` is the JSON of a `Definition`. The folded
    columns are what searches read.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    name_fold = models.TextField()
    keywords_fold = models.TextField(blank=True)
    summary_fold = models.TextField(blank=True)
    search_vector = models.GeneratedField(
        expression=_words("name_fold", "A") + _words("keywords_fold", "B") + _words("summary_fold", "D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="procedure_version_number", fields=["procedure", "number"]),
            models.CheckConstraint(
                name="procedure_version_published",
                condition=Q(published_at__isnull=True) | Q(valid_from__isnull=False),
            ),
            models.CheckConstraint(
                name="procedure_version_span", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="procedure_version_once_a_day",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[)"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(published_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            GinIndex(name="procedure_version_words", fields=["search_vector"]),
            GinIndex(
                name="procedure_version_trigrams",
                fields=["name_fold", "keywords_fold"],
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"

    @cached_property
    def content(self) -> Definition:
        """The definition as a value."""
        return Definition.model_validate(self.definition)
