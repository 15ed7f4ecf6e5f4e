"""Overdue dossiers by the two rules in use, named side by side, and why by the letters of apology."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Least

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.rules.lateness import LatenessFacts, Wait, classify
from motcua.deadlines.terms import VIET_NAM, Lateness, LatenessRule
from motcua.dossiers.models import Apology, Dossier, SupplementRequest
from motcua.dossiers.rules.causes import LATE_CAUSES
from motcua.dossiers.terms import Status
from motcua.kernel.paging import Page, decode_cursor, encode_cursor
from motcua.kernel.text import fold

PAGE_SIZE: Final = 40
_CHUNK: Final = 400


@dataclass(frozen=True, slots=True)
class Judged:
    """A dossier judged by both rules."""

    dossier: Dossier
    local: Lateness
    national: Lateness

    @property
    def is_late(self) -> bool:
        """Whether either rule calls it overdue."""
        return self.local.is_late or self.national.is_late


@dataclass(slots=True)
class AgencyLateness:
    """How many dossiers of an agency are overdue, of how many taken in.

    `done`: with a result, or withdrawn; `done_late`: of these, late by rule (a). `local`, `national`: overdue by rule
    (a) and (b), done or not.
    """

    name: str
    agency_id: int
    slug: str
    received: int = 0
    done: int = 0
    done_late: int = 0
    local: int = 0
    national: int = 0

    @property
    def open_late(self) -> int:
        """How many are still open and overdue by rule (a)."""
        return self.local - self.done_late

    @property
    def in_time(self) -> str:
        """The share done in time by rule (a), in per cent as it is read: "97,5"; "" when nothing is done yet."""
        return f"{100 * (self.done - self.done_late) / self.done:.1f}".replace(".", ",") if self.done else ""


def taken_in(found: QuerySet[Dossier], first: date, last: date) -> QuerySet[Dossier]:
    """Narrow to the dossiers taken in from the first to the last day."""
    begins = datetime.combine(first, time.min, VIET_NAM)
    return found.filter(
        received_at__gte=begins, received_at__lt=datetime.combine(last, time.min, VIET_NAM) + timedelta(1)
    )


def perhaps_late(found: QuerySet[Dossier], at: datetime) -> QuerySet[Dossier]:
    """Narrow to what either rule may call overdue: nothing else needs judging."""
    promised = found.annotate(promise=Least(F("due_at"), F("original_due_at")))
    open_late = Q(finished_at__isnull=True, ended_at__isnull=True, promise__lt=at)
    done_late = Q(finished_at__gt=F("promise")) | Q(ended_at__gt=F("promise"))
    return promised.filter(open_late | done_late | Q(supplement_count__gt=1))


def judge(dossiers: Iterable[Dossier], at: datetime) -> list[Judged]:
    """Return the dossiers judged by both rules (one query)."""
    known = list(dossiers)
    waits = _waits([one.pk for one in known if one.supplement_count])
    found = []
    for dossier in known:
        facts = LatenessFacts(
            status=dossier.status,
            received_at=dossier.received_at,
            due_at=dossier.due_at,
            original_due_at=dossier.original_due_at,
            finished_at=dossier.finished_at,
            ended_at=dossier.ended_at,
            supplements=waits.get(dossier.pk, ()),
        )
        local = classify(LatenessRule.LOCAL_DATES, facts, at=at)
        found.append(Judged(dossier, local, classify(LatenessRule.NATIONAL_766, facts, at=at)))
    return found


def _waits(dossier_ids: list[int]) -> Mapping[int, list[Wait]]:
    found: dict[int, list[Wait]] = {}
    if not dossier_ids:
        return found
    rows = SupplementRequest.objects.filter(dossier_id__in=dossier_ids).order_by("dossier_id", "number")
    for dossier_id, requested, answered in rows.values_list("dossier_id", "requested_at", "answered_at"):
        found.setdefault(dossier_id, []).append(Wait(requested, answered))
    return found


def by_agency(found: QuerySet[Dossier], at: datetime) -> list[AgencyLateness]:
    """Return the agencies with how much they took in and how much is overdue, the most overdue first."""
    table: dict[int, AgencyLateness] = {}
    done = Count("pk", filter=Q(finished_at__isnull=False) | Q(status=Status.WITHDRAWN))
    for agency_id, number, n_done in found.order_by().values_list("agency_id").annotate(n=Count("pk"), d=done):
        agency = unit_by_id(agency_id)
        table[agency_id] = AgencyLateness(agency.name, agency_id, agency.slug, received=number, done=n_done)
    for judged in judge(perhaps_late(found, at).only(*_JUDGED).iterator(chunk_size=_CHUNK), at):
        row = table[judged.dossier.agency_id]
        row.local += judged.local.is_late
        row.done_late += judged.local == Lateness.LATE
        row.national += judged.national.is_late
    return sorted(table.values(), key=lambda row: (-row.local, -row.national, row.name))


@dataclass(frozen=True, slots=True)
class Figures:
    """What everybody may know: dossiers taken in from `first` on, by agency, as counted at `at`."""

    first: date
    at: datetime
    rows: list[AgencyLateness]
    causes: list[tuple[str, int]]

    @property
    def received(self) -> int:
        """All that was taken in."""
        return self._sum().received

    @property
    def done(self) -> int:
        """All that is done."""
        return self._sum().done

    @property
    def done_late(self) -> int:
        """All that was done late."""
        return self._sum().done_late

    @property
    def open_late(self) -> int:
        """All that is late and not done."""
        return self._sum().open_late

    @property
    def in_time(self) -> str:
        """The share done in time, in per cent as it is read."""
        return self._sum().in_time

    def _sum(self) -> AgencyLateness:
        whole = AgencyLateness("", 0, "")
        for row in self.rows:
            whole.received += row.received
            whole.done += row.done
            whole.done_late += row.done_late
            whole.local += row.local
        return whole


def figures_of(first: date, last: date, *, at: datetime) -> Figures:
    """Return the figures of every agency that took something in between the days (no person is in them)."""
    found = taken_in(Dossier.objects.all(), first, last)
    rows = sorted(by_agency(found, at), key=lambda row: fold(row.name))
    return Figures(first, at, rows, causes_among(found))


def causes_among(found: QuerySet[Dossier]) -> list[tuple[str, int]]:
    """Return the causes that signed letters of apology name, each with its number of dossiers (one query)."""
    signed = Apology.objects.filter(signed_at__isnull=False, dossier__in=found.order_by().values("pk"))
    rows = signed.order_by().values_list("cause").annotate(n=Count("dossier", distinct=True)).order_by("-n", "cause")
    return [(LATE_CAUSES[cause], number) for cause, number in rows]


def causes_of(dossiers: Iterable[Dossier]) -> Mapping[int, str]:
    """Return for dossiers the cause that their last signed letter of apology names (one query)."""
    signed = Apology.objects.filter(signed_at__isnull=False, dossier__in=list(dossiers)).order_by("number")
    return {key: LATE_CAUSES[cause] for key, cause in signed.values_list("dossier_id", "cause")}


_JUDGED: Final = (
    "agency_id",
    "status",
    "received_at",
    "due_at",
    "original_due_at",
    "finished_at",
    "ended_at",
    "supplement_count",
)


def late_page(found: QuerySet[Dossier], at: datetime, cursor: str) -> Page[Judged]:
    """Return a page of overdue dossiers, the oldest first; raises Invalid for a cursor not ours."""
    rest = perhaps_late(found, at).select_related("procedure", "owner", "unit", "holder").order_by("pk")
    last = int(decode_cursor(cursor, length=1)[0]) if cursor else 0
    rows: list[Judged] = []
    while len(rows) <= PAGE_SIZE:
        chunk = judge(rest.filter(pk__gt=last)[: PAGE_SIZE * 2], at)
        if not chunk:
            return Page(rows)
        rows += [one for one in chunk if one.is_late]
        last = chunk[-1].dossier.pk
    return Page(rows[:PAGE_SIZE], encode_cursor([rows[PAGE_SIZE - 1].dossier.pk]))
