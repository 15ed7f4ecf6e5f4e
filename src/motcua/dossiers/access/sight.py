"""Who may read which dossier."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from motcua.agencies.terms import Right
from motcua.dossiers.models import Consultation, Dossier, OutsideStep
from motcua.identity.terms import Actor, Scope
from motcua.kernel.errors import NotFound, Problem
from motcua.kernel.rows import Rows

_WORKING_RIGHTS = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)
_RELATED = (
    "procedure",
    "owner",
    "submitter",
    "agency",
    "desk",
    "result_desk",
    "unit",
    "holder",
    "parent",
    "result",
)


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers the actor may read.

    A citizen: those in which they are a party. An officer: those that an agency of theirs handles, that a desk of
    that agency took in or hands out, on which it was consulted, a step of which it works or worked on, and the parts
    or the parent of those (liên thông).
    By a delegation for some procedures: those of these procedures. An overseer: those of every agency below the unit
    they oversee.
    """
    if actor.is_system:
        return Dossier.objects.all()
    if actor.kind == "citizen":
        return _of_citizen(actor.account_id)
    return _of_officer(**_reach_of(actor)) if actor.postings else Dossier.objects.none()


def _of_citizen(account_id: int | None) -> QuerySet[Dossier]:
    return Dossier.objects.filter(Q(owner__account_id=account_id) | Q(submitter__account_id=account_id))


def _of_officer(agencies: list[int], overseen: list[int], scopes: Iterable[tuple[int, Scope]]) -> QuerySet[Dossier]:
    asked = Consultation.objects.filter(unit__agency_id__in=agencies, cancelled_at__isnull=True)
    return Dossier.objects.filter(_whole(agencies, overseen, scopes) | Q(pk__in=asked.values("dossier_id")))


class Visible:
    """One dossier asked for again and again among those the actor may read: the SQL is made once a process.

    `narrow(dossiers, **values)` says which one, and what comes with it.
    """

    def __init__(self, narrow: Callable[..., QuerySet[Dossier]], **kinds: Any) -> None:
        self._of_system = Rows(lambda **by: narrow(Dossier.objects.all(), **by), **kinds)
        self._of_citizen = Rows(lambda account_id, **by: narrow(_of_citizen(account_id), **by), account_id=int, **kinds)
        self._of_officer = Rows(
            lambda agencies, overseen, scopes, **by: narrow(_of_officer(agencies, overseen, scopes), **by),
            agencies=list[int],
            overseen=list[int],
            scopes=object,
            **kinds,
        )

    def __call__(self, actor: Actor, **values: Any) -> Dossier | None:
        """Return the dossier, None when it is not there or not for this actor."""
        if actor.is_system:
            return self._of_system.first(**values)
        if actor.kind == "citizen":
            return self._of_citizen.first(account_id=actor.account_id, **values)
        return self._of_officer.first(**_reach_of(actor), **values) if actor.postings else None


def sees_whole(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the actor may read everything of a dossier that they may see at all.

    An officer who was only asked for an opinion sees what is needed for that: the papers and the question.
    """
    if actor.is_system or actor.kind == "citizen" or dossier.agency_id in _agencies(actor):
        return True
    return Dossier.objects.filter(_whole(**_reach_of(actor)), pk=dossier.pk).exists()


def _agencies(actor: Actor) -> set[int]:
    return {agency for right in _WORKING_RIGHTS for agency in actor.agencies_with(right)}


def _reach_of(actor: Actor) -> dict[str, Any]:
    """The agencies in which an officer works, the units they oversee, where they work for some procedures only."""
    narrow = ((post.agency_id, post.scope) for post in actor.postings if not post.scope.is_everything)
    return {
        "agencies": sorted(_agencies(actor)),
        "overseen": sorted(actor.units_with(Right.OVERSEE)),
        "scopes": tuple(dict.fromkeys(narrow)),
    }


def _whole(agencies: list[int], overseen: list[int], scopes: Iterable[tuple[int, Scope]]) -> Q:
    """The condition that a dossier is an officer's to read whole."""
    seen = Q(agency_id__in=agencies) | Q(desk__agency_id__in=agencies) | Q(result_desk__agency_id__in=agencies)
    seen |= Q(parent__agency_id__in=agencies) | Q(parent__desk__agency_id__in=agencies)
    seen |= Q(pk__in=Dossier.objects.filter(agency_id__in=agencies, parent__isnull=False).values("parent_id"))
    seen |= Q(pk__in=OutsideStep.objects.filter(unit__agency_id__in=agencies).values("dossier_id"))
    for agency_id, scope in scopes:
        seen |= _in_agency(agency_id) & of_scope(scope)
    for unit_id in overseen:
        seen |= Q(agency__path__contains=[unit_id])
    return seen


def _in_agency(agency_id: int) -> Q:
    return Q(agency_id=agency_id) | Q(desk__agency_id=agency_id)


def of_scope(scope: Scope) -> Q:
    """Return the condition that a dossier is inside the scope of a delegation."""
    if scope.is_everything:
        return Q()
    by_domain = Q(procedure__domain__code__in=sorted(scope.domains))
    return by_domain | Q(procedure__code__in=sorted(scope.procedures))


def get_visible(actor: Actor, dossier_id: int) -> Dossier:
    """Return the dossier for reading; raises NotFound when it is not there or not for this actor."""
    found = _BY_ID(actor, pk=dossier_id)
    if found is None:
        raise no_dossier()
    return found


def get_visible_by_code(actor: Actor, code: str) -> Dossier:
    """Return the dossier of that code for reading; raises NotFound."""
    found = _BY_CODE(actor, code=code.strip().upper())
    if found is None:
        raise no_dossier()
    return found


_BY_ID = Visible(lambda found, pk: found.filter(pk=pk).select_related(*_RELATED), pk=int)
_BY_CODE = Visible(lambda found, code: found.filter(code=code).select_related(*_RELATED), code=str)


def no_dossier() -> NotFound:
    """Return what is said of a dossier that is not there, or not there for this actor."""
    return NotFound(Problem("no_dossier", "Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc phạm vi của bạn."))
