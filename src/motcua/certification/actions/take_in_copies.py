"""Tiếp nhận chứng thực bản sao: the fast lane of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from motcua.certification.actions.numbering import take_numbers
from motcua.certification.models import CertificationEntry
from motcua.certification.rules.fees import CopyRow, copy_rates, fee_of, pages_charged, rows_problems
from motcua.certification.terms import CODE, BookKind
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application, ComponentFacts, PartyFacts
from motcua.dossiers.rules.bulk import Bulk
from motcua.dossiers.rules.charges import Chosen
from motcua.dossiers.terms import Channel
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid
from motcua.kernel.inserting import insert_all
from motcua.kernel.text import clean


@dataclass(frozen=True, slots=True)
class Copies:
    """What somebody brings: who, which papers, what was agreed on in writing for a large set."""

    person: PartyFacts
    rows: Sequence[CopyRow]
    agreed_days: int = 0
    agreement: str = ""


@transaction.atomic
def take_in_copies(
    *, actor: Actor, agency_id: int, desk_id: int, copies: Copies, at: datetime, case_key: str = "default"
) -> tuple[Dossier, list[CertificationEntry]]:
    """Tiếp nhận, vào sổ chứng thực: received, charged by pages, numbered and handed on for comparing, in one act.

    Returns the dossier and the lines of the book, one for each paper. Raises Invalid with every problem.
    """
    rows = [replace(row, name=clean(row.name)) for row in copies.rows]
    if problems := rows_problems(rows):
        raise Invalid(problems)
    bulk = Bulk(
        pages=sum(row.pages * row.copies for row in rows),
        copies=sum(row.copies for row in rows),
        agreed_days=copies.agreed_days,
        agreement=clean(copies.agreement),
    )
    application = _application(agency_id, desk_id, case_key, copies.person, rows)
    dossier = take_in_dossier(actor=actor, application=application, at=at, fees=_fees(rows), bulk=bulk)
    entries = _enter(actor, dossier, rows, at)
    dossier = forward_dossier(actor=actor, dossier_id=dossier.pk, at=at)
    return dossier, entries


def _application(
    agency_id: int, desk_id: int, case_key: str, person: PartyFacts, rows: Sequence[CopyRow]
) -> Application:
    papers = "; ".join(f"{row.name} ({row.pages} trang × {row.copies} bản)" for row in rows)
    return Application(
        procedure_code=CODE,
        agency_id=agency_id,
        desk_id=desk_id,
        case_key=case_key,
        channel=Channel.IN_PERSON,
        owner=person,
        components=(
            ComponentFacts("ban-chinh", originals=len(rows), pages=min(sum(row.pages for row in rows), 2000)),
            ComponentFacts("ban-sao", copies=min(sum(row.copies for row in rows), 1000)),
        ),
        abstract=papers[:1000],
        confirmed_duplicate=True,
    )


def _fees(rows: Sequence[CopyRow]) -> dict[int, Chosen]:
    """The counts of the procedure's two fees: pages at the first rate, pages at the next."""
    counts = [pages_charged(row, copy_rates()) for row in rows]
    totals = (sum(first for first, _ in counts), sum(following for _, following in counts))
    return {place: Chosen(quantity=total) for place, total in enumerate(totals) if total}


def _enter(actor: Actor, dossier: Dossier, rows: Sequence[CopyRow], at: datetime) -> list[CertificationEntry]:
    year = at.astimezone(VIET_NAM).year
    book_id, last = take_numbers(dossier.agency_id, BookKind.COPY, year, len(rows))
    entries = [
        CertificationEntry(
            book_id=book_id,
            number=last - len(rows) + place,
            dossier=dossier,
            paper_name=row.name,
            pages=row.pages,
            copies=row.copies,
            fee=fee_of(row, copy_rates()),
            requester_name=dossier.owner.name,
            requester_number=dossier.owner.personal_id,
            entered_at=at,
            entered_by_id=actor.known_id,
            entered_by_name=actor.name,
        )
        for place, row in enumerate(rows, start=1)
    ]
    insert_all(entries)
    data = {"code": dossier.code, "numbers": [entry.number for entry in entries], "year": year}
    record(actor, "certification.numbered", entries[0], at=at, data=data, is_new=True)
    return entries
