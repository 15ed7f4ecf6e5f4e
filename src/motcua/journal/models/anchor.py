"""A mark behind which nothing of the journal can be taken away unseen."""

from typing import ClassVar

from django.db import models


class Anchor(models.Model):
    """All entries up to `last_entry_id`: how many, of which kinds, and one hash over all their hashes in order."""

    last_entry_id = models.BigIntegerField("dòng cuối", unique=True)
    entries = models.BigIntegerField("số dòng")
    verbs = models.JSONField("số dòng theo việc", default=dict)
    digest = models.CharField("mã băm chung", max_length=64)
    at = models.DateTimeField("thời điểm")

    class Meta:
        verbose_name = "mốc nhật ký"
        ordering: ClassVar = ["last_entry_id"]

    def __str__(self) -> str:
        return f"{self.entries} → {self.last_entry_id}"
