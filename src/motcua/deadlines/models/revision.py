"""The mark that tells every process whether the calendars it remembers still hold."""

import uuid

from django.db import models


class CalendarRevision(models.Model):
    """One row. A trigger writes a new token whenever days or clocks change; acts lock it to go one by one."""

    token = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.token)
