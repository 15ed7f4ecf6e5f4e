"""The seal of a row: that the programs of the house wrote it, which whoever only holds the database cannot imitate.

HMAC-SHA-256 under a key that is not in the database. The log of `evidence` takes in sealed rows only.
"""

import hmac
from collections.abc import Iterable
from datetime import date, datetime

from motcua.journal.rules.chain import canonical, moment_text


def seal_of(key: bytes, said: str) -> str:
    """Return the seal (hex) over what a row says: its hash, or `reading_text`."""
    return hmac.digest(key, said.encode(), "sha256").hex()


def is_sealed(keys: Iterable[bytes], said: str, seal: str) -> bool:
    """Tell whether one of the keys made this seal."""
    return any(hmac.compare_digest(seal_of(key, said), seal) for key in keys)


def reading_text(
    *,
    at: datetime,
    day: date,
    actor_id: int | None,
    actor_name: str,
    actor_title: str,
    object_type: str,
    object_id: str,
    code: str,
    kind: str,
    purpose: str,
) -> str:
    """Return what a reading says, as one canonical JSON text."""
    values = {
        "at": moment_text(at),
        "day": day.isoformat(),
        "actor_id": actor_id,
        "actor_name": actor_name,
        "actor_title": actor_title,
        "object_type": object_type,
        "object_id": object_id,
        "code": code,
        "kind": kind,
        "purpose": purpose,
    }
    return canonical(values).decode()
