"""Figures and lists over several rooms for the administrator's pages."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, F, Q, QuerySet

from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import ENDED
from motcua.identity.models import Account, Posting
from motcua.kernel.text import fold
from motcua.sites.office.folding import Folded


def with_words(found: QuerySet[Account], text: str) -> QuerySet[Account]:
    """Narrow to the accounts whose name, username or phone holds every word of the text."""
    found = found.annotate(folded=Folded(F("full_name")))
    for word in fold(text).split():
        found = found.filter(Q(folded__contains=word) | Q(username__contains=word) | Q(phone__startswith=word))
    return found


def not_ended() -> QuerySet[Dossier]:
    """Return the dossiers in which something is still to be done."""
    return Dossier.objects.exclude(status__in=sorted(ENDED))


@dataclass(frozen=True, slots=True)
class Held:
    """The open dossiers an officer holds in one unit, how many of them overdue."""

    unit_id: int
    unit_name: str
    open: int
    late: int


def open_work(account_id: int, *, at: datetime) -> list[Held]:
    """Return the open dossiers the officer holds, by unit (one query)."""
    counted = (
        not_ended()
        .filter(holder_id=account_id)
        .values("unit_id")
        .annotate(open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at)))
        .order_by("unit_id")
    )
    return [Held(row["unit_id"], unit_by_id(row["unit_id"]).name, row["open"], row["late"]) for row in counted]


def open_in_unit(unit_id: int) -> int:
    """Return how many open dossiers lie in the unit, wait at its desk or are worked on by it."""
    return not_ended().filter(Q(unit_id=unit_id) | Q(desk_id=unit_id) | Q(handling_unit_id=unit_id)).count()


@dataclass(frozen=True, slots=True)
class Heir:
    """Somebody who could take over: they handle dossiers in every unit that is left."""

    id: int
    full_name: str
    title: str
    load: int


def heirs(unit_ids: Collection[int], *, besides: int, on: date) -> list[Heir]:
    """Return who handles dossiers in every one of the units, with their open work, by name (two queries)."""
    if not unit_ids:
        return []
    held = Posting.objects.filter(
        holds_on(on),
        holds_on(on, "post__"),
        post__unit_id__in=unit_ids,
        post__rights__contains=[Right.HANDLE],
        account__is_active=True,
    ).exclude(account_id=besides)
    places: dict[int, set[int]] = {}
    people: dict[int, tuple[str, str]] = {}
    rows = held.order_by("account__sort_name", "id").values_list(
        "account_id", "account__full_name", "post__title", "post__unit_id"
    )
    for account_id, name, title, unit_id in rows:
        people[account_id] = (name, title)
        places.setdefault(account_id, set()).add(unit_id)
    able = [one for one, units in places.items() if units >= set(unit_ids)]
    load = loads(able)
    return [Heir(one, *people[one], load[one]) for one in able]


def loads(account_ids: Iterable[int]) -> Counter[int]:
    """Return how many open dossiers each of them holds (one query)."""
    counted = not_ended().filter(holder_id__in=list(account_ids)).values_list("holder_id").annotate(n=Count("pk"))
    return Counter({holder or 0: number for holder, number in counted.order_by()})


def without_post(officers: QuerySet[Account], *, on: date) -> QuerySet[Account]:
    """Narrow to the active officers who hold no post on that day."""
    held = Posting.objects.filter(holds_on(on), holds_on(on, "post__"))
    return officers.filter(is_active=True).exclude(pk__in=held.values("account_id"))


def to_activate(officers: QuerySet[Account]) -> QuerySet[Account]:
    """Narrow to the active officers who have not set a password yet."""
    return officers.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
