"""Where a procedure is offered, and which division works on it."""

from typing import ClassVar

from django.db import models

from motcua.agencies.models import Unit
from motcua.agencies.models.span import once_at_a_time, span_check
from motcua.procedures.models.procedure import Procedure


class Offering(models.Model):
    """From `valid_from` until the day before `valid_to`, `agency` decides and `handling_unit` works on dossiers."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="offerings")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="offerings")
    handling_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="handled_offerings")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            span_check("offering_span"),
            once_at_a_time("offering_once_a_day", "procedure", "agency"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} @ {self.agency_id}"
