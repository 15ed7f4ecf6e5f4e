"""Đăng ký mẫu chữ ký của cán bộ, mẫu dấu của cơ quan."""

from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.agencies.access import lock_unit
from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.files.actions.hold import hold
from motcua.files.actions.store import store_paper
from motcua.files.terms import MediaType
from motcua.identity.access import lock_account
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.journal.actions.record import record
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem
from motcua.signing.access import may_set_seal
from motcua.signing.appearance.pictures import seal_picture, signature_picture
from motcua.signing.models import SealImage, SignatureImage

#: Real diameters of round seals, in millimetres: what is outside is a slip of the pen.
_DIAMETERS: Final = range(20, 61)


def set_signature_image(*, actor: Actor, content: bytes, at: datetime) -> SignatureImage:
    """Đăng ký mẫu chữ ký: an officer registers the picture of the own signature; it is drawn anew in blue.

    It ends the picture before. Raises NotPermitted for anybody but an officer, Invalid (field "image").
    """
    account_id = _officer(actor)
    picture = signature_picture(content)
    kept = store_paper(picture.png, name="chu-ky.png", at=at, media_type=MediaType.PNG.value)
    with transaction.atomic():
        account = lock_account(actor, account_id, at=at, own=True)
        _end_signature(account, at)
        hold(kept.sha256)
        made = SignatureImage.objects.create(account=account, blob_id=kept.sha256, since=at)
        record(actor, "signature_image.set", account, at=at, data={"sha256": kept.sha256})
    return made


def drop_signature_image(*, actor: Actor, at: datetime) -> None:
    """Thôi dùng mẫu chữ ký: from now on the officer's signature shows as text. Raises NotFound when there is none."""
    account_id = _officer(actor)
    with transaction.atomic():
        account = lock_account(actor, account_id, at=at, own=True)
        if not _end_signature(account, at):
            raise NotFound(Problem("no_signature_image", "Bạn chưa đăng ký mẫu chữ ký nào."))
        record(actor, "signature_image.dropped", account, at=at)


def set_seal_image(*, actor: Actor, agency_id: int, content: bytes, diameter: int, at: datetime) -> SealImage:
    """Đăng ký mẫu dấu: who holds the seal, or administers the agency, registers its picture; it is drawn anew in red.

    `diameter`: real size in millimetres, 20 to 60. It ends the picture before. Raises NotFound, NotPermitted, Invalid.
    """
    if diameter not in _DIAMETERS:
        raise Invalid(Problem("seal_diameter", "Đường kính con dấu phải từ 20 đến 60 mm.", "diameter"))
    may_set_seal(actor, agency_id)
    picture = seal_picture(content)
    kept = store_paper(picture.png, name="con-dau.png", at=at, media_type=MediaType.PNG.value)
    with transaction.atomic():
        agency = _lock_agency(actor, agency_id)
        SealImage.objects.filter(agency=agency, until__isnull=True).update(until=at)
        hold(kept.sha256)
        made = SealImage.objects.create(agency=agency, blob_id=kept.sha256, diameter=diameter, since=at)
        record(actor, "seal_image.set", agency, at=at, data={"sha256": kept.sha256, "diameter": diameter})
    return made


def _lock_agency(actor: Actor, agency_id: int) -> Unit:
    agency = may_set_seal(actor, agency_id)
    if actor.reaches(Right.ADMIN, agency.path):
        return lock_unit(actor, agency_id)
    return Unit.objects.select_for_update().get(pk=agency_id)


def _officer(actor: Actor) -> int:
    if actor.kind != "officer" or actor.account_id is None:
        raise NotPermitted(Problem("officers_only", "Chỉ cán bộ, công chức đăng ký mẫu chữ ký."))
    return actor.account_id


def _end_signature(account: Account, at: datetime) -> int:
    return SignatureImage.objects.filter(account=account, until__isnull=True).update(until=at)
