"""The keys somebody may sign with today: from the register of certificates."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.kernel.errors import NotFound, Problem
from motcua.signing.models import PreferredKey
from motcua.signing.rules.wheres import REMOVED, RemotePlace, remote_place
from motcua.signing.terms import KeyChoice, KeyKind
from motcua.trust.models import Certificate
from motcua.trust.terms import HolderKind


def officer_keys(account_id: int | None, at: datetime) -> list[KeyChoice]:
    """Return the keys of an officer that are good at `at`: the preferred one, then the one that lasts longest."""
    rows = Certificate.objects.filter(account_id=account_id or 0, holder_kind=HolderKind.OFFICER)
    return _choices(rows, PreferredKey.objects.filter(account_id=account_id or 0), at)


def agency_keys(agency_id: int, at: datetime) -> list[KeyChoice]:
    """Return the keys with which an agency seals that are good at `at`, in the same order."""
    rows = Certificate.objects.filter(unit_id=agency_id, holder_kind=HolderKind.AGENCY)
    return _choices(rows, PreferredKey.objects.filter(unit_id=agency_id), at)


def certificate_of(ref: str) -> Certificate:
    """Return the row of the register that a choice names; raises NotFound."""
    found = Certificate.objects.filter(pk=int(ref)).first() if ref.isdecimal() and len(ref) < len("9" * 18) else None
    if found is None:
        raise NotFound(Problem("no_key", "Không tìm thấy khóa ký này trong sổ chứng thư."))
    return found


def choice_of(ref: str) -> KeyChoice:
    """Return the key that a reference names, good or not; raises NotFound."""
    return _choice(certificate_of(ref))


def _choices(found: QuerySet[Certificate], preferred: QuerySet[PreferredKey], at: datetime) -> list[KeyChoice]:
    good = found.filter(valid_from__lte=at, valid_to__gt=at).filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=at))
    usable = good.exclude(key_where=REMOVED).filter(Q(key_place=KeyKind.AGENT) | ~Q(key_where=""))
    first = Exists(preferred.filter(certificate_id=OuterRef("pk")))
    return [_choice(one) for one in usable.order_by(first.desc(), "-valid_to", "-pk")]


def _choice(row: Certificate) -> KeyChoice:
    kind = KeyKind(row.key_place)
    remote = remote_place(row.key_where)
    return KeyChoice(
        kind=kind,
        ref=str(row.pk),
        label=f"{row.name} – {kind.label}, số {row.serial[-8:]}",
        certificate=bytes(row.content),
        chain=tuple(bytes(one) for one in row.chain),
        valid_to=row.valid_to,
        needs_pin=_needs_pin(kind, remote),
        needs_code=bool(remote and remote.once),
    )


def _needs_pin(kind: KeyKind, remote: RemotePlace | None) -> bool:
    """Whether a PIN is typed here; not where a token's own program or a telephone asks for it."""
    if kind == KeyKind.AGENT:
        return False
    return remote is None or bool(remote.asks)
