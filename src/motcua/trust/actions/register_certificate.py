"""Ghi chứng thư số vào sổ."""

from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.x509 import load_der_x509_certificate
from django.db import transaction
from django.utils import timezone

from motcua.agencies.access import require_admin
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import UnitInfo
from motcua.agencies.queries import unit as unit_by_id
from motcua.identity.models import Account, Posting
from motcua.identity.terms import AccountKind, Actor
from motcua.journal.actions import record
from motcua.kernel.checks import LONGEST_REASON, length_problems
from motcua.kernel.errors import Conflict, Invalid, NotFound, Problem
from motcua.kernel.text import clean
from motcua.trust.access import lock_certificate
from motcua.trust.actions.allow_addresses import allow_addresses
from motcua.trust.models import Certificate
from motcua.trust.rules.certificates import (
    CertificateFacts,
    Holder,
    UnreadableError,
    facts_of,
    fit_problems,
    read_file,
    strength_problems,
)
from motcua.trust.terms import HolderKind, KeyPlace

_LONGEST_WHERE = 300


@dataclass(frozen=True, slots=True)
class HolderIds:
    """Whose certificate: an officer (`account_id`), or the agency itself."""

    agency_id: int
    account_id: int | None = None


def holder_of_account(account_id: int, at: datetime) -> HolderIds:
    """Return an officer as a holder: in the agency of the first post held. Raises NotFound for who has none."""
    on = timezone.localdate(at)
    held = Posting.objects.filter(holds_on(on), account_id=account_id, account__kind=AccountKind.OFFICER)
    agency = held.order_by("id").values_list("post__unit__agency_id", flat=True).first()
    if agency is None:
        raise NotFound(
            Problem("no_post", "Người này không giữ vị trí việc làm nào nên chưa ghi chứng thư được.", "holder")
        )
    return HolderIds(agency, account_id)


@transaction.atomic
def register_certificate(
    *,
    actor: Actor,
    at: datetime,
    holder: HolderIds,
    content: bytes,
    key_place: KeyPlace,
    key_where: str = "",
    pin: str = "",
    reason: str = "",
) -> Certificate:
    """Ghi chứng thư số vào sổ: whose certificate it is, from whom, from when to when, where its key lives.

    `content` is PEM, DER or PKCS#12 (`pin` opens it; no key is kept). A weak key or an old digest is refused; a name
    that does not fit, or a certificate that has ended, needs a `reason`. The addresses in it, and in those of its chain
    in the file, may be asked from now on.
    Raises NotPermitted, Invalid, Conflict when it is registered already.
    """
    agency = unit_by_id(holder.agency_id)
    if not actor.is_system:
        require_admin(actor, agency.path)
    found, chain = _read(content, pin)
    account = Account.objects.filter(pk=holder.account_id).first() if holder.account_id is not None else None
    noted = _checked(found, _holder(agency, account), at=at, reason=clean(reason, keep_lines=True))
    where = clean(key_where)
    if problems := length_problems(where, longest=_LONGEST_WHERE, label="Khóa nào", field="key_where"):
        raise Invalid(problems)
    row, is_new = Certificate.objects.get_or_create(
        fingerprint=found.fingerprint,
        defaults={
            **_columns(found),
            "unit_id": agency.id,
            "account": account,
            "holder_kind": HolderKind.OFFICER if account else HolderKind.AGENCY,
            "key_place": key_place,
            "key_where": where,
            "chain": list(chain),
            "noted": noted,
            "registered_at": at,
        },
    )
    if not is_new:
        raise Conflict(Problem("registered_already", "Chứng thư này đã có trong sổ.", "file"))
    for one in (found, *(facts_of(load_der_x509_certificate(above)) for above in chain)):
        allow_addresses(one.ocsp, one.crl, issuer=one.issuer_name)
    data = {"serial": found.serial, "issuer": found.issuer_name, "valid_to": found.valid_to.isoformat(), **noted}
    record(actor, "certificate.registered", row, at=at, data=data, is_new=True)
    return row


@transaction.atomic
def move_key(
    *, actor: Actor, at: datetime, certificate_id: int, key_place: KeyPlace, key_where: str, reason: str
) -> Certificate:
    """Ghi nơi giữ khóa của chứng thư số: the key lives elsewhere now. Raises NotFound, NotPermitted, Invalid."""
    row = lock_certificate(actor, certificate_id)
    where, said = clean(key_where), clean(reason, keep_lines=True)
    problems = length_problems(where, longest=_LONGEST_WHERE, label="Khóa nào", field="key_where")
    problems += length_problems(said, longest=LONGEST_REASON, label="Lý do", field="reason")
    if not said:
        problems.append(Problem("required", "Phải ghi lý do.", "reason"))
    if problems:
        raise Invalid(problems)
    data = {"from": [row.key_place, row.key_where], "to": [key_place.value, where], "reason": said}
    row.key_place, row.key_where = key_place, where
    row.save(update_fields=["key_place", "key_where"])
    record(actor, "certificate.moved", row, at=at, data=data)
    return row


def _read(content: bytes, pin: str) -> tuple[CertificateFacts, tuple[bytes, ...]]:
    try:
        found = read_file(content, pin=pin)
    except UnreadableError as error:
        raise Invalid(Problem("unreadable", str(error), "file")) from error
    return found.certificate, found.chain


def _holder(agency: UnitInfo, account: Account | None) -> Holder:
    if account is None:
        return Holder(HolderKind.AGENCY, agency.name, agency.name)
    return Holder(HolderKind.OFFICER, account.full_name, agency.name)


def _checked(found: CertificateFacts, holder: Holder, *, at: datetime, reason: str) -> dict[str, object]:
    """What did not fit and why it is registered all the same; raises Invalid with every problem."""
    if problems := strength_problems(found):
        raise Invalid(problems)
    doubts = fit_problems(found, holder, at=at)
    if not doubts:
        return {}
    if not reason:
        doubts.append(Problem("required", "Nếu vẫn ghi chứng thư này vào sổ, hãy nêu lý do.", "reason"))
        raise Invalid(doubts)
    if problems := length_problems(reason, longest=LONGEST_REASON, label="Lý do", field="reason"):
        raise Invalid(problems)
    return {"doubts": [one.message for one in doubts], "reason": reason}


def _columns(found: CertificateFacts) -> dict[str, object]:
    kept = ("name", "subject", "issuer", "issuer_name", "serial", "key", "digest", "valid_from", "valid_to", "content")
    return {name: value for name, value in asdict(found).items() if name in kept}
