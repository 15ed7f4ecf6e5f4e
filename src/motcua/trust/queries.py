"""What is known of trust services and certificates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.models import Posting
from motcua.trust.models import Certificate, CertificateRequest, Outage, TrustRule, TrustService, WaitingPaper
from motcua.trust.providers.ca.port import Order
from motcua.trust.rules.windows import ALARMS, DEFAULTS, RULE_OF, Window
from motcua.trust.terms import HolderKind, RequestKind, RuleKind, ServiceKind, WindowKind


def amounts() -> dict[RuleKind, int]:
    """Return what holds of each rule: hours of windows, days of alarms (one query)."""
    newest = TrustRule.objects.order_by("kind", "-set_at", "-id").distinct("kind").values_list("kind", "amount")
    return {**DEFAULTS, **{RuleKind(kind): amount for kind, amount in newest}}


def window(kind: WindowKind, about: str = "") -> Window:
    """Return since when nobody answers, and how long signing may go on (two queries)."""
    open_ = Outage.objects.filter(kind=kind, about=about, ended_at__isnull=True)
    since = open_.values_list("began_at", flat=True).first()
    return Window(since, timedelta(hours=amounts()[RULE_OF[kind]]))


@dataclass(frozen=True, slots=True)
class WindowNow:
    """One window as a page shows it: what is away, about whom, since when, until when signing goes on."""

    kind: WindowKind
    about: str
    window: Window
    last_error: str = ""

    @property
    def label(self) -> str:
        """What is away, in words."""
        return f"{self.kind.label}{f', chứng thư của {self.about}' if self.about else ''}"


def windows_now() -> list[WindowNow]:
    """Return every kind of service with its open outages; one that answers stands there once (two queries)."""
    hours = amounts()
    found: list[WindowNow] = []
    open_ = list(Outage.objects.filter(ended_at__isnull=True).order_by("began_at"))
    for kind in WindowKind:
        length = timedelta(hours=hours[RULE_OF[kind]])
        away = [one for one in open_ if one.kind == kind]
        found += [WindowNow(kind, one.about, Window(one.began_at, length), one.last_error) for one in away]
        if not away:
            found.append(WindowNow(kind, "", Window(None, length)))
    return found


def services(*kinds: ServiceKind) -> QuerySet[TrustService]:
    """Return the services in use, in the order in which they are asked."""
    found = TrustService.objects.filter(ended_at__isnull=True).order_by("kind", "position", "id")
    return found.filter(kind__in=kinds) if kinds else found


def waiting_papers() -> QuerySet[WaitingPaper]:
    """Return the papers that still lack something, the oldest first."""
    return WaitingPaper.objects.filter(completed_at__isnull=True).order_by("signed_at", "id")


def good_certificates(at: datetime) -> QuerySet[Certificate]:
    """Return the certificates that could sign at `at`, as far as the register knows."""
    living = Certificate.objects.filter(valid_from__lte=at, valid_to__gt=at)
    return living.filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=at))


def ending(at: datetime, days: Mapping[RuleKind, int]) -> QuerySet[Certificate]:
    """Return the good certificates that end within the first alarm's days."""
    most = max(days[kind] for kind in ALARMS)
    return good_certificates(at).filter(valid_to__lte=at + timedelta(days=most)).select_related("unit")


def renewed_ids(certificates: Iterable[Certificate], at: datetime) -> set[int]:
    """Return the ids of those whose holder has a newer certificate already (one query)."""
    known = list(certificates)
    newer = good_certificates(at).filter(unit_id__in={one.unit_id for one in known})
    ends: dict[tuple[int, int | None], datetime] = {}
    for unit_id, account_id, valid_to in newer.values_list("unit_id", "account_id", "valid_to"):
        ends[unit_id, account_id] = max(valid_to, ends.get((unit_id, account_id), valid_to))
    return {one.pk for one in known if ends.get((one.unit_id, one.account_id), one.valid_to) > one.valid_to}


def administrators_of(path: Iterable[int], at: datetime) -> list[int]:
    """Return the accounts that administer a unit or one above it."""
    on = timezone.localdate(at)
    held = Posting.objects.filter(
        holds_on(on), holds_on(on, "post__"), post__unit_id__in=list(path), post__rights__contains=[Right.ADMIN.value]
    )
    return sorted(set(held.values_list("account_id", flat=True)))


def order_of(row: CertificateRequest, at: datetime) -> Order:
    """Return what the request asks of an authority."""
    on, account = timezone.localdate(at), row.account
    held = Posting.objects.filter(holds_on(on), account=account, post__unit__agency_id=row.unit_id)
    title = held.order_by("id").values_list("post__title", flat=True).first() if account else ""
    return Order(
        number=row.pk,
        kind=RequestKind(row.kind),
        holder_kind=HolderKind.OFFICER if account else HolderKind.AGENCY,
        name=account.full_name if account else row.unit.name,
        agency=row.unit.name,
        title=title or "",
        certificate=bytes(row.certificate.content) if row.certificate else b"",
        revocation_code=row.revocation_code,
    )
