"""Ký kết quả, đóng dấu kết quả: the paper of a dossier for the batch, and the official act once it is signed."""

from datetime import datetime
from functools import partial

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.decide import read_draft, way_on
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.models import Dossier, ReservedNumber, Result
from motcua.dossiers.papers.initialled import initialled_paper
from motcua.dossiers.papers.result import Signing, blanks_filled, kind_of, result_sheet
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.titles import signing_title
from motcua.dossiers.terms import Act
from motcua.files.queries import kept_paper
from motcua.files.terms import StoredFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, Problem, RuleBroken
from motcua.signing.appearance.stamps import seal_stamp, signer_stamp
from motcua.signing.appearance.wishes import PaperToSign, SignatureWish, Whole
from motcua.signing.models import SigningItem
from motcua.signing.pades.many import Recipe
from motcua.signing.queries.images import seal_picture_of, seal_size, signature_picture_of
from motcua.signing.terms import SignaturePlan
from motcua.trust.terms import Role

SIGNER_FIELD, SEAL_FIELD = "signer-1", "seal-1"


class ApprovalOffice:
    """The leader signs: approving the dossier with that very paper."""

    def paper(self, item: SigningItem, *, actor: Actor, at: datetime) -> Recipe:
        """Return the paper with its number and day, as the leader may sign it now, to be made; raises MotCuaError."""
        with transaction.atomic():
            dossier = lock_dossier(actor, item.subject_id, to=Act.APPROVE, at=at, revision=item.revision)
            draft = read_draft(dossier, item.facts["draft_number"])
            way_on(dossier, actor, Act.APPROVE, at)
            kind_of(draft, dossier)
            number = _reserved(dossier, item, at)
            title = signing_title(dossier.acting_as(actor), unit_ids=(dossier.unit_id, dossier.agency_id))
            signing = Signing(
                signer_name=actor.name,
                signer_title=title,
                day=at.astimezone(VIET_NAM).date(),
                number=number.text,
                symbol=number.symbol,
                is_draft=False,
            )
            initialled = initialled_paper(dossier, draft, number.symbol)
            paper = Whole(initialled) if initialled else result_sheet(dossier, draft, signing, at=at)
        agency = unit_by_id(dossier.agency_id).name
        image = signature_picture_of(actor.known_id)
        has_text = image is None or seal_picture_of(dossier.agency_id) is None
        plan = SignaturePlan(
            name=SIGNER_FIELD,
            role=Role.SIGNER,
            at=at,
            reason=f"Ký ban hành {number}",
            place=agency,
        )
        stamp = partial(signer_stamp, image, name=actor.name, agency=agency, at=at, beside_seal=has_text)
        wish = SignatureWish(plan, stamp, rooms=blanks_filled(signing, agency=agency) if initialled else {})
        return PaperToSign(paper, wish, (_seal_wish(dossier, at, str(number)),))

    def apply(self, item: SigningItem, signed: StoredFile, *, actor: Actor, at: datetime) -> None:
        """Approve the dossier as it was shown, with the signed paper."""
        approve_dossier(
            actor=actor,
            dossier_id=item.subject_id,
            at=at,
            draft_number=item.facts["draft_number"],
            note=item.facts.get("note", ""),
            signed=FileRef(signed.sha256, signed.name),
            revision=item.revision,
        )


class SealOffice:
    """The clerk seals: the agency's signature over the leader's paper, then number, seal and issue as one act."""

    def paper(self, item: SigningItem, *, actor: Actor, at: datetime) -> Recipe:
        """Return the paper that the leader signed, to be sealed now; raises MotCuaError."""
        with transaction.atomic():
            dossier = lock_dossier(actor, item.subject_id, to=Act.SEAL, at=at, revision=item.revision)
            result, number = _signed_result(dossier), _reserved(dossier, item, at)
        if result.signed is None:
            raise _not_signed()
        return PaperToSign(kept_paper(result.signed.blob_id), _seal_wish(dossier, at, str(number)))

    def apply(self, item: SigningItem, signed: StoredFile, *, actor: Actor, at: datetime) -> None:
        """Seal and issue the result with the number and the day that stand on the paper."""
        result = Result.objects.get(dossier_id=item.subject_id)
        number = ReservedNumber.objects.get(pk=item.facts["reserved"])
        seal_result(
            actor=actor,
            dossier_id=item.subject_id,
            at=at,
            number=number.text,
            symbol=number.symbol,
            issued_on=result.approved_at.astimezone(VIET_NAM).date(),
            scan=FileRef(signed.sha256, signed.name),
            revision=item.revision,
        )


def _signed_result(dossier: Dossier) -> Result:
    found = Result.objects.select_related("signed").filter(dossier=dossier).first()
    if found is None or found.signed is None:
        raise _not_signed()
    return found


def _not_signed() -> RuleBroken:
    message = "Kết quả này ký giấy, chưa có bản ký số: hãy cấp số và tải bản quét lên như trước."
    return RuleBroken(Problem("not_signed", message))


def _reserved(dossier: Dossier, item: SigningItem, at: datetime) -> ReservedNumber:
    found = ReservedNumber.objects.filter(
        pk=item.facts.get("reserved") or 0, dossier=dossier, used_at__isnull=True, cancelled_at__isnull=True
    ).first()
    if found is None:
        raise Conflict(Problem("number_gone", "Số giữ cho văn bản này đã hủy hoặc đã dùng; hãy mở lại danh sách."))
    if found.year != at.astimezone(VIET_NAM).year:
        message = f"Số {found} giữ từ năm {found.year}; hãy mở lại danh sách để lấy số của năm nay."
        raise Conflict(Problem("number_of_last_year", message))
    return found


def _seal_wish(dossier: Dossier, at: datetime, number: str) -> SignatureWish:
    agency, picture = unit_by_id(dossier.agency_id), seal_picture_of(dossier.agency_id)
    plan = SignaturePlan(name=SEAL_FIELD, role=Role.SEAL, at=at, reason=f"Ban hành {number}", place=agency.name)
    stamp = partial(seal_stamp, picture.png if picture else None, agency=agency.name, at=at)
    return SignatureWish(plan, stamp, seal_size(picture))
