"""What the process of a procedure did to a dossier by itself, and who else was let in by it."""

from typing import ClassVar

from django.db import models


class TimerRing(models.Model):
    """That a timer of a step rang for a dossier which came there at `since`; once for each time it came there."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="timer_rings")
    step_key = models.TextField("bước")
    timer_key = models.TextField("hẹn giờ")
    since = models.DateTimeField("đến bước lúc")
    at = models.DateTimeField("thực hiện lúc")

    class Meta:
        verbose_name = "lần hẹn giờ của quy trình"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "step_key", "timer_key", "since"], name="timer_rings_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.step_key} {self.timer_key}"


class OutsideStep(models.Model):
    """Liên thông: that another agency works or worked on a step of the dossier; from then on it may read it."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, db_index=False, related_name="outside_steps")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, db_index=False, related_name="+")
    since = models.DateTimeField("từ")

    class Meta:
        verbose_name = "bước tại cơ quan khác"
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "dossier"], name="outside_step_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.unit_id}"
