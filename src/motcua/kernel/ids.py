"""Names for the identifiers that travel between rooms."""

from typing import NewType

AccountId = NewType("AccountId", int)
UnitId = NewType("UnitId", int)
PostId = NewType("PostId", int)
DossierId = NewType("DossierId", int)
