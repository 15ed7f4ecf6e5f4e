"""What waits for an officer: boxes of work, counted and listed by urgency."""

from datetime import datetime, time
from typing import Any

from django.db.models import BooleanField, Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.boxes import Box, boxes_of, conditions_of, scope_of
from motcua.dossiers.queries.narrowing import Wanted, is_suspended, narrowed, open_request, waits
from motcua.dossiers.queries.orders import order_of
from motcua.dossiers.queries.reach import LISTS, Reach, joined, reaches_of
from motcua.dossiers.queries.steps import Steps, Table, steps_of, table_of
from motcua.dossiers.terms import Status
from motcua.identity.terms import Actor
from motcua.kernel.asking import Question
from motcua.kernel.paging import Page
from motcua.kernel.rows import Rows

__all__ = ["Box", "Work", "ordered"]

PAGE_SIZE = 30
_KIND = ("procedure__code", "procedure__name", "procedure__domain__code", "procedure__domain__name")
_HOLDER = ("holder_id", "holder__full_name", "holder__sort_name")


class Work:
    """The open work of one officer at one moment. Counting takes one query, a page one, the steps at most two.

    Whoever works by their own posts alone asks by statements made once a process; by delegations each time anew.
    """

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.at = at
        self.midnight = datetime.combine(timezone.localdate(at, VIET_NAM), time.min, VIET_NAM)
        self.reaches = reaches_of(actor, at)
        self.reach = joined(self.reaches)
        self._known = _known(self.reaches)
        self.steps: Steps = steps_of(self._versions())
        self._table = table_of(self.steps)

    def counts(self) -> dict[Box, int]:
        """Return how many dossiers lie in each box that can hold any for this officer."""
        boxes = self.boxes()
        if self._known and self._table is not None:
            found = _COUNTS(**self._known, at=self.at, midnight=self.midnight, table=self._table)
        else:
            found = list(_counted(self._scope(), boxes, self._conditions()))
        return dict(zip(boxes, found[0] if found else [0] * len(boxes), strict=True))

    def boxes(self) -> list[Box]:
        """Return the boxes that make sense for the posts of this officer, in the order of the counters."""
        return boxes_of(self.reach)

    def page(
        self, box: Box, wanted: Wanted | None = None, *, sort: str = "", cursor: str = "", limit: int = PAGE_SIZE
    ) -> Page[Dossier]:
        """Return the dossiers of a box that fit, in the order asked for; by default those that wait for somebody
        else last, else what is due soonest first.

        Raises Invalid for a cursor that is not ours.
        """
        order = order_of(sort)
        is_plain = not cursor and (wanted is None or wanted.is_empty) and box != Box.OVERDUE
        if is_plain and self._known and self._table is not None:
            rows = _PAGE(**self._known, table=self._table, box=box, sort=sort, limit=limit + 1)
        else:
            rows = list(order.after(self.listing(box, wanted, sort=sort), cursor)[: limit + 1])
        if len(rows) <= limit:
            return Page(rows)
        return Page(rows[:limit], order.cursor(rows[limit - 1]))

    def listing(self, box: Box, wanted: Wanted | None = None, *, sort: str = "") -> QuerySet[Dossier]:
        """Return every dossier of a box that fits, in the order asked for."""
        found = self._scope().filter(self._conditions()[box])
        if wanted is not None and not wanted.is_empty:
            found = narrowed(found, wanted, self.at, account_id=self.reach.account_id)
        return _listed(found, sort)

    def kinds(self) -> list[tuple[str, str, str, str]]:
        """Return code and name of each procedure in this work, with its domain's code and name, by name (one query)."""
        found: Any = _KINDS(**self._known) if self._known else _kinds(self._scope())
        return list(found)

    def holders(self) -> list[tuple[int, str]]:
        """Return who holds any of this work, by name (one query)."""
        found: Any = _HOLDERS(**self._known) if self._known else _holders(self._scope())
        return [(pk, name) for pk, name, _key in found]

    def _versions(self) -> list[int]:
        found: Any = _VERSIONS(**self._known) if self._known else _versions(self._scope())
        return [pk for (pk,) in found]

    def _scope(self) -> QuerySet[Dossier]:
        return scope_of(self.reach.account_id, self.reaches)

    def _conditions(self) -> dict[Box, Q]:
        return conditions_of(self.reaches, self.steps, at=self.at, midnight=self.midnight)


def _known(reaches: list[Reach]) -> dict[str, Any]:
    """Return by what the work is asked for with statements made once; nothing when it has to be said anew."""
    first = reaches[0]
    if len(reaches) > 1 or not first.is_whole or not first.units:
        return {}
    return {"account_id": first.account_id, **first.lists()}


def _reach(account_id: int, lists: dict[str, Any]) -> Reach:
    return Reach(account_id=account_id, holders=frozenset({account_id}), **lists)


def _scope(account_id: int, **lists: list[int]) -> QuerySet[Dossier]:
    return scope_of(account_id, [_reach(account_id, lists)])


def _versions(scope: QuerySet[Dossier]) -> QuerySet[Dossier, Any]:
    return scope.order_by().values_list("version_id").distinct()


def _kinds(scope: QuerySet[Dossier]) -> QuerySet[Dossier, Any]:
    return scope.order_by("procedure__name").values_list(*_KIND).distinct()


def _holders(scope: QuerySet[Dossier]) -> QuerySet[Dossier, Any]:
    held = scope.filter(holder_id__isnull=False).order_by("holder__sort_name", "holder_id")
    return held.values_list(*_HOLDER).distinct()


def _counted(scope: QuerySet[Dossier], boxes: list[Box], conditions: dict[Box, Q]) -> QuerySet[Dossier, Any]:
    """Return one row with the number of dossiers in each box."""
    wanted = {box.name: Count("pk", filter=conditions[box]) for box in boxes}
    whole = scope.order_by().annotate(whole=Value(1)).values("whole")  # one group: a constant is no column to group by
    return whole.annotate(**wanted).values_list(*wanted)


def _listed(found: QuerySet[Dossier], sort: str) -> QuerySet[Dossier]:
    rows: QuerySet[Dossier] = order_of(sort).apply(ordered(found))
    return rows.select_related("procedure", "owner", "unit", "holder")


def _counts_asked(
    account_id: int, at: datetime, midnight: datetime, table: Table, **lists: list[int]
) -> QuerySet[Dossier, Any]:
    mine = _reach(account_id, lists)
    conditions = conditions_of([mine], table, at=at, midnight=midnight)
    return _counted(scope_of(account_id, [mine]), boxes_of(mine), conditions)


def _page_asked(
    account_id: int, table: Table, box: Box, sort: str, limit: int, **lists: list[int]
) -> QuerySet[Dossier]:
    mine, never = _reach(account_id, lists), datetime.min.replace(tzinfo=VIET_NAM)
    conditions = conditions_of([mine], table, at=never, midnight=never)
    return _listed(scope_of(account_id, [mine]).filter(conditions[box]), sort)[:limit]


_LISTS: dict[str, Any] = dict.fromkeys(LISTS, tuple[int, ...])
_VERSIONS = Question(lambda **by: _versions(_scope(**by)), account_id=int, **_LISTS)
_KINDS = Question(lambda **by: _kinds(_scope(**by)), account_id=int, **_LISTS)
_HOLDERS = Question(lambda **by: _holders(_scope(**by)), account_id=int, **_LISTS)
_COUNTS = Question(_counts_asked, account_id=int, at=datetime, midnight=datetime, table=object, **_LISTS)
_PAGE = Rows(_page_asked, account_id=int, table=object, box=object, sort=object, limit=object, **_LISTS)


def ordered(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Return the dossiers by urgency, each with `waits` (for somebody else), `suspended`, `answered` (a supplement
    came before receipt, the desk has to look), `rank` and `urgent_at`."""
    before = Q(status=Status.SUPPLEMENT_REQUESTED, received_at__isnull=True)
    return found.annotate(
        waits=_yes(waits()),
        suspended=_yes(is_suspended()),
        answered=_yes(Q(status=Status.SUPPLEMENT_REQUESTED) & ~Q(open_request())),
        rank=Case(When(waits(), then=1), default=0, output_field=IntegerField()),
        urgent_at=Case(
            When(Q(status=Status.SUBMITTED) | before, then=Coalesce("answer_due_at", "submitted_at")),
            default=Coalesce("due_at", "submitted_at"),
        ),
    ).order_by("rank", "urgent_at", "id")


def _yes(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
