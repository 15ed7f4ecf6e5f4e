"""Chứng thực bản sao điện tử: compared by one officer, certified by another, sealed by the clerk of the seal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit
from motcua.certification.actions.copy_papers import (
    Ready,
    copy_to_certify,
    copy_to_seal,
    keep_certified,
    keep_sealed,
)
from motcua.certification.actions.enter import Line, enter_line
from motcua.certification.actions.keep_book import add_correction
from motcua.certification.models import CertificationEntry, CertifiedCopy
from motcua.certification.terms import CHECKS, BookKind, Corrected
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Act
from motcua.files.actions.store import store_paper
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.scanning.access import get_stack, lock_stack
from motcua.scanning.actions.binding import Pen, pdf_of, with_key
from motcua.scanning.actions.let_go import let_go
from motcua.scanning.models import Stack
from motcua.scanning.queries import Paper, laid_out
from motcua.scanning.terms import Purpose, StackState
from motcua.signing.pades.sign import sign_pdf
from motcua.signing.queries.keys import agency_keys

_AGAIN = "Ghi theo bản chính khi đối chiếu bản quét"


@dataclass(frozen=True, slots=True)
class Compared:
    """What the officer who compares says: the paper's name, which checks held, the fee in đồng."""

    revision: int
    paper_name: str
    checks: Collection[str]
    fee: int = 0


def compare_copy(*, actor: Actor, stack_id: int, compared: Compared, at: datetime) -> CertifiedCopy:
    """Đối chiếu: the scan is the original, page by page; it gets its number and goes to the certifier as a draft.

    Every point of `terms.CHECKS` must hold. The paper is bound before the transaction that takes the number. Raises
    Invalid, Conflict, NotPermitted, NotFound; RuleBroken for a closed book or a step that does not compare.
    """
    stack = get_stack(actor, stack_id)
    papers = laid_out(stack, with_values=False).papers
    if problems := _problems(stack, papers, compared):
        raise Invalid(problems)
    agency = unit(stack.dossier.agency_id)
    content = pdf_of(papers[0], number=clean(compared.paper_name), author=agency.name, at=at)
    file = store_paper(content, name=f"{stack.dossier.code}-ban-sao.pdf", at=at)
    with transaction.atomic():
        locked = lock_stack(actor, stack_id, at=at, revision=compared.revision)
        dossier = lock_dossier(actor, stack.dossier_id, to=Act.APPRAISE, at=at)
        entry = _entry(actor, dossier, compared, len(papers[0].pages), at)
        opinion = f"Đã đối chiếu bản quét với bản chính, số chứng thực {entry.number}."
        ref = FileRef(file.sha256, file.name)
        dossier = appraise_dossier(actor=actor, dossier_id=dossier.pk, at=at, opinion=opinion, file=ref)
        copy, _ = CertifiedCopy.objects.update_or_create(
            dossier=dossier,
            defaults={
                "entry": entry,
                "draft_number": dossier.drafts.latest("number").number,
                "checks": sorted(compared.checks),
                "compared_by_name": actor.name,
                "compared_at": at,
            },
        )
        let_go(locked, StackState.CONFIRMED, at=at)
        data = {"code": dossier.code, "number": entry.number, "file": file.sha256, "checks": copy.checks}
        record(actor, "certification.compared", copy, at=at, data=data)
    return copy


def _problems(stack: Stack, papers: Sequence[Paper], compared: Compared) -> list[Problem]:
    problems = []
    if stack.purpose != Purpose.CERTIFY:
        problems.append(Problem("other_purpose", "Xấp giấy này để số hóa, không phải để chứng thực."))
    if len(papers) != 1:
        message = "Mỗi hồ sơ chứng thực một giấy tờ: hãy gộp các trang thành đúng một bản, bỏ trang thừa."
        problems.append(Problem("one_paper", message))
    if not clean(compared.paper_name):
        problems.append(Problem("required", "Hãy ghi tên giấy tờ được chứng thực.", "paper_name"))
    for key, words in CHECKS.items():
        if key not in compared.checks:
            message = f"Chưa xác nhận: {words[:1].lower()}{words[1:]}."
            problems.append(Problem("not_checked", message, "checks", "Nghị định 23/2015/NĐ-CP, Điều 20, 22"))
    return problems


def _entry(actor: Actor, dossier: Dossier, compared: Compared, pages: int, at: datetime) -> CertificationEntry:
    """The line of the book of copies: what it had before it was sent back, that of the intake, or a new one.

    A line that is there already is never overwritten: where this comparison says otherwise, a correction stands by it.
    """
    lines = CertificationEntry.objects.filter(dossier=dossier, book__kind=BookKind.COPY, certified_at__isnull=True)
    before = lines.order_by("number").first()
    if before is not None:
        for field, value in ((Corrected.PAPER_NAME, clean(compared.paper_name)), (Corrected.PAGES, str(pages))):
            if before.now(field) != value:
                add_correction(actor, before, field, value, _AGAIN, at=at)
        return before
    line = Line(compared.paper_name, pages=pages, copies=1, fee=compared.fee)
    return enter_line(actor=actor, dossier=dossier, kind=BookKind.COPY, line=line, at=at, is_electronic=True)


def certify_copy(*, actor: Actor, dossier_id: int, pen: Pen, at: datetime) -> CertifiedCopy:
    """Ký chứng thực: lời chứng is put behind the copy and the certifier signs both; the dossier is approved with it.

    Signed before the transaction; when the dossier moved meanwhile nothing is kept. Raises what `approve_dossier` and
    `with_key` raise.
    """
    ready = copy_to_certify(actor, dossier_id, at=at)
    signed = with_key(
        actor, pen, at, lambda key, stamper: sign_pdf(ready.job.pdf, ready.job.plan, key, stamper=stamper)
    )
    file = store_paper(signed, name=f"{ready.title}.pdf", at=at)
    keep_certified(actor, ready.copy, FileRef(file.sha256, file.name), at=at, revision=ready.revision)
    return _fresh(ready)


def seal_copy(*, actor: Actor, dossier_id: int, pen: Pen, at: datetime) -> CertifiedCopy:
    """Đóng dấu: the agency's signature over the certifier's; the copy is the result of the dossier, under its number.

    Raises what `seal_result` and `with_key` raise.
    """
    ready = copy_to_seal(actor, dossier_id, at=at)
    job, known = ready.job, agency_keys(ready.copy.entry.book.agency_id, at)
    signed = with_key(
        actor, pen, at, lambda key, stamper: sign_pdf(job.pdf, job.plan, key, stamper=stamper), known=known
    )
    file = store_paper(signed, name=f"{ready.title}.pdf", at=at)
    keep_sealed(actor, ready.copy, FileRef(file.sha256, file.name), at=at, revision=ready.revision)
    return _fresh(ready)


def _fresh(ready: Ready) -> CertifiedCopy:
    return CertifiedCopy.objects.select_related("entry__book").get(pk=ready.copy.pk)
