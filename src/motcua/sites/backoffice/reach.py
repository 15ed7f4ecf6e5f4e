"""How far an administrator reaches: which units, which officers."""

from datetime import date

from django.db.models import Q, QuerySet

from motcua.agencies.access import root_ids
from motcua.agencies.queries import UnitInfo, units_on
from motcua.agencies.terms import Right
from motcua.identity.models import Account, Posting
from motcua.identity.terms import AccountKind, Actor
from motcua.kernel.errors import NotFound, Problem


def administers_all(actor: Actor) -> bool:
    """Whether the actor administers the installation (a unit with nothing above it)."""
    return any(actor.reaches(Right.ADMIN, [root]) for root in root_ids())


def may_change(actor: Actor, unit: UnitInfo) -> bool:
    """Whether the actor administers the unit."""
    return actor.reaches(Right.ADMIN, unit.path)


def own_units(actor: Actor, on: date) -> list[UnitInfo]:
    """Return the units of that day that the actor administers, those above first, then by name."""
    found = [unit for unit in units_on(on) if may_change(actor, unit)]
    return sorted(found, key=lambda unit: (len(unit.path), unit.name_fold))


def officers_of(actor: Actor) -> QuerySet[Account]:
    """Return the officers the actor may look at: who holds or held a post below, and who never held any."""
    found = Account.objects.filter(kind=AccountKind.OFFICER)
    if administers_all(actor):
        return found
    below = Posting.objects.filter(post__unit__path__overlap=sorted(actor.units_with(Right.ADMIN)))
    return found.filter(Q(pk__in=below.values("account_id")) | Q(postings__isnull=True))


def officer(actor: Actor, username: str) -> Account:
    """Return the officer of that username if the actor may look at them; raises NotFound."""
    found = officers_of(actor).filter(username=username).first()
    if found is None:
        message = "Không tìm thấy cán bộ này, hoặc người này không thuộc đơn vị bạn quản trị."
        raise NotFound(Problem("account_unknown", message))
    return found
