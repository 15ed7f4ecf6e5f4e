"""Rows whose decisive columns the line of the act in the journal carries, so that nobody edits them unseen.

A row remembers what was read; what an act made of it is `[before, after]` in the act's own line of the journal, under
"rows". `queries/attesting.py` compares all of it with the tables.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models

from motcua.journal.rules.chain import moment_text

#: What an act made of a row: a value of a new row, `[before, after]` of one that was there.
Changes = dict[str, Any]


class Attested(models.Model):
    """A row that tells its dossier what of it was written."""

    #: Columns whose changes stand in the journal.
    ATTESTED: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **named: Any) -> None:
        """Save it, and tell."""
        super().save(*arguments, **named)
        self.written()

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **named: Any) -> Self:
        """Remember what was read."""
        found = super().from_db(db, field_names, values, **named)
        found.__dict__["as_read"] = (field_names, values)
        return found

    def refresh_from_db(self, *arguments: Any, **named: Any) -> None:
        """Read it anew, and remember that."""
        super().refresh_from_db(*arguments, **named)
        self._remember()

    def written(self) -> None:
        """Tell the dossier what was written (`kernel/inserting.py` calls this as `save` does)."""
        if changes := self.take_changes():
            self.dossier.note_row(self.row_name, changes)  # type: ignore[attr-defined]  # each has one

    @property
    def row_name(self) -> str:
        """By which name the journal speaks of it."""
        return f"{self._meta.model_name} {self.pk}"

    def take_changes(self) -> Changes:
        """Return what was changed since it was read or since the last time, once; everything of a new row."""
        seen, said = self.__dict__, self.__dict__.get("as_read")
        if said is None:
            changes: Changes = {name: plain(seen.get(name)) for name in self.ATTESTED}
        else:
            before = dict(zip(*said, strict=False))
            changes = {
                name: [plain(before[name]), plain(seen[name])]
                for name in self.ATTESTED
                if name in before and name in seen and before[name] != seen[name]
            }
        if changes:
            self._remember()
        return changes

    def _remember(self) -> None:
        names: Sequence[str] = [one.attname for one in self._meta.concrete_fields if one.attname in self.__dict__]
        self.__dict__["as_read"] = (names, [self.__dict__[name] for name in names])


def plain(value: Any) -> Any:
    """Return a value as JSON holds it and as `queries/attesting.py` reads it: moments in UTC to the microsecond."""
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value


def merged(before: Changes | None, after: Changes) -> Changes:
    """Return what two changes of one row in one act come to."""
    found = dict(before or {})
    for name, value in after.items():
        earlier = found.get(name)
        if name not in found or not isinstance(value, list):
            found[name] = value
        else:
            found[name] = [earlier[0], value[1]] if isinstance(earlier, list) else value[1]
    return found
