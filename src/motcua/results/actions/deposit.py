"""Đưa giấy tờ vào kho của một người."""

from datetime import date, datetime

from django.db import transaction

from motcua.files.actions.hold import hold
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import required_problems
from motcua.kernel.errors import Invalid, NotPermitted, Problem
from motcua.kernel.text import clean
from motcua.results.actions.add_file import add_what_is_archived
from motcua.results.events import PaperDeposited
from motcua.results.models import PaperFile, StoredPaper
from motcua.results.terms import PaperKind


@transaction.atomic
def deposit(
    *,
    actor: Actor,
    at: datetime,
    owner_personal_id: str,
    owner_name: str,
    kind: PaperKind,
    name: str,
    blob: str,
    file_name: str,
    owner_tax_code: str = "",
    paper_code: str = "",
    number: str = "",
    issuer: str = "",
    agency_id: int | None = None,
    issued_on: date | None = None,
    valid_to: date | None = None,
    dossier_id: int | None = None,
    replaces_id: int | None = None,
) -> StoredPaper:
    """Đưa giấy tờ vào kho: a paper that an officer certified or digitised and signed is kept for its owner.

    `blob`: SHA-256 of the signed file, already stored. The same file of the same owner is kept once. Results come into
    the store by `issue_result` only. Raises NotPermitted for anybody but an officer or the house, Invalid with every
    problem.
    """
    if not (actor.is_system or actor.kind == "officer"):
        raise NotPermitted(Problem("officers_only", "Chỉ cán bộ đưa giấy tờ đã ký vào kho."))
    problems = required_problems(clean(name), label="tên giấy tờ", field="name")
    if not (owner_personal_id or owner_tax_code):
        message = "Chưa có số định danh của chủ giấy tờ nên không đưa vào kho được."
        problems.append(Problem("owner_unknown", message, "owner_personal_id"))
    if kind == PaperKind.RESULT:
        problems.append(Problem("not_a_deposit", "Kết quả vào kho khi được đóng dấu.", "kind"))
    if problems:
        raise Invalid(problems)
    same = StoredPaper.objects.filter(kind=kind, holder_id=owner_personal_id, holder_tax_code=owner_tax_code)
    if (found := same.filter(files__blob_id=blob).first()) is not None:
        return found
    before = StoredPaper.objects.filter(pk=replaces_id).first() if replaces_id else None
    paper = StoredPaper.objects.create(
        kind=kind,
        holder_name=clean(owner_name),
        holder_id=owner_personal_id,
        holder_tax_code=owner_tax_code,
        paper_code=paper_code,
        name=clean(name),
        number=clean(number),
        issuer=clean(issuer),
        agency_id=agency_id,
        issued_on=issued_on,
        valid_from=issued_on,
        valid_to=valid_to,
        version=before.version + 1 if before else 1,
        replaces=before,
        dossier_id=dossier_id,
        deposited_at=at,
        deposited_by_id=actor.account_id,
        deposited_by_name=actor.name,
    )
    hold(blob)
    PaperFile.objects.create(paper=paper, blob_id=blob, name=clean(file_name), added_at=at)
    emit(PaperDeposited(paper_id=paper.pk, kind=kind), at=at)
    record(actor, "paper.deposited", paper, at=at, data={"kind": kind, "sha256": blob}, is_new=True)
    add_what_is_archived(paper, blob, at)
    return paper
