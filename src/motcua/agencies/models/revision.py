"""The mark that tells every process whether what it remembers of the units still holds."""

import uuid

from django.db import models


class Revision(models.Model):
    """One row, with id 1. A trigger writes a new token whenever units, hours or territories change."""

    token = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.token)
