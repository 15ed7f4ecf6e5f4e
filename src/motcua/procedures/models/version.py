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


def _holds(path: str) -> models.GeneratedField:
    """A column that says whether the definition has something at the JSON path; kept by the database."""
    expression = Func(F("definition"), Value(path), function="jsonb_path_exists", output_field=models.BooleanField())
    return models.GeneratedField(expression=expression, output_field=models.BooleanField(), db_persist=True)


def _text_of(key: str) -> models.GeneratedField:
    """A column that repeats a text of the definition; kept by the database."""
    expression = Func(F("definition"), Value(key), function="jsonb_extract_path_text", output_field=models.TextField())
    return models.GeneratedField(expression=expression, output_field=models.TextField(), db_persist=True)


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
    # How ready it is, for lists and counts of thousands (`queries.readiness`).
    service_level = _text_of("service_level")
    reviewed = _text_of("reviewed_on")
    has_form = _holds("$.form.pages[*].fields[*]")
    has_steps = _holds("$.steps[*]")
    has_papers = _holds("$.papers[*]")
    has_tests = _holds("$.tests[*]")
    has_flags = _holds("$.flags[*]")
    has_law_terms = _holds("$.cases[*].law_terms.*")
    appraised_at_desk = _holds('$.steps[*] ? (@.at == "desk" && @.right == "handle")')
    approved_at_desk = _holds('$.steps[*] ? (@.at == "desk" && @.right == "lead_agency")')
    sealed_at_desk = _holds('$.steps[*] ? (@.at == "desk" && @.right == "seal")')

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
