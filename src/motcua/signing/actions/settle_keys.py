"""Xác nhận, từ chối, rút khóa ký; gỡ khóa; chọn khóa mặc định."""

from base64 import b64decode
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.notifications.actions.notify import notify_accounts
from motcua.notifications.terms import NoticeKind
from motcua.signing.access import Keeper, certificate_kept, lock_offer
from motcua.signing.actions.key_files import let_go_of_file
from motcua.signing.models import KeyOffer, PreferredKey
from motcua.signing.rules.wheres import REMOVED
from motcua.trust.actions.register_certificate import HolderIds, register_certificate
from motcua.trust.models import Certificate
from motcua.trust.terms import KeyPlace

State = KeyOffer.State


@transaction.atomic
def confirm_key(*, actor: Actor, offer_id: int, reason: str = "", at: datetime) -> Certificate:
    """Xác nhận khóa ký: its certificate goes into the register, and whoever put it in may sign with it.

    Names that do not fit need a `reason`, as in the register. Raises NotFound, NotPermitted, RuleBroken for one that is
    settled, Invalid, Conflict for a certificate that was registered meanwhile.
    """
    offer = _waiting(lock_offer(actor, offer_id))
    row = register_certificate(
        actor=actor,
        at=at,
        holder=HolderIds(offer.unit_id, offer.account_id),
        content=_as_pem(offer),
        key_place=KeyPlace(offer.key_place),
        key_where=offer.key_where,
        reason=reason,
    )
    _settle(offer, State.CONFIRMED, clean(reason, keep_lines=True), at)
    record(actor, "key.confirmed", offer, at=at, data={"serial": row.serial})
    _tell(offer, f"Khóa ký đã được xác nhận: {offer.name}", "Từ bây giờ bạn ký được bằng khóa này.", at)
    return row


@transaction.atomic
def refuse_key(*, actor: Actor, offer_id: int, reason: str, at: datetime) -> KeyOffer:
    """Không chấp nhận khóa ký: a kept file is removed. Raises NotFound, NotPermitted, RuleBroken, Invalid."""
    offer = _waiting(lock_offer(actor, offer_id))
    said = clean(reason, keep_lines=True)
    if problems := reason_problems(said):
        raise Invalid(problems)
    _settle(offer, State.REFUSED, said, at)
    let_go_of_file(offer.key_where)
    record(actor, "key.refused", offer, at=at, data={"reason": said})
    _tell(offer, f"Khóa ký không được chấp nhận: {offer.name}", f"Lý do: {said}", at)
    return offer


@transaction.atomic
def withdraw_key(*, actor: Actor, keeper: Keeper, offer_id: int, at: datetime) -> KeyOffer:
    """Rút khóa đang chờ: a kept file is removed. Raises NotFound, RuleBroken."""
    offer = keeper.offers().select_for_update(of=("self",)).filter(pk=offer_id).first()
    if offer is None:
        raise NotFound(Problem("no_offer", "Không tìm thấy khóa chờ xác nhận này."))
    _settle(_waiting(offer), State.WITHDRAWN, "", at)
    let_go_of_file(offer.key_where)
    record(actor, "key.withdrawn", offer, at=at)
    return offer


@transaction.atomic
def remove_key(*, actor: Actor, keeper: Keeper, certificate_id: int, at: datetime) -> Certificate:
    """Gỡ khóa: nobody signs with it from here any more; the certificate stays in the register. Raises NotFound.

    A kept file is removed; what was signed stays as it is. A batch that waits for this key is held until it is back.
    """
    row = certificate_kept(keeper, certificate_id)
    if row.key_where == REMOVED:
        return row
    let_go_of_file(row.key_where)
    PreferredKey.objects.filter(certificate=row).delete()
    row.key_where = REMOVED
    row.save(update_fields=["key_where"])
    record(actor, "key.removed", row, at=at, data={"serial": row.serial, "place": row.key_place})
    return row


@transaction.atomic
def prefer_key(*, actor: Actor, keeper: Keeper, certificate_id: int, at: datetime) -> Certificate:
    """Chọn khóa mặc định: it stands first wherever a key is chosen. Raises NotFound, RuleBroken."""
    row = certificate_kept(keeper, certificate_id)
    if row.key_where == REMOVED or not row.is_good(at):
        raise RuleBroken(Problem("key_not_usable", "Khóa này không còn dùng để ký được."))
    whose = {"unit_id": keeper.agency_id} if keeper.is_seal else {"account_id": keeper.account_id}
    PreferredKey.objects.update_or_create(**whose, defaults={"certificate": row, "set_at": at})
    record(actor, "key.preferred", row, at=at, data={"serial": row.serial})
    return row


def _waiting(offer: KeyOffer) -> KeyOffer:
    if offer.settled_at is not None:
        message = f"Khóa này đã xử lý xong: {State(offer.state).label.lower()}."
        raise RuleBroken(Problem("offer_settled", message))
    return offer


def _settle(offer: KeyOffer, state: State, reason: str, at: datetime) -> None:
    offer.state, offer.reason, offer.settled_at = state, reason, at
    offer.save(update_fields=["state", "reason", "settled_at"])


def _as_pem(offer: KeyOffer) -> bytes:
    """The certificate and those above it, as a file of the register."""
    parts = [bytes(offer.content), *(b64decode(one) for one in offer.chain)]
    return b"".join(x509.load_der_x509_certificate(one).public_bytes(Encoding.PEM) for one in parts)


def _tell(offer: KeyOffer, subject: str, body: str, at: datetime) -> None:
    whose = "toi" if offer.account_id else str(offer.unit_id)
    link, key = f"/tai-khoan/khoa-ky/{whose}/", f"key_offer:{offer.pk}:{offer.state}"
    ids = [offer.offered_by_id]
    notify_accounts(account_ids=ids, kind=NoticeKind.WORK, subject=subject, body=body, link=link, key=key, at=at)
