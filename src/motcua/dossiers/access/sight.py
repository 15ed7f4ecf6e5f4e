"""Who may read which dossier."""

from django.db.models import Q, QuerySet

from motcua.agencies.terms import Right
from motcua.dossiers.models import Consultation, Dossier
from motcua.identity.terms import Actor, Scope
from motcua.kernel.errors import NotFound, Problem

_WORKING_RIGHTS = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)
_RELATED = (
    "version",
    "procedure",
    "owner",
    "submitter",
    "agency",
    "desk",
    "result_desk",
    "unit",
    "holder",
    "parent",
)


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers the actor may read.

    A citizen: those in which they are a party. An officer: those that an agency of theirs handles, that a desk of
    that agency took in or hands out, on which it was consulted, and the parts or the parent of those (liên thông).
    By a delegation for some procedures: those of these procedures. An overseer: those of every agency below the unit
    they oversee.
    """
    if actor.is_system:
        return Dossier.objects.all()
    if actor.kind == "citizen":
        mine = Q(owner__account_id=actor.account_id) | Q(submitter__account_id=actor.account_id)
        return Dossier.objects.filter(mine)
    if not actor.postings:
        return Dossier.objects.none()
    asked = Consultation.objects.filter(unit__agency_id__in=_agencies(actor), cancelled_at__isnull=True)
    return Dossier.objects.filter(_whole(actor) | Q(pk__in=asked.values("dossier_id")))


def sees_whole(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the actor may read everything of a dossier that they may see at all.

    An officer who was only asked for an opinion sees what is needed for that: the papers and the question.
    """
    if actor.is_system or actor.kind == "citizen" or dossier.agency_id in _agencies(actor):
        return True
    return Dossier.objects.filter(_whole(actor), pk=dossier.pk).exists()


def _agencies(actor: Actor) -> set[int]:
    return {agency for right in _WORKING_RIGHTS for agency in actor.agencies_with(right)}


def _whole(actor: Actor) -> Q:
    """The condition that a dossier is an officer's to read whole."""
    agencies = _agencies(actor)
    seen = Q(agency_id__in=agencies) | Q(desk__agency_id__in=agencies) | Q(result_desk__agency_id__in=agencies)
    seen |= Q(parent__agency_id__in=agencies) | Q(parent__desk__agency_id__in=agencies)
    seen |= Q(pk__in=Dossier.objects.filter(agency_id__in=agencies, parent__isnull=False).values("parent_id"))
    for post in actor.postings:
        if not post.scope.is_everything:
            seen |= _in_agency(post.agency_id) & of_scope(post.scope)
    for unit_id in actor.units_with(Right.OVERSEE):
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
    found = visible_to(actor).filter(pk=dossier_id).select_related(*_RELATED).first()
    if found is None:
        raise no_dossier()
    return found


def get_visible_by_code(actor: Actor, code: str) -> Dossier:
    """Return the dossier of that code for reading; raises NotFound."""
    found = visible_to(actor).filter(code=code.strip().upper()).select_related(*_RELATED).first()
    if found is None:
        raise no_dossier()
    return found


def no_dossier() -> NotFound:
    """Return what is said of a dossier that is not there, or not there for this actor."""
    return NotFound(Problem("no_dossier", "Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc phạm vi của bạn."))
