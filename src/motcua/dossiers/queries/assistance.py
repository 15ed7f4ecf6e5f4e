"""Those who hand in for others: their limits, how many were helped, who does it for many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, Q, QuerySet

from motcua.agencies.models.span import holds_on
from motcua.dossiers.models import Dossier, HelperLimit
from motcua.dossiers.rules.helping import LIMITED, USUAL, Limit
from motcua.dossiers.terms import OPEN, Source

_BROKERS = (Source.PROXY, Source.HIRED)


def limit_of(desk_id: int, source: Source, *, on: date) -> Limit:
    """Return what one helper of that kind may have at the desk on that day: its own limit, else everybody's."""
    rows = HelperLimit.objects.filter(holds_on(on), source=source).filter(Q(desk_id=desk_id) | Q(desk__isnull=True))
    found = rows.order_by(F("desk_id").asc(nulls_last=True)).first()
    return Limit(found.most_a_day, found.most_open) if found else USUAL[source]


def limits_at(desk_ids: Iterable[int], *, on: date) -> list[tuple[int, Source, Limit]]:
    """Return the limits that hold at each of the desks on that day, kind by kind."""
    return [(desk_id, source, limit_of(desk_id, source, on=on)) for desk_id in desk_ids for source in LIMITED]


@dataclass(frozen=True, slots=True)
class Assisted:
    """How much one officer has typed for people at a desk: dossiers, still open, by how they consented."""

    desk_id: int
    desk_name: str
    account_id: int
    name: str
    count: int
    open: int
    signed: int
    spoken: int
    coded: int


def assisted_counts(dossiers: QuerySet[Dossier], *, since: datetime, until: datetime) -> list[Assisted]:
    """Return, of these dossiers, those that officers typed for people from `since` until before `until`.

    One row for each desk and officer, the most first (one query). They are online dossiers, counted apart because
    the citizen did not hand them in without help.
    """
    helped = dossiers.filter(assisted_by__isnull=False, submitted_at__gte=since, submitted_at__lt=until)
    rows = (
        helped.order_by()
        .values("desk_id", "desk__name", "assisted_by_id", "assisted_by__full_name")
        .annotate(
            number=Count("pk"),
            still=Count("pk", filter=Q(status__in=sorted(OPEN))),
            signed=Count("pk", filter=Q(consent="signed")),
            spoken=Count("pk", filter=Q(consent="spoken")),
            coded=Count("pk", filter=Q(consent="code")),
        )
        .order_by("-number", "desk__name", "assisted_by__full_name")
    )
    return [
        Assisted(
            row["desk_id"], row["desk__name"], row["assisted_by_id"], row["assisted_by__full_name"],
            row["number"], row["still"], row["signed"], row["spoken"], row["coded"],
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broker:
    """Somebody who hands in for many owners: by phone or by identity number."""

    by: str
    number: str
    name: str
    owners: int
    dossiers: int
    last_at: datetime


def brokers(
    dossiers: QuerySet[Dossier], *, since: datetime, until: datetime, at_least: int = 5, limit: int = 100
) -> list[Broker]:
    """Return who handed in for at least so many different owners in that span, the most first (two queries)."""
    theirs = dossiers.filter(source__in=_BROKERS, submitted_at__gte=since, submitted_at__lt=until).order_by()
    found = [
        *_many(theirs, "số định danh", "submitter__personal_id", at_least, limit),
        *_many(theirs, "điện thoại", "submitter__phone", at_least, limit),
    ]
    return sorted(found, key=lambda one: (-one.owners, -one.dossiers, one.number))[:limit]


def _many(found: QuerySet[Dossier], by: str, column: str, at_least: int, limit: int) -> list[Broker]:
    rows = (
        found.exclude(**{column: ""})
        .values(column)
        .annotate(
            owners=Count("owner__name", distinct=True),
            number=Count("pk"),
            last=Max("submitted_at"),
            name=Max("submitter__name"),
        )
        .filter(owners__gte=at_least)
        .order_by("-owners", column)[:limit]
    )
    return [Broker(by, row[column], row["name"], row["owners"], row["number"], row["last"]) for row in rows]
