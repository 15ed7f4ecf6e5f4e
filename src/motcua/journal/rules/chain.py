"""The chain of an object's entries: each hashes its own content and the entry before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from motcua.kernel.errors import Problem

NO_PREVIOUS = ""


@dataclass(frozen=True, slots=True)
class EntryContent:
    """What an entry says, without its place in the chain."""

    at: datetime
    recorded_at: datetime
    actor_id: int | None
    actor_name: str
    actor_title: str
    verb: str
    object_type: str
    object_id: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as stored: its content, the hash before it and its own."""

    content: EntryContent
    previous_hash: str
    hash: str


def entry_hash(content: EntryContent, previous_hash: str) -> str:
    """Return the SHA-256 (hex) of the entry's canonical JSON together with the hash of the entry before it."""
    values = {
        "at": moment_text(content.at),
        "recorded_at": moment_text(content.recorded_at),
        "actor_id": content.actor_id,
        "actor_name": content.actor_name,
        "actor_title": content.actor_title,
        "verb": content.verb,
        "object_type": content.object_type,
        "object_id": content.object_id,
        "data": content.data,
        "previous": previous_hash,
    }
    return hashlib.sha256(canonical(values)).hexdigest()


def canonical(values: Mapping[str, Any]) -> bytes:
    """Return the one JSON text of these values: sorted keys, no spaces, UTF-8."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def moment_text(at: datetime) -> str:
    """Return a moment as it stands in hashes: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def problems_in_chain(links: Iterable[Link]) -> list[Problem]:
    """Return one problem for each entry whose content or place was changed."""
    problems, previous = [], NO_PREVIOUS
    for number, link in enumerate(links, start=1):
        if link.previous_hash != previous:
            problems.append(Problem("chain_broken", f"Dòng nhật ký thứ {number} không nối tiếp dòng trước nó."))
        if link.hash != entry_hash(link.content, link.previous_hash):
            problems.append(Problem("entry_changed", f"Nội dung dòng nhật ký thứ {number} đã bị sửa."))
        previous = link.hash
    return problems
