"""What an overseer oversees: dossiers, units, officers, and the entries of the journal about them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from motcua.agencies.access import root_ids
from motcua.agencies.models import Post
from motcua.agencies.queries import UnitInfo, subtree_ids, units_on
from motcua.agencies.terms import AGENCY_KINDS, Right
from motcua.dossiers.models import Dossier, HelperLimit
from motcua.identity.models import Account, ApiToken, Delegation, Posting
from motcua.identity.terms import AccountKind, Actor
from motcua.journal.models import Entry
from motcua.kernel.errors import NotFound, Problem

DOSSIER = "dossiers.dossier"
#: What holds for everybody: catalogue, calendar, clocks.
_COMMON = (
    "procedures.procedure",
    "deadlines.calendarexception",
    "deadlines.clocksetting",
    "deadlines.calendarrevision",
    "agencies.revision",
    "identity.factorrule",
    "journal.anchor",
)


def oversees_all(actor: Actor) -> bool:
    """Whether the actor oversees every province of the installation."""
    return actor.is_system or set(root_ids()) <= actor.units_with(Right.OVERSEE)


def overseen_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers of every agency at or below the units the actor oversees."""
    return _under(Dossier.objects.all(), "agency__path", actor.units_with(Right.OVERSEE))


def overseen_dossier(actor: Actor, code: str) -> Dossier:
    """Return one dossier for oversight, everything about it loaded; raises NotFound."""
    related = ("procedure", "owner", "submitter", "agency", "desk", "unit", "holder")
    found = overseen_dossiers(actor).filter(code=code.strip().upper()).select_related(*related).first()
    if found is None:
        raise NotFound(Problem("no_dossier", "Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc phạm vi giám sát của bạn."))
    return found


def overseen_agencies(actor: Actor, on: date) -> list[UnitInfo]:
    """Return the agencies of that day that the actor oversees, by name."""
    found = [unit for unit in units_on(on) if unit.kind in AGENCY_KINDS and actor.oversees(unit.path)]
    return sorted(found, key=lambda unit: unit.name_fold)


def overseen_entries(actor: Actor, *, under: int | None = None) -> QuerySet[Entry]:
    """Return the journal's entries within the actor's oversight; `under`: about one unit and what is below it.

    Sign-ins and accounts of citizens are nobody's to oversee.
    """
    if under is not None:
        return Entry.objects.filter(_about({under}, with_common=False))
    if oversees_all(actor):
        citizens = Account.objects.filter(kind=AccountKind.CITIZEN)
        return Entry.objects.exclude(object_type="identity.account", object_id__in=_ids(citizens))
    return Entry.objects.filter(_about(actor.units_with(Right.OVERSEE), with_common=True))


def _about(units: Iterable[int], *, with_common: bool) -> Q:
    wanted = set(units)
    inside = {one for unit_id in wanted for one in subtree_ids(unit_id)}
    held = Posting.objects.filter(post__unit_id__in=inside)
    officers = Account.objects.filter(kind=AccountKind.OFFICER, pk__in=held.values("account_id"))
    dossiers = _under(Dossier.objects.all(), "agency__path", wanted)
    found = (
        Q(object_type=DOSSIER, object_id__in=_ids(dossiers))
        | Q(object_type="agencies.unit", object_id__in=sorted(str(one) for one in inside))
        | Q(object_type="agencies.post", object_id__in=_ids(Post.objects.filter(unit_id__in=inside)))
        | Q(object_type="identity.account", object_id__in=_ids(officers))
        | Q(object_type="identity.delegation", object_id__in=_ids(Delegation.objects.filter(from_unit_id__in=inside)))
        | Q(object_type="dossiers.helperlimit", object_id__in=_ids(HelperLimit.objects.filter(desk_id__in=inside)))
        | Q(object_type="identity.apitoken", object_id__in=_ids(ApiToken.objects.filter(account__in=officers)))
    )
    return found | Q(object_type__in=_COMMON) if with_common else found


def _under(found: QuerySet[Dossier], path: str, units: Iterable[int]) -> QuerySet[Dossier]:
    return found.filter(**{f"{path}__overlap": sorted(units)})


def _ids(found: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    """Return the ids as the journal keeps them: text."""
    ids: QuerySet[Any, dict[str, Any]] = found.order_by().annotate(id_text=Cast("pk", TextField())).values("id_text")
    return ids
