"""Reading accounts and turning them into actors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.utils import timezone

from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.models import Account, Delegation, OneTimeLink, Posting
from motcua.identity.rules.secrets import hash_of
from motcua.identity.terms import (
    ANONYMOUS,
    SYSTEM,
    AccountKind,
    Actor,
    ActorPosting,
    DelegationKind,
    Mandate,
    Scope,
)
from motcua.kernel.asking import Question, Row
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.lookups import any_of
from motcua.kernel.rows import Rows

__all__ = [
    "ANONYMOUS",
    "SYSTEM",
    "account_of_link",
    "actor_of",
    "basis_text",
    "end_of_mandate",
    "ended_mandates",
    "holders_of",
    "mandates_on",
    "officers_in",
    "postings_of",
    "stand_ins",
]

_POSTING_COLUMNS = (
    "post_id",
    "post__title",
    "post__rights",
    "post__unit_id",
    "post__unit__agency_id",
    "post__unit__path",
    "post__unit__name",
)


def actor_of(account: Account, on: date) -> Actor:
    """The account as an actor with the posts it holds on that day, and what is delegated to it at some moment of it.

    One query for officers, none for citizens; `actor.at(moment)` leaves the delegations of that very moment. A
    deactivated account is nobody: ANONYMOUS.
    """
    if not account.is_active:
        return ANONYMOUS
    is_officer = account.kind == AccountKind.OFFICER
    postings = postings_of(account.pk, on) if is_officer else ()
    return Actor(account.pk, account.full_name, "officer" if is_officer else "citizen", postings)


def postings_of(account_id: int, on: date) -> tuple[ActorPosting, ...]:
    """The posts the account holds on that day, in units and posts that still exist, oldest first; then mandates.

    Delegations count only for somebody who holds a post of their own, and while the giver holds theirs.
    """
    begins = datetime.combine(on, time.min, timezone.get_default_timezone())
    rows = sorted(_POSTINGS(account_id=account_id, on=on, begins=begins, ends=begins + timedelta(days=1)), key=_order)
    own = tuple(_posting(row) for row in rows if row[_DELEGATION] is None)
    if not own:
        return ()
    return own + tuple(_delegated(row, own) for row in rows if row[_DELEGATION] is not None)


#: The same of a delegation: what is lent, then by which one.
_MANDATE_COLUMNS = (
    "from_post_id",
    "from_post__title",
    "rights",
    "from_unit_id",
    "from_unit__agency_id",
    "from_unit__path",
    "from_unit__name",
    "id",
    "id",
    "kind",
    "giver_id",
    "giver__full_name",
    "starts_at",
    "ends_at",
    "domains",
    "procedures",
    "basis_number",
    "basis_date",
)
_MOST_REMEMBERED = 20
#: Places of columns in the rows: the delegation comes after the columns of a posting.
_DELEGATION = len(_POSTING_COLUMNS)


def _order(row: Row) -> tuple[int, int]:
    return row[_DELEGATION] or 0, row[_DELEGATION + 1]


def _posting(row: Row) -> ActorPosting:
    post_id, title, rights, unit_id, agency_id, path, unit_name = row[:_DELEGATION]
    return ActorPosting(
        post_id=post_id,
        post_title=title,
        unit_id=unit_id,
        agency_id=agency_id,
        unit_path=tuple(path),
        rights=frozenset(Right(right) for right in rights),
        unit_name=unit_name,
    )


def _delegated(row: Row, own: tuple[ActorPosting, ...]) -> ActorPosting:
    post_id, title, rights, unit_id, agency_id, path, unit_name = row[:_DELEGATION]
    delegation_id, _, kind, giver_id, giver, since, until, domains, procedures, number, signed = row[_DELEGATION:]
    kind = DelegationKind(kind)
    mandate = Mandate(
        delegation_id=delegation_id,
        kind=kind,
        giver_name=giver or "",
        giver_title=title or unit_name,
        basis=basis_text(number, signed),
        since=since,
        until=until,
        scope=Scope(frozenset(domains), frozenset(procedures)),
        stands_for=giver_id if kind == DelegationKind.LEAVE else None,
    )
    mine = next((post for post in own if post.agency_id == agency_id), own[0])
    return ActorPosting(
        post_id=post_id or 0,
        post_title=mine.post_title,
        unit_id=unit_id,
        agency_id=agency_id,
        unit_path=tuple(path),
        rights=frozenset(Right(right) for right in rights),
        unit_name=mine.unit_name,
        mandate=mandate,
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """A delegation that is over: since when, and whether somebody took it back."""

    mandate: Mandate
    at: datetime
    was_revoked: bool


def end_of_mandate(mandate: Mandate, *, at: datetime) -> Ended | None:
    """How the delegation ended before `at`, asked anew (one query); None while it is in force."""
    rows = Delegation.objects.filter(pk=mandate.delegation_id).values_list("ends_at", "revoked_at")
    return _end_of(mandate, *rows.get(), at=at)


def ended_mandates(actor: Actor, *, at: datetime, since: datetime) -> list[tuple[Actor, Ended]]:
    """The delegations to the actor that ended between `since` and `at`, the last first, and the actor as they were."""
    if actor.account_id is None:
        return []
    own = tuple(post for post in actor.postings if post.mandate is None)
    over = Q(revoked_at__gt=since, revoked_at__lte=at) | Q(ends_at__gt=since, ends_at__lte=at)
    given = mandates_on(actor.account_id, timezone.localdate(at)).filter(over, starts_at__lte=at)
    rows = given.order_by("-pk").values_list(*_MANDATE_COLUMNS, "revoked_at")[:_MOST_REMEMBERED] if own else ()
    found = []
    for *row, revoked_at in rows:
        posting = _delegated(tuple(row), own)
        if posting.mandate and (end := _end_of(posting.mandate, posting.mandate.until, revoked_at, at=at)):
            found.append((actor.holding([posting]), end))
    return found


def _end_of(mandate: Mandate, ends_at: datetime | None, revoked_at: datetime | None, *, at: datetime) -> Ended | None:
    if revoked_at is not None and revoked_at <= at and (ends_at is None or revoked_at <= ends_at):
        return Ended(mandate, revoked_at, was_revoked=True)
    return Ended(mandate, ends_at, was_revoked=False) if ends_at is not None and ends_at <= at else None


def basis_text(number: str, signed: date | None) -> str:
    """The paper a delegation rests on, in words: "12/QĐ-UBND ngày 02/03/2026"."""
    return " ngày ".join(filter(None, [number, f"{signed:%d/%m/%Y}" if signed else ""]))


def _own_postings(account_id: int, on: date) -> QuerySet[Posting]:
    held = Posting.objects.filter(holds_on(on), holds_on(on, "post__"), holds_on(on, "post__unit__"))
    return held.filter(account_id=account_id)


def mandates_on(account_id: int, on: date) -> QuerySet[Delegation]:
    """The delegations to the account, its posts or the units it leads whose givers still hold their posts that day."""
    mine = _own_postings(account_id, on).order_by()
    leads = Q(post__rights__overlap=[Right.LEAD_DIVISION.value, Right.LEAD_AGENCY.value])
    for_me = (
        Q(to_account_id=account_id)
        | Exists(mine.filter(post_id=OuterRef("to_post_id")))
        | Exists(mine.filter(leads, post__unit_id=OuterRef("to_unit_id")))
    )
    gives_still = Q(giver__isnull=True) | Exists(
        Posting.objects.filter(holds_on(on), account_id=OuterRef("giver_id"), post_id=OuterRef("from_post_id"))
    )
    post_stands = Q(from_post__isnull=True) | holds_on(on, "from_post__")
    return Delegation.objects.filter(for_me, gives_still, post_stands, holds_on(on, "from_unit__"))


def _everything(account_id: int, on: date, begins: datetime, ends: datetime) -> QuerySet[Any, Any]:
    nothing = {
        "delegation_id": Value(None, IntegerField()),
        "row_id": F("id"),
        "kind": Value(None, CharField()),
        "giver_id": Value(None, IntegerField()),
        "giver_name": Value(None, CharField()),
        "since": Value(None, DateTimeField()),
        "until": Value(None, DateTimeField()),
        "of_domains": Value(None, ArrayField(CharField())),
        "of_procedures": Value(None, ArrayField(CharField())),
        "number": Value(None, CharField()),
        "signed": Value(None, DateField()),
    }
    own = _own_postings(account_id, on).annotate(**nothing).values_list(*_POSTING_COLUMNS, *nothing)
    live = Q(ends_at__isnull=True) | Q(ends_at__gt=begins)
    given = mandates_on(account_id, on).filter(live, revoked_at__isnull=True, starts_at__lt=ends)
    named = {f"c{number:02d}": F(name) for number, name in enumerate(_MANDATE_COLUMNS)}
    return own.union(given.annotate(**named).values_list(*named), all=True)


_POSTINGS = Question(_everything, account_id=int, on=date, begins=datetime, ends=datetime)


def holders_of(right: Right, unit_id: int, *, on: datetime) -> list[Account]:
    """The active officers who hold a post with the right in that very unit on the day of `on`, by name."""
    return _HOLDERS(right=Right(right).value, unit_id=unit_id, day=timezone.localtime(on).date())


_HOLDERS = Rows(
    lambda right, unit_id, day: Account.objects.filter(
        pk__in=Posting.objects.filter(
            holds_on(day), holds_on(day, "post__"), post__unit_id=unit_id, post__rights__contains=[right]
        ).values("account_id"),
        is_active=True,
    ).order_by("sort_name", "id"),
    right=str,
    unit_id=int,
    day=date,
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who does an absent officer's work, and until when."""

    account: Account
    until: datetime | None


def stand_ins(account_ids: Iterable[int], unit_id: int, *, at: datetime) -> dict[int, StandIn]:
    """Who stands in at the moment for those of these officers who are absent from the unit (one query)."""
    rows = _STAND_INS(givers=sorted(set(account_ids)), unit_id=unit_id, at=at)
    return {row.giver_id: StandIn(row.to_account, row.ends_at) for row in rows if row.giver_id and row.to_account}


_STAND_INS = Rows(
    lambda givers, unit_id, at: Delegation.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at),
        any_of("giver_id", givers),
        starts_at__lte=at,
        kind=DelegationKind.LEAVE,
        revoked_at__isnull=True,
        from_unit_id=unit_id,
    ).select_related("to_account"),
    givers=tuple[int, ...],
    unit_id=int,
    at=datetime,
)


def officers_in(unit_ids: Iterable[int], *, on: date) -> QuerySet[Account]:
    """The officers who hold a post in one of the units on that day, by Vietnamese name order."""
    held = Posting.objects.filter(holds_on(on), holds_on(on, "post__"), post__unit_id__in=list(unit_ids))
    return Account.objects.filter(pk__in=held.values("account_id")).order_by("sort_name", "pk")


def account_of_link(secret: str, *, at: datetime) -> Account | None:
    """Whose unused, unexpired one-time link this is; None when it is nobody's."""
    link = OneTimeLink.objects.filter(token_hash=hash_of(secret), used_at__isnull=True, expires_at__gt=at)
    found = link.select_related("account").first()
    return found.account if found else None


def account_by_username(username: str, *, field: str) -> Account:
    """The active account of that user name; raises Invalid naming the field."""
    found = Account.objects.filter(username=username.strip().lower(), is_active=True).first()
    if found is None:
        raise Invalid(Problem("unknown_account", f"Không có tài khoản «{username[:150]}» đang hoạt động.", field))
    return found
