"""How often something was guessed lately."""

from typing import ClassVar

from django.db import models


class TryCount(models.Model):
    """So many tries at what `key` stands for (a hash: neither address nor code is kept), until `ends_at`."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ends_at"], name="trycount_ends_at")]

    def __str__(self) -> str:
        return f"{self.key[:8]} × {self.count}"
