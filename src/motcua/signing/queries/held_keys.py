"""Every key of an officer or of an agency's seal, as its keeper looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.signing.access import Keeper
from motcua.signing.models import KeyOffer, PreferredKey, SigningService
from motcua.signing.rules.wheres import REMOVED, remote_place
from motcua.trust.models import Certificate
from motcua.trust.queries import amounts
from motcua.trust.terms import KeyPlace, RuleKind

_SHOWN_OFFERS = 10


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A certificate with its key: `look` and `words` say how it stands, `place` where the key is."""

    row: Certificate
    look: str
    words: str
    place: str
    is_preferred: bool
    is_usable: bool

    @property
    def is_removed(self) -> bool:
        """Whether its keeper took it away."""
        return self.row.key_where == REMOVED


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All of them, those that sign first; what waits for an administrator; what is to be thought of now."""

    keys: Sequence[HeldKey]
    offers: Sequence[KeyOffer]

    @property
    def warnings(self) -> list[HeldKey]:
        """Keys in use that end soon, or have ended while nothing newer is there."""
        usable = [one for one in self.keys if one.is_usable]
        soon = [one for one in usable if one.look == "warn"]
        lasting = any(one.look == "good" for one in usable)
        return [] if lasting else soon


def key_ring(keeper: Keeper, at: datetime) -> KeyRing:
    """Return the keys of a keeper (five queries)."""
    rows = list(keeper.certificates().defer("content", "chain").order_by("-valid_to", "-pk"))
    whose = Q(unit_id=keeper.agency_id) if keeper.is_seal else Q(account_id=keeper.account_id)
    preferred = set(PreferredKey.objects.filter(whose).values_list("certificate_id", flat=True))
    names = dict(SigningService.objects.values_list("pk", "name"))
    days = amounts()[RuleKind.ALARM_FIRST]
    keys = [_held(row, preferred, names, at, days) for row in rows]
    usable = [one for one in keys if one.is_usable]
    if usable and not any(one.is_preferred for one in usable):
        first = usable[0]
        chosen = HeldKey(first.row, first.look, first.words, first.place, is_preferred=True, is_usable=True)
        keys = [chosen if one is first else one for one in keys]
    keys.sort(key=lambda one: (not one.is_preferred, not one.is_usable))
    offers = keeper.offers().select_related("offered_by").defer("content", "chain").order_by("-offered_at")
    return KeyRing(keys, list(offers.filter(Q(settled_at__isnull=True) | Q(state="refused"))[:_SHOWN_OFFERS]))


def _held(row: Certificate, preferred: set[int], names: dict[int, str], at: datetime, days: int) -> HeldKey:
    look, words = _standing(row, at, days)
    is_here = row.key_where != REMOVED and (row.key_place == KeyPlace.AGENT or bool(row.key_where))
    is_usable = is_here and row.is_good(at)
    is_preferred = row.pk in preferred and is_usable
    return HeldKey(row, look, words, _place(row, names), is_preferred=is_preferred, is_usable=is_usable)


def _standing(row: Certificate, at: datetime, days: int) -> tuple[str, str]:
    if row.is_revoked(at):
        return "bad", "bị thu hồi"
    if row.valid_to <= at:
        return "bad", "đã hết hạn"
    if row.valid_from > at:
        return "warn", "chưa có hiệu lực"
    left = (row.valid_to - at).days
    return ("warn", f"còn {left} ngày") if left < days else ("good", "còn hiệu lực")


def _place(row: Certificate, names: dict[int, str]) -> str:
    if row.key_where == REMOVED:
        return "Đã gỡ khỏi hệ thống"
    if row.key_place == KeyPlace.AGENT:
        return "Token tại máy của tôi"
    if not row.key_where:
        return "Chưa rõ khóa ở đâu"
    if row.key_place == KeyPlace.PKCS12:
        return "Tệp trên máy chủ"
    if row.key_place == KeyPlace.PKCS11:
        return "Thiết bị HSM của máy chủ"
    place = remote_place(row.key_where)
    name = names.get(place.service, "") if place else ""
    return f"Dịch vụ ký từ xa: {name}" if name else "Dịch vụ ký từ xa"
