"""Chứng thực bản sao điện tử: compared by one officer, certified by another, sealed by the clerk of the seal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit
from motcua.certification.actions.enter import Line, enter_line
from motcua.certification.events import CopyCertified
from motcua.certification.models import CertificationEntry, CertifiedCopy
from motcua.certification.papers.book import Testimony, with_testimony
from motcua.certification.terms import CHECKS, SYMBOLS, BookKind
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import get_visible, lock_dossier
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.titles import signing_title
from motcua.dossiers.terms import Act
from motcua.files.actions.store import store_paper
from motcua.files.queries import open_blob
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.scanning.access import get_stack, lock_stack
from motcua.scanning.actions.binding import Pen, pdf_of, with_key
from motcua.scanning.actions.let_go import let_go
from motcua.scanning.models import Stack
from motcua.scanning.queries import Paper, laid_out
from motcua.scanning.terms import Purpose, StackState
from motcua.signing.appearance.stamps import MM, seal_stamp, signer_stamp
from motcua.signing.pades.sign import sign_pdf
from motcua.signing.queries.images import seal_picture_of, signature_picture_of
from motcua.signing.queries.keys import agency_keys
from motcua.signing.terms import Placement, SignaturePlan
from motcua.trust.terms import Role

#: Where lời chứng leaves room, in points from the lower left corner of its page (A4): the signer, the seal on its left.
_SIGNER_BOX = (345.0, 425.0, 345.0 + 52 * MM, 425.0 + 26 * MM)
_SEAL_LEFT = 12 * MM
_SIGNER_FIELD, _SEAL_FIELD = "certifier-1", "seal-1"


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
            message = f"Chưa xác nhận: {words[:1].lower()}{words[1:]}. Không đủ điều kiện thì từ chối chứng thực."
            problems.append(Problem("not_checked", message, "checks", "Nghị định 23/2015/NĐ-CP, Điều 20, 22"))
    return problems


def _entry(actor: Actor, dossier: Dossier, compared: Compared, pages: int, at: datetime) -> CertificationEntry:
    """The line of the book: the one the copy had before it was sent back, the one of the intake, or a new one."""
    before = CertificationEntry.objects.filter(dossier=dossier, certified_at__isnull=True).order_by("number").first()
    if before is not None:
        return before
    line = Line(compared.paper_name, pages=pages, copies=1, fee=compared.fee)
    return enter_line(actor=actor, dossier=dossier, kind=BookKind.COPY, line=line, at=at, is_electronic=True)


def certify_copy(*, actor: Actor, dossier_id: int, pen: Pen, at: datetime) -> CertifiedCopy:
    """Ký chứng thực: lời chứng is put behind the copy and the certifier signs both; the dossier is approved with it.

    Signed before the transaction; when the dossier moved meanwhile nothing is kept. Raises what `approve_dossier` and
    `with_key` raise.
    """
    copy = _copy_of(actor, dossier_id)
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, to=Act.APPROVE, at=at)
    title = signing_title(dossier.acting_as(actor), unit_ids=(dossier.unit_id, dossier.agency_id))
    content = with_testimony(_draft(dossier, copy), _testimony(copy, dossier, actor, title), at=at)
    plan = _plan(Role.CERTIFIER, copy, at, _SIGNER_BOX)
    image = signature_picture_of(actor.known_id)
    stamp = signer_stamp(image, name=actor.name, agency=unit(dossier.agency_id).name, at=at)
    plan = _with_stamp(plan, stamp)
    signed = with_key(actor, pen, at, lambda key, stamper: sign_pdf(content, plan, key, stamper=stamper))
    file = store_paper(signed, name=f"{dossier.code}-ban-sao.pdf", at=at)
    with transaction.atomic():
        ref = FileRef(file.sha256, file.name)
        approve_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            draft_number=copy.draft_number,
            signed=ref,
            revision=dossier.revision,
        )
        copy.certified_at = at
        copy.save(update_fields=["certified_at"])
        entry = copy.entry
        entry.certifier_name, entry.certified_at, entry.is_electronic = actor.name, at, True
        entry.save(update_fields=["certifier_name", "certified_at", "is_electronic"])
        data = {"code": dossier.code, "number": entry.number, "file": file.sha256}
        record(actor, "certification.certified", copy, at=at, data=data)
    return copy


def seal_copy(*, actor: Actor, dossier_id: int, pen: Pen, at: datetime) -> CertifiedCopy:
    """Đóng dấu: the agency's signature over the certifier's; the copy is the result of the dossier, under its number.

    Raises what `seal_result` and `with_key` raise.
    """
    copy = _copy_of(actor, dossier_id)
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, to=Act.SEAL, at=at)
    content, agency = _signed(dossier), unit(dossier.agency_id)
    picture = seal_picture_of(dossier.agency_id)
    side = (picture.diameter if picture else 36) * MM
    left, low = _SIGNER_BOX[0] - _SEAL_LEFT, _SIGNER_BOX[1] - (side - (_SIGNER_BOX[3] - _SIGNER_BOX[1])) / 2
    stamp = seal_stamp(picture.png if picture else None, agency=agency.name, at=at, size=(side, side))
    plan = _with_stamp(_plan(Role.SEAL, copy, at, (left, low, left + side, low + side)), stamp)
    known = agency_keys(dossier.agency_id, at)
    signed = with_key(actor, pen, at, lambda key, stamper: sign_pdf(content, plan, key, stamper=stamper), known=known)
    file = store_paper(signed, name=f"{dossier.code}-ban-sao.pdf", at=at)
    entry = copy.entry
    with transaction.atomic():
        seal_result(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            number=str(entry.number),
            symbol=SYMBOLS[BookKind.COPY],
            issued_on=at.astimezone(VIET_NAM).date(),
            scan=FileRef(file.sha256, file.name),
            revision=dossier.revision,
        )
        copy.sealed_at = at
        copy.save(update_fields=["sealed_at"])
        data = {"code": dossier.code, "number": entry.number, "file": file.sha256}
        record(actor, "certification.sealed", copy, at=at, data=data)
        emit(_event(copy, dossier, file.sha256), at=at)
    return copy


def _copy_of(actor: Actor, dossier_id: int) -> CertifiedCopy:
    dossier = get_visible(actor, dossier_id)
    copy = CertifiedCopy.objects.select_related("entry__book").filter(dossier=dossier).first()
    if copy is None:
        raise NotFound(Problem("no_copy", "Hồ sơ này chưa có bản sao điện tử được đối chiếu."))
    return copy


def _draft(dossier: Dossier, copy: CertifiedCopy) -> bytes:
    draft = dossier.drafts.select_related("attachment").filter(number=copy.draft_number).first()
    if draft is None or draft.attachment is None:
        raise RuleBroken(Problem("no_draft", "Không còn bản quét đã đối chiếu; hãy trả lại bước đối chiếu."))
    with open_blob(draft.attachment.blob_id) as file:
        return file.read()


def _signed(dossier: Dossier) -> bytes:
    result = getattr(dossier, "result", None)
    if result is None or result.signed is None:
        raise RuleBroken(
            Problem("not_signed", "Bản sao này chưa được người có thẩm quyền ký chứng thực bằng chữ ký số.")
        )
    with open_blob(result.signed.blob_id) as file:
        return file.read()


def _testimony(copy: CertifiedCopy, dossier: Dossier, actor: Actor, title: str) -> Testimony:
    entry = copy.entry
    return Testimony(
        number=entry.number,
        book=entry.book.title,
        paper_name=entry.paper_name,
        pages=entry.pages,
        requester=entry.requester_name,
        agency_name=unit(dossier.agency_id).name,
        signer_name=actor.name,
        signer_title=title,
    )


def _plan(role: Role, copy: CertifiedCopy, at: datetime, box: tuple[float, float, float, float]) -> SignaturePlan:
    number = f"Số chứng thực {copy.entry.number}, quyển số {copy.entry.book.title}"
    return SignaturePlan(
        name=_SIGNER_FIELD if role is Role.CERTIFIER else _SEAL_FIELD,
        role=role,
        at=at,
        reason=f"Chứng thực bản sao điện tử đúng với bản chính. {number}",
        place=unit(copy.entry.book.agency_id).name,
        placement=Placement(-1, box),
    )


def _with_stamp(plan: SignaturePlan, stamp: bytes) -> SignaturePlan:
    return replace(plan, appearance=stamp)


def _event(copy: CertifiedCopy, dossier: Dossier, sha256: str) -> CopyCertified:
    entry, owner = copy.entry, dossier.owner
    return CopyCertified(
        copy_id=copy.pk,
        dossier_id=dossier.pk,
        number=f"{entry.number}/{entry.book.title}",
        title=entry.paper_name,
        sha256=sha256,
        owner_id=owner.personal_id,
        owner_name=owner.name,
        tax_code=owner.tax_code,
        agency_id=dossier.agency_id,
    )
