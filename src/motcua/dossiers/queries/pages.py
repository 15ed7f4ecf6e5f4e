"""Everything of one dossier for one page; and small lists for the forms of its acts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Count, Model

from motcua.agencies.terms import Right
from motcua.dossiers.models import (
    Attachment,
    Delivery,
    Dossier,
    DossierComponent,
    DraftInitials,
    DraftResult,
    IssuedPaper,
    Move,
    Result,
    SupplementRequest,
    Suspension,
)
from motcua.dossiers.terms import ENDED, Status
from motcua.identity.queries import holders_of
from motcua.kernel.errors import NotFound, Problem
from motcua.kernel.rows import Rows

H = TypeVar("H", bound=Model)
#: Statuses in which a clock may stand still by hand or for money.
_MAY_STAND_STILL = frozenset({Status.RECEIVED, Status.PROCESSING, Status.OBLIGATION_REQUESTED})
_USED_LATELY = timedelta(days=90)
_MOST_USED = 8


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A paper of the dossier with its files."""

    component: DossierComponent
    files: Sequence[Attachment]


@dataclass(frozen=True, slots=True)
class Parts:
    """What hangs on a dossier. `other_files`: drafts, results, letters of authority."""

    components: Sequence[ComponentRow]
    other_files: Sequence[Attachment]
    papers: Sequence[IssuedPaper]
    moves: Sequence[Move]
    suspensions: Sequence[Suspension]
    requests: Sequence[SupplementRequest]
    drafts: Sequence[DraftResult]
    result: Result | None
    delivery: Delivery | None
    initials: Sequence[DraftInitials] = ()

    @property
    def reached(self) -> frozenset[str]:
        """Keys of the steps that the dossier came to, when its moves are at hand."""
        return frozenset(move.to_step for move in self.moves)


def parts_of(dossier: Dossier, *, with_moves: bool = True) -> Parts:
    """Return what hangs on the dossier (nine queries at most; papers and requests newest first)."""
    files = _hanging(_FILES, dossier)
    rows = [
        ComponentRow(component, [one for one in files if one.component_id == component.pk])
        for component in _hanging(_COMPONENTS, dossier)
    ]
    asked = dossier.supplement_count > 0
    paused = asked or dossier.status in _MAY_STAND_STILL
    result, delivery = _outcome_of(dossier)
    drafts = _hanging(_DRAFTS, dossier)
    return Parts(
        components=rows,
        other_files=[one for one in files if one.component_id is None],
        papers=_hanging(_PAPERS, dossier),
        moves=_hanging(_MOVES, dossier) if with_moves else [],
        suspensions=_hanging(_SUSPENSIONS, dossier) if paused else [],
        requests=list(dossier.supplement_requests.order_by("-number")) if asked else [],
        drafts=drafts,
        result=result,
        delivery=delivery,
        initials=_initials_on(dossier, drafts),
    )


def _initials_on(dossier: Dossier, drafts: Sequence[DraftResult]) -> list[DraftInitials]:
    """Who initialled which draft; no query where the process has no initials."""
    if not drafts or not any(step.initials for step in dossier.definition.steps):
        return []
    return list(DraftInitials.objects.filter(draft__in=drafts).order_by("at", "pk"))


def _outcome_of(dossier: Dossier) -> tuple[Result | None, Delivery | None]:
    """Return result and delivery with at most one query, when the result came with the dossier."""
    delivery = dossier.delivery if dossier.status == Status.DELIVERED else None
    return (getattr(dossier, "result", None) if dossier.finished_at else None), delivery


def _hanging(asked: "Rows[H]", dossier: Dossier) -> list[H]:
    """Return what hangs on the dossier; each knows the dossier without asking."""
    found = asked(dossier=dossier.pk)
    for one in found:
        one.dossier = dossier  # type: ignore[attr-defined]  # all of them hang on one
    return found


_FILES = Rows(
    lambda dossier: Attachment.objects.filter(dossier_id=dossier).select_related("blob").order_by("id"), dossier=int
)
_COMPONENTS = Rows(
    lambda dossier: DossierComponent.objects.filter(dossier_id=dossier).order_by("position"), dossier=int
)
_PAPERS = Rows(lambda dossier: IssuedPaper.objects.filter(dossier_id=dossier).order_by("-id"), dossier=int)
_MOVES = Rows(lambda dossier: Move.objects.filter(dossier_id=dossier).order_by("number"), dossier=int)
_SUSPENSIONS = Rows(lambda dossier: Suspension.objects.filter(dossier_id=dossier).order_by("since"), dossier=int)
_DRAFTS = Rows(lambda dossier: DraftResult.objects.filter(dossier_id=dossier).order_by("-number"), dossier=int)


def paper_of(dossier: Dossier, paper_id: int) -> IssuedPaper:
    """Return an issued paper of the dossier; raises NotFound."""
    found = dossier.papers.filter(pk=paper_id).first()
    if found is None:
        raise NotFound(Problem("no_paper", "Hồ sơ không có giấy tờ này."))
    return found


def attachment_of(dossier: Dossier, attachment_id: int) -> Attachment:
    """Return a file of the dossier, its blob loaded; raises NotFound."""
    found = dossier.attachments.filter(pk=attachment_id).select_related("blob").first()
    if found is None:
        raise NotFound(Problem("no_file", "Hồ sơ không có tệp này."))
    return found


@dataclass(frozen=True, slots=True)
class Handler:
    """Somebody a dossier may be assigned to, and how many open dossiers they already hold (of these, how many late)."""

    id: int
    full_name: str
    load: int
    late: int


def handlers_in(unit_id: int, *, at: datetime) -> list[Handler]:
    """Return who may handle dossiers in the unit, with their open work, by name (two queries)."""
    people = holders_of(Right.HANDLE, unit_id, on=at)
    held = Dossier.objects.exclude(status__in=sorted(ENDED)).filter(holder_id__in=[one.id for one in people])
    load: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for holder_id, due_at in held.values_list("holder_id", "due_at"):
        load[holder_id or 0] += 1
        late[holder_id or 0] += due_at is not None and due_at < at
    return [Handler(one.id, one.full_name, load[one.id], late[one.id]) for one in people]


def most_used_procedures(desk_ids: Iterable[int], *, at: datetime) -> list[tuple[str, str]]:
    """Return code and name of what these desks took in most in the last 90 days, the most used first."""
    taken = Dossier.objects.filter(desk_id__in=list(desk_ids), submitted_at__gte=at - _USED_LATELY)
    counted = taken.values("procedure__code", "procedure__name").annotate(times=Count("pk"))
    top = counted.order_by("-times", "procedure__code")[:_MOST_USED]
    return [(row["procedure__code"], row["procedure__name"]) for row in top]


def last_symbol(dossier: Dossier) -> str:
    """Return the symbol that the agency last gave to a result of this procedure, "" when it gave none yet."""
    given = Result.objects.filter(
        dossier__agency_id=dossier.agency_id, dossier__procedure_id=dossier.procedure_id, sealed_at__isnull=False
    )
    return given.order_by("-sealed_at").values_list("symbol", flat=True).first() or ""


def last_symbols(dossiers: Sequence[Dossier]) -> dict[tuple[int, int], str]:
    """Return the symbols that agencies last gave to results of these procedures, by agency and procedure (one query).

    Those of refusals do not count: they are answers, numbered apart.
    """
    given = Result.objects.filter(
        dossier__agency_id__in={one.agency_id for one in dossiers},
        dossier__procedure_id__in={one.procedure_id for one in dossiers},
        sealed_at__isnull=False,
        is_negative=False,
    )
    rows = (
        given.order_by("dossier__agency_id", "dossier__procedure_id", "-sealed_at")
        .distinct("dossier__agency_id", "dossier__procedure_id")
        .values_list("dossier__agency_id", "dossier__procedure_id", "symbol")
    )
    return {(agency, procedure): symbol for agency, procedure, symbol in rows}
