"""Ghi sổ chứng thực chữ ký, hợp đồng, giao dịch."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.certification.actions.numbering import take_numbers
from motcua.certification.models import CertificationEntry
from motcua.certification.rules.fees import CopyRow, rows_problems
from motcua.certification.terms import BookKind
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import get_visible, may
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, NotPermitted, Problem, RuleBroken
from motcua.kernel.text import clean


@dataclass(frozen=True, slots=True)
class Line:
    """A line to enter: the paper or the transaction, pages, copies, fee in đồng, who asks, who certified, a note."""

    paper_name: str
    pages: int = 1
    copies: int = 1
    fee: int = 0
    requester_name: str = ""
    requester_number: str = ""
    certifier_name: str = ""
    note: str = ""


@transaction.atomic
def enter_certification(
    *, actor: Actor, dossier_id: int, kind: BookKind, line: Line, at: datetime, is_electronic: bool = False
) -> CertificationEntry:
    """Ghi sổ chứng thực: one line in the book of the dossier's agency, with the next number of its year.

    By whoever works on the dossier; who asks is its owner unless another is named. Raises NotFound, NotPermitted,
    Invalid, RuleBroken for a closed book or a dossier that is not received.
    """
    dossier = get_visible(actor, dossier_id)
    if not may(actor, dossier, Act.CHECK_PAPERS):
        raise NotPermitted(Problem("no_right", "Bạn không có quyền ghi sổ chứng thực cho hồ sơ này."))
    return enter_line(actor=actor, dossier=dossier, kind=kind, line=line, at=at, is_electronic=is_electronic)


def enter_line(
    *, actor: Actor, dossier: Dossier, kind: BookKind, line: Line, at: datetime, is_electronic: bool
) -> CertificationEntry:
    """Write the line; whose right it is was asked before. Raises Invalid, RuleBroken."""
    name = clean(line.paper_name)
    problems = rows_problems([CopyRow(name, line.pages, line.copies)])
    if line.fee < 0:
        problems.append(Problem("fee", "Phí không được âm.", "fee"))
    if problems:
        raise Invalid(problems)
    if not dossier.is_received:
        raise RuleBroken(Problem("not_received", "Hồ sơ chưa được tiếp nhận nên chưa ghi sổ chứng thực được."))
    year = at.astimezone(VIET_NAM).year
    book_id, number = take_numbers(dossier.agency_id, kind, year)
    entry = CertificationEntry.objects.create(
        book_id=book_id,
        number=number,
        dossier=dossier,
        paper_name=name,
        pages=line.pages,
        copies=line.copies,
        fee=line.fee,
        requester_name=clean(line.requester_name) or dossier.owner.name,
        requester_number=clean(line.requester_number) or dossier.owner.personal_id,
        entered_at=at,
        entered_by_id=actor.known_id,
        entered_by_name=actor.name,
        note=clean(line.note),
        certifier_name=clean(line.certifier_name),
        is_electronic=is_electronic,
    )
    data = {"code": dossier.code, "kind": kind, "number": number, "year": year}
    record(actor, "certification.entered", entry, at=at, data=data, is_new=True)
    return entry
