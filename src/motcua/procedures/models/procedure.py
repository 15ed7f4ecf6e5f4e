"""Fields and procedures."""

from typing import ClassVar

from django.db import models

from motcua.procedures.terms import Level


class Domain(models.Model):
    """A field (lĩnh vực): civil status, land, construction …"""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure by its national code.

    `name`, `domain` and `level` repeat the version published last (a test proves them equal); what the procedure
    said on a given day is in its versions. `is_listed` is false once the procedure is abolished.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.TextField()
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="procedures")
    level = models.CharField(max_length=10, choices=Level)
    is_listed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
