"""What a leaf of the log commits to: one canonical JSON text for each row, file or beginning."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from motcua.evidence.terms import LeafKind
from motcua.journal.rules.chain import canonical, moment_text

#: Columns of a row of the journal, in the order in which they are read; `data` as PostgreSQL writes jsonb.
ENTRY_COLUMNS: Final = (
    "id",
    "at",
    "recorded_at",
    "actor_id",
    "actor_name",
    "actor_title",
    "verb",
    "object_type",
    "object_id",
    "data",
    "previous_hash",
    "hash",
    "seal",
)
READING_COLUMNS: Final = (
    "id",
    "at",
    "day",
    "actor_id",
    "actor_name",
    "actor_title",
    "object_type",
    "object_id",
    "code",
    "kind",
    "purpose",
    "seal",
)
_JOURNAL_HASH: Final = (
    "at",
    "recorded_at",
    "actor_id",
    "actor_name",
    "actor_title",
    "verb",
    "object_type",
    "object_id",
)
_READING_SAID: Final = (
    "at",
    "day",
    "actor_id",
    "actor_name",
    "actor_title",
    "object_type",
    "object_id",
    "code",
    "kind",
    "purpose",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a leaf: its canonical content, what its seal covers, by which words it is named, when it was written."""

    kind: LeafKind
    source_id: int
    content: bytes
    said: str
    is_whole: bool
    seal: str
    about: dict[str, Any]
    recorded_at: str = ""


def entry_row(values: tuple[Any, ...]) -> Row:
    """Return a row of the journal (`ENTRY_COLUMNS`, `data` as text); it is whole when its own hash fits its content."""
    row = dict(zip(ENTRY_COLUMNS, values, strict=True))
    data = json.loads(row["data"])
    row["at"], row["recorded_at"] = moment_text(row["at"]), moment_text(row["recorded_at"])
    hashed = {name: row[name] for name in _JOURNAL_HASH} | {"data": data, "previous": row["previous_hash"]}
    content = canonical({**row, "kind": "entry"})
    code = str(data.get("code", "")) if isinstance(data, dict) else ""
    return Row(
        kind=LeafKind.ENTRY,
        source_id=row["id"],
        content=content,
        said=row["hash"],
        is_whole=sha256(canonical(hashed)).hexdigest() == row["hash"],
        seal=row["seal"],
        about=_about(row, verb=row["verb"], code=code),
        recorded_at=row["recorded_at"],
    )


def reading_row(values: tuple[Any, ...]) -> Row:
    """Return a reading (`READING_COLUMNS`) as a leaf."""
    row = dict(zip(READING_COLUMNS, values, strict=True))
    row["at"], row["day"] = moment_text(row["at"]), row["day"].isoformat()
    return Row(
        kind=LeafKind.READING,
        source_id=row["id"],
        content=canonical({**row, "reading": row["kind"], "kind": "reading"}),
        said=canonical({name: row[name] for name in _READING_SAID}).decode(),
        is_whole=True,
        seal=row["seal"],
        about=_about(row, verb="read", code=row["code"]),
    )


def blob_content(*, digest: str, size: int, media_type: str, kept_at: datetime) -> bytes:
    """Return what is committed to for a kept file: its SHA-256 (hex), size in bytes, type and when it came."""
    values = {"kind": "blob", "sha256": digest, "size": size, "media_type": media_type, "kept_at": moment_text(kept_at)}
    return canonical(values)


def origin_content(*, origin: str, at: datetime, entries_before: int, readings_before: int) -> bytes:
    """Return the first leaf: whose log it is, and up to which ids rows were written before seals existed."""
    values = {
        "kind": "origin",
        "origin": origin,
        "at": moment_text(at),
        "entries_before": entries_before,
        "readings_before": readings_before,
    }
    return canonical(values)


def _about(row: Mapping[str, Any], *, verb: str, code: str) -> dict[str, Any]:
    thing = f"{row['object_type']} {row['object_id']}"
    return {"verb": verb, "object": thing, "code": code, "actor": row["actor_name"], "at": row["at"]}
