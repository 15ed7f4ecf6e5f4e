"""Source records: what an importer was given, to the letter, beside what it read in it."""

from typing import ClassVar

from django.db import models

from motcua.procedures.models import ProcedureVersion


class SourceRecord(models.Model):
    """One record of a source, kept so that an export gives all of it back and a second import changes nothing.

    `code` is the catalogue's code, `source_code` the one the source wrote ("" where it had none). `occurrence` counts
    records of one code in one file: only the first is published. `raw` is the record as JSON text (not jsonb: it keeps
    the order of keys and characters that the database cannot hold), `sha256` is taken over its canonical form.
    `version` is the version of the procedure that this record was published as, if any.
    """

    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    occurrence = models.PositiveIntegerField(default=1)
    source_code = models.TextField(blank=True)
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    raw = models.TextField()
    parsed = models.JSONField()
    flags_count = models.PositiveIntegerField(default=0)
    file = models.TextField(blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    imported_at = models.DateTimeField()
    version = models.ForeignKey(
        ProcedureVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="source_records"
    )

    class Meta:
        ordering: ClassVar = ["code", "kind", "occurrence"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="source_record_once", fields=["code", "kind", "occurrence"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.kind} {self.occurrence})"
