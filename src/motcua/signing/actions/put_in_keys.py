"""Đưa khóa ký vào: a file with its PIN, a credential at a remote service, a token at one's own computer."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Conflict, Invalid, Problem
from motcua.notifications.actions.notify import notify_accounts
from motcua.notifications.terms import NoticeKind
from motcua.signing.access import Keeper
from motcua.signing.actions.key_files import keep_file, let_go_of_file
from motcua.signing.models import KeyOffer
from motcua.signing.providers.key_files import facts_of_file
from motcua.signing.providers.raw import fits
from motcua.trust.models import Certificate
from motcua.trust.queries import administrators_of
from motcua.trust.rules.certificates import CertificateFacts, UnreadableError, read_file, strength_problems
from motcua.trust.terms import KeyPlace

_SHORTEST_PIN = 6


@dataclass(frozen=True, slots=True)
class PutIn:
    """What came of it: the certificate in the register whose key is in use now, or the offer that waits."""

    certificate: Certificate | None = None
    offer: KeyOffer | None = None

    @property
    def words(self) -> str:
        """What the person is told."""
        if self.certificate is not None:
            return "Khóa đã dùng được để ký."
        return "Đã nhận khóa; dùng được khi người quản trị xác nhận chứng thư."


def put_in_file(*, actor: Actor, keeper: Keeper, content: bytes, pin: str, at: datetime) -> PutIn:
    """Đưa tệp PKCS#12 vào: opened once with its PIN, in a process of its own, then kept as it was given.

    The PIN is kept nowhere. Raises Invalid (fields `file`, `pin`) for a file that does not serve, a PIN too short to
    guard it; Conflict for a certificate of somebody else.
    """
    if len(pin) < _SHORTEST_PIN:
        message = f"PIN của tệp khóa phải có ít nhất {_SHORTEST_PIN} ký tự; hãy xuất lại tệp với PIN dài hơn."
        raise Invalid(Problem("short_pin", message, "pin"))
    found = facts_of_file(content, pin)
    facts = _facts(found.certificate, at)
    with transaction.atomic():
        where = keep_file(content, fingerprint=facts.fingerprint, at=at)
        return _put_in(actor, keeper, facts, found.chain, (KeyPlace.PKCS12, where), at)


@transaction.atomic
def put_in_remote(
    *, actor: Actor, keeper: Keeper, certificate: bytes, chain: tuple[bytes, ...], where: str, at: datetime
) -> PutIn:
    """Kết nối khóa ở dịch vụ ký số từ xa: what `credentials/info` said of it. Raises Invalid, Conflict."""
    return _put_in(actor, keeper, _facts(certificate, at), chain, (KeyPlace.CSC, where), at)


@transaction.atomic
def put_in_token(
    *,
    actor: Actor,
    keeper: Keeper,
    certificate: bytes,
    chain: tuple[bytes, ...],
    digest: bytes,
    signature: bytes,
    at: datetime,
) -> PutIn:
    """Ghi token tại máy: the token has signed our `digest`, so whoever asks has it. Raises Invalid, Conflict."""
    facts = _facts(certificate, at)
    if not fits(signature, digest, certificate):
        raise Invalid(Problem("other_key", "Chữ ký thử không khớp với chứng thư; hãy cắm đúng token.", "signatures"))
    return _put_in(actor, keeper, facts, chain, (KeyPlace.AGENT, ""), at)


def _facts(certificate: bytes, at: datetime) -> CertificateFacts:
    try:
        facts = read_file(certificate).certificate
    except UnreadableError as error:
        raise Invalid(Problem("unreadable", str(error), "file")) from error
    if problems := strength_problems(facts):
        raise Invalid(problems)
    if not facts.valid_from <= at < facts.valid_to:
        span = f"{facts.valid_from:%d/%m/%Y} – {facts.valid_to:%d/%m/%Y}"
        raise Invalid(Problem("not_good", f"Chứng thư chỉ có hiệu lực {span}; hãy dùng chứng thư khác.", "file"))
    return facts


def _put_in(
    actor: Actor,
    keeper: Keeper,
    facts: CertificateFacts,
    chain: tuple[bytes, ...],
    key: tuple[KeyPlace, str],
    at: datetime,
) -> PutIn:
    place, where = key
    row = Certificate.objects.select_for_update().filter(fingerprint=facts.fingerprint).first()
    if row is not None:
        if not keeper.certificates().filter(pk=row.pk).exists():
            message = "Chứng thư này đã ghi sổ cho người hoặc cơ quan khác; hãy báo người quản trị."
            raise Conflict(Problem("registered_for_another", message))
        return PutIn(certificate=_placed(actor, row, place, where, at))
    if KeyOffer.objects.filter(fingerprint=facts.fingerprint, settled_at__isnull=True).exists():
        raise Conflict(Problem("offered_already", "Khóa này đang chờ người quản trị xác nhận."))
    offer = KeyOffer.objects.create(
        unit_id=keeper.agency_id,
        account_id=keeper.account_id,
        offered_by_id=actor.known_id,
        offered_at=at,
        key_place=place,
        key_where=where,
        content=facts.content,
        chain=[b64encode(one).decode() for one in _readable(chain)],
        name=facts.name,
        issuer_name=facts.issuer_name,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        fingerprint=facts.fingerprint,
    )
    data = {"serial": facts.serial, "issuer": facts.issuer_name, "place": place.value}
    record(actor, "key.offered", offer, at=at, data=data, is_new=True)
    _tell(offer, keeper, at)
    return PutIn(offer=offer)


def _placed(actor: Actor, row: Certificate, place: KeyPlace, where: str, at: datetime) -> Certificate:
    """The register knows the certificate as this keeper's: its key is here from now on."""
    before = row.key_where
    data = {"from": row.key_place, "to": place.value, "serial": row.serial}
    row.key_place, row.key_where = place, where
    row.save(update_fields=["key_place", "key_where"])
    if before != where:
        let_go_of_file(before)
    record(actor, "key.placed", row, at=at, data=data)
    return row


def _readable(chain: tuple[bytes, ...]) -> list[bytes]:
    """The certificates above that can be read, no more than a path is long."""
    found = []
    for one in chain[:5]:
        try:
            x509.load_der_x509_certificate(one)
        except ValueError:
            continue
        found.append(one)
    return found


def _tell(offer: KeyOffer, keeper: Keeper, at: datetime) -> None:
    notify_accounts(
        account_ids=administrators_of(offer.unit.path, at),
        kind=NoticeKind.WORK,
        subject=f"Khóa ký chờ xác nhận: {offer.name}",
        body=f"{keeper.name} đưa vào một khóa ký có chứng thư chưa ghi sổ. Hãy xem rồi xác nhận hoặc từ chối.",
        link=f"/quan-tri/chung-thu/khoa-cho/{offer.pk}/",
        key=f"key_offer:{offer.pk}",
        at=at,
    )
