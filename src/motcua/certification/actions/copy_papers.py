"""What is signed on an electronic copy, and what its signatures do: lời chứng and certifier, then the agency's seal."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit
from motcua.certification.events import CopyCertified
from motcua.certification.models import CertifiedCopy
from motcua.certification.papers.book import Testimony, with_testimony
from motcua.certification.terms import SYMBOLS, BookKind, Corrected
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import get_visible, lock_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.titles import signing_title
from motcua.dossiers.terms import Act
from motcua.files.queries import open_blob
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import NotFound, Problem, RuleBroken
from motcua.signing.appearance.stamps import MM, SEALED_SHARE, seal_stamp, signer_stamp
from motcua.signing.pades.many import Job
from motcua.signing.queries.images import seal_picture_of, seal_size, signature_picture_of
from motcua.signing.terms import Placement, SignaturePlan
from motcua.trust.terms import Role

#: Where lời chứng leaves room, in points from the lower left corner of its page (A4): the signer, the seal on its left.
_SIGNER_BOX = (345.0, 425.0, 345.0 + 52 * MM, 425.0 + 26 * MM)
_SIGNER_FIELD, _SEAL_FIELD = "certifier-1", "seal-1"


@dataclass(frozen=True, slots=True)
class Ready:
    """A copy that may be signed now: the paper with its signature to come, the revision of its dossier."""

    copy: CertifiedCopy
    job: Job
    revision: int
    title: str


def copy_to_certify(actor: Actor, dossier_id: int, *, at: datetime, revision: int | None = None) -> Ready:
    """Return the copy with lời chứng behind it, as the certifier may sign it now; raises what `lock_dossier` raises."""
    copy = _copy_of(actor, dossier_id)
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, to=Act.APPROVE, at=at, revision=revision)
    title = signing_title(dossier.acting_as(actor), unit_ids=(dossier.unit_id, dossier.agency_id))
    content = with_testimony(_draft(dossier, copy), _testimony(copy, dossier, actor, title), at=at)
    image, agency = signature_picture_of(actor.known_id), unit(dossier.agency_id).name
    has_text = image is None or seal_picture_of(dossier.agency_id) is None
    stamp = signer_stamp(image, name=actor.name, agency=agency, at=at, beside_seal=has_text)
    plan = _plan(Role.CERTIFIER, copy, at, _SIGNER_BOX, stamp)
    return Ready(copy, Job(content, plan), dossier.revision, _file_name(dossier))


@transaction.atomic
def keep_certified(actor: Actor, ready: CertifiedCopy, signed: FileRef, *, at: datetime, revision: int) -> None:
    """Ký chứng thực: the dossier is approved with the signed copy, the line of the book gets its certifier."""
    copy = CertifiedCopy.objects.select_related("entry", "dossier").get(pk=ready.pk)
    approve_dossier(
        actor=actor,
        dossier_id=copy.dossier_id,
        at=at,
        draft_number=copy.draft_number,
        signed=signed,
        revision=revision,
        name=f"Bản sao chứng thực: {copy.entry.paper_now}",
    )
    copy.certified_at = at
    copy.save(update_fields=["certified_at"])
    entry = copy.entry
    entry.certifier_name, entry.certified_at, entry.is_electronic = actor.name, at, True
    entry.save(update_fields=["certifier_name", "certified_at", "is_electronic"])
    data = {"code": copy.dossier.code, "number": entry.number, "file": signed.sha256}
    record(actor, "certification.certified", copy, at=at, data=data)


def copy_to_seal(actor: Actor, dossier_id: int, *, at: datetime, revision: int | None = None) -> Ready:
    """Return the certified copy, as the clerk may seal it now; raises what `lock_dossier` raises, RuleBroken."""
    copy = _copy_of(actor, dossier_id)
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, to=Act.SEAL, at=at, revision=revision)
    content, agency = _signed(dossier), unit(dossier.agency_id)
    picture = seal_picture_of(dossier.agency_id)
    size = seal_size(picture)
    stamp = seal_stamp(picture.png if picture else None, agency=agency.name, at=at, size=size)
    plan = _plan(Role.SEAL, copy, at, _sealed(*size), stamp)
    return Ready(copy, Job(content, plan), dossier.revision, _file_name(dossier))


@transaction.atomic
def keep_sealed(actor: Actor, ready: CertifiedCopy, sealed: FileRef, *, at: datetime, revision: int) -> None:
    """Đóng dấu: the sealed copy is the result of the dossier under its number in the book."""
    copy = CertifiedCopy.objects.select_related("entry__book", "dossier__owner").get(pk=ready.pk)
    entry, dossier = copy.entry, copy.dossier
    seal_result(
        actor=actor,
        dossier_id=dossier.pk,
        at=at,
        number=str(entry.number),
        symbol=SYMBOLS[BookKind.COPY],
        issued_on=at.astimezone(VIET_NAM).date(),
        scan=sealed,
        revision=revision,
    )
    copy.sealed_at = at
    copy.save(update_fields=["sealed_at"])
    data = {"code": dossier.code, "number": entry.number, "file": sealed.sha256}
    record(actor, "certification.sealed", copy, at=at, data=data)
    emit(_event(copy, dossier, sealed.sha256), at=at)


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


def _file_name(dossier: Dossier) -> str:
    return f"{dossier.code}-ban-sao"


def _testimony(copy: CertifiedCopy, dossier: Dossier, actor: Actor, title: str) -> Testimony:
    entry = copy.entry
    return Testimony(
        number=entry.number,
        book=entry.book.title,
        paper_name=entry.paper_now,
        pages=entry.pages_now,
        requester=entry.now(Corrected.REQUESTER_NAME),
        agency_name=unit(dossier.agency_id).name,
        signer_name=actor.name,
        signer_title=title,
    )


def _plan(
    role: Role, copy: CertifiedCopy, at: datetime, box: tuple[float, float, float, float], stamp: bytes
) -> SignaturePlan:
    number = f"Số chứng thực {copy.entry.number}, quyển số {copy.entry.book.title}"
    return SignaturePlan(
        name=_SIGNER_FIELD if role is Role.CERTIFIER else _SEAL_FIELD,
        role=role,
        at=at,
        reason=f"Chứng thực bản sao điện tử đúng với bản chính. {number}",
        place=unit(copy.entry.book.agency_id).name,
        placement=Placement(-1, box),
        appearance=stamp,
    )


def _sealed(width: float, height: float) -> tuple[float, float, float, float]:
    """Where the seal stands: over a third of the signature, on its left, level with its middle."""
    from_left, low, to_right, high = _SIGNER_BOX
    right, middle = from_left + (to_right - from_left) * SEALED_SHARE, (low + high) / 2
    return (right - width, middle - height / 2, right, middle + height / 2)


def _event(copy: CertifiedCopy, dossier: Dossier, sha256: str) -> CopyCertified:
    entry, owner = copy.entry, dossier.owner
    return CopyCertified(
        copy_id=copy.pk,
        dossier_id=dossier.pk,
        number=f"{entry.number}/{entry.book.title}",
        title=entry.paper_now,
        sha256=sha256,
        owner_id=owner.personal_id,
        owner_name=owner.name,
        tax_code=owner.tax_code,
        agency_id=dossier.agency_id,
    )
