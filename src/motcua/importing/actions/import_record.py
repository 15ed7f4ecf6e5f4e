"""Nhập một bản ghi thủ tục quốc gia."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.identity.terms import Actor
from motcua.importing.actions.to_catalogue import Place, put_into_catalogue
from motcua.importing.models import SourceRecord
from motcua.importing.national.definition import definition_of, plain_definition
from motcua.importing.national.parsing import Parsed, parse
from motcua.importing.national.shapes import NationalRecord, canonical, record_of
from motcua.importing.terms import Result
from motcua.journal.actions import record as write_down
from motcua.kernel.text import fold
from motcua.procedures.access import require_catalogue
from motcua.procedures.models import Domain
from motcua.procedures.terms import Definition, DomainSpec, Flag

#: One import at a time writes source records: key of the lock that a row's transaction holds.
_LOCK = 6_104_302


@dataclass(frozen=True, slots=True)
class Note:
    """Why a row became what it became: a field ("" = the record), a stable code, a Vietnamese sentence."""

    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row; `flags` are what of it stayed words."""

    code: str
    result: Result
    notes: tuple[Note, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(slots=True)
class Run:
    """What one import remembers from row to row: hashes of each code so far, and the fields there are."""

    file: str = ""
    seen: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    domains: dict[str, DomainSpec] = field(default_factory=dict)

    def load(self) -> None:
        """Read the fields from the database."""
        for code, name in Domain.objects.values_list("code", "name"):
            self.domains[fold(name)] = DomainSpec(code=code, name=name)


@dataclass(frozen=True, slots=True)
class _Read:
    """A row with all that was read from it."""

    record: NationalRecord
    definition: Definition
    parsed: dict[str, Any]
    sha256: str
    raw: str


def import_record(*, actor: Actor, value: Mapping[str, Any], row: int | None, run: Run, at: datetime) -> Outcome:
    """Nhập bản ghi thủ tục: keep the record to the letter and publish what it says, in one transaction.

    taken: a code that was not there; changed: it says something else than before; unchanged: nothing is written;
    refused: it has no name. A version that people made is never replaced. Raises NotPermitted.
    """
    require_catalogue(actor)
    record = record_of(value)
    if not record.name:
        said = Note("name", "no_name", "Bản ghi không có tên thủ tục.")
        return Outcome(record.code, "refused", (said,))
    read = _read(record, value, run)
    outcome = _keep(actor, read, row, run, at)
    domain = read.definition.domain
    run.domains.setdefault(fold(domain.name), domain)
    return outcome


def _read(record: NationalRecord, value: Mapping[str, Any], run: Run) -> _Read:
    definition, parsed = _understood(record, run)
    raw = _json_text(value)
    return _Read(record, definition, parsed, hashlib.sha256(canonical(value).encode()).hexdigest(), raw)


def _understood(record: NationalRecord, run: Run) -> tuple[Definition, dict[str, Any]]:
    """The definition and what was parsed; a record that trips the parsers is kept as words, never lost."""
    try:
        parsed: Parsed = parse(record)
        return definition_of(record, parsed, run.domains), parsed.as_json()
    except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError):
        return plain_definition(record, run.domains), {}


def _json_text(value: Mapping[str, Any]) -> str:
    """The record as JSON text; letters stay letters where the database can hold them."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, default=str)
    return text


@transaction.atomic
def _keep(actor: Actor, read: _Read, row: int | None, run: Run, at: datetime) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    code, kind = read.definition.code, read.record.kind
    known = {one.occurrence: one for one in SourceRecord.objects.filter(code=code, kind=kind)}
    before = run.seen.setdefault((code, kind), [])
    if read.sha256 in before:
        said = Note("", "same_row_twice", "Trùng hoàn toàn với một dòng trước trong cùng tệp.")
        return Outcome(code, "unchanged", (said,))
    found = next((one for one in known.values() if one.sha256 == read.sha256), None)
    occurrence = found.occurrence if found else _free(known, before)
    before.append(read.sha256)
    source = found or known.get(occurrence)
    outcome = _settle(actor, read, source, Place(occurrence, run.file, row), at)
    if occurrence > 1:
        message = "Mã này đã có ở dòng trước trong cùng tệp với nội dung khác: giữ nguyên văn, không công bố."
        return Outcome(code, outcome.result, (*outcome.notes, Note("code", "same_code_twice", message)), outcome.flags)
    return outcome


def _free(known: Mapping[int, SourceRecord], before: list[str]) -> int:
    """The occurrence a changed or new record takes: the first one whose record this file has not shown yet."""
    taken = {one.occurrence for one in known.values() if one.sha256 in before}
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


def _settle(actor: Actor, read: _Read, source: SourceRecord | None, place: Place, at: datetime) -> Outcome:
    """Write what differs: the record itself, then the catalogue."""
    code, flags = read.definition.code, read.definition.flags
    if source is not None and source.sha256 == read.sha256 and source.parsed == read.parsed:
        return Outcome(code, "unchanged", (), flags)
    is_new = source is None
    source = source or SourceRecord(code=code, kind=read.record.kind, occurrence=place.occurrence)
    source.source_code, source.name, source.raw = read.record.code, read.record.name, read.raw
    source.sha256, source.parsed, source.flags_count = read.sha256, read.parsed, len(flags)
    source.file, source.row, source.imported_at = place.file, place.row, at
    source.save()
    data = {"code": code, "kind": source.kind, "sha256": source.sha256}
    write_down(actor, "source_record.kept", source, at=at, data=data, is_new=is_new)
    put = put_into_catalogue(actor=actor, source=source, definition=read.definition, at=at)
    notes = tuple(Note("", note_code, message) for note_code, message in put.notes)
    if put.keeps_own:
        return Outcome(code, "changed" if put.is_written else "unchanged", notes, flags)
    return Outcome(code, "taken" if is_new and not put.was_there else "changed", notes, flags)
