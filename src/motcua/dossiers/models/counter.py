from typing import ClassVar

from django.db import models


class CodeCounter(models.Model):
    """The last number given to a dossier of an agency on a day; its row lock keeps codes without gap or double."""

    agency = models.ForeignKey("agencies.Unit", models.PROTECT, verbose_name="cơ quan", related_name="+")
    day = models.DateField("ngày")
    last = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "bộ đếm mã hồ sơ"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "day"], name="one_counter_per_agency_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day} {self.last}"
