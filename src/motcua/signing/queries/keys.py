"""The keys somebody may sign with today: from the register of certificates."""

from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.kernel.errors import NotFound, Problem
from motcua.signing.terms import KeyChoice, KeyKind
from motcua.trust.models import Certificate
from motcua.trust.terms import HolderKind

#: Places of keys that a batch can be signed with. A remote service wants more than a PIN: it is asked from elsewhere.
_HERE = (KeyKind.PKCS12, KeyKind.PKCS11, KeyKind.AGENT)


def officer_keys(account_id: int | None, at: datetime) -> list[KeyChoice]:
    """Return the keys of an officer that are good at `at`, the one that lasts longest first."""
    return _choices(Certificate.objects.filter(account_id=account_id or 0, holder_kind=HolderKind.OFFICER), at)


def agency_keys(agency_id: int, at: datetime) -> list[KeyChoice]:
    """Return the keys with which an agency seals that are good at `at`, the one that lasts longest first."""
    return _choices(Certificate.objects.filter(unit_id=agency_id, holder_kind=HolderKind.AGENCY), at)


def certificate_of(ref: str) -> Certificate:
    """Return the row of the register that a choice names; raises NotFound."""
    found = Certificate.objects.filter(pk=int(ref)).first() if ref.isdecimal() and len(ref) < len("9" * 18) else None
    if found is None:
        raise NotFound(Problem("no_key", "Không tìm thấy khóa ký này trong sổ chứng thư."))
    return found


def _choices(found: QuerySet[Certificate], at: datetime) -> list[KeyChoice]:
    good = found.filter(valid_from__lte=at, valid_to__gt=at).filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=at))
    good = good.filter(key_place__in=_HERE)
    usable = good.filter(Q(key_place=KeyKind.AGENT) | ~Q(key_where=""))
    return [_choice(one) for one in usable.order_by("-valid_to", "-pk")]


def _choice(row: Certificate) -> KeyChoice:
    kind = KeyKind(row.key_place)
    return KeyChoice(
        kind=kind,
        ref=str(row.pk),
        label=f"{row.name} – {kind.label}, số {row.serial[-8:]}",
        certificate=bytes(row.content),
        chain=tuple(bytes(one) for one in row.chain),
        valid_to=row.valid_to,
        needs_pin=kind != KeyKind.AGENT,
    )
