"""Reading accounts and turning them into actors."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.models import Account, OneTimeLink, Posting
from motcua.identity.rules.secrets import hash_of
from motcua.identity.terms import ANONYMOUS, SYSTEM, AccountKind, Actor, ActorPosting
from motcua.kernel.asking import Question
from motcua.kernel.errors import Invalid, Problem

__all__ = [
    "ANONYMOUS",
    "SYSTEM",
    "account_of_link",
    "actor_of",
    "holders_of",
    "officers_in",
    "postings_of",
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
    """The account as an actor with the posts it holds on that day (one query for officers, none for citizens).

    A deactivated account is nobody: ANONYMOUS.
    """
    if not account.is_active:
        return ANONYMOUS
    is_officer = account.kind == AccountKind.OFFICER
    postings = postings_of(account.pk, on) if is_officer else ()
    return Actor(account.pk, account.full_name, "officer" if is_officer else "citizen", postings)


def postings_of(account_id: int, on: date) -> tuple[ActorPosting, ...]:
    """The posts the account holds on that day, in units and posts that still exist; oldest first."""
    return tuple(
        ActorPosting(
            post_id=post_id,
            post_title=title,
            unit_id=unit_id,
            agency_id=agency_id,
            unit_path=tuple(path),
            rights=frozenset(Right(right) for right in rights),
            unit_name=unit_name,
        )
        for post_id, title, rights, unit_id, agency_id, path, unit_name in _POSTINGS(account_id=account_id, on=on)
    )


_POSTINGS = Question(
    lambda account_id, on: (
        Posting.objects.filter(holds_on(on), holds_on(on, "post__"), holds_on(on, "post__unit__"))
        .filter(account_id=account_id)
        .order_by("id")
        .values_list(*_POSTING_COLUMNS)
    ),
    account_id=int,
    on=date,
)


def holders_of(right: Right, unit_id: int, *, on: datetime) -> list[Account]:
    """The active officers who hold a post with the right in that very unit on the day of `on`, by name."""
    day = timezone.localtime(on).date()
    found = Account.objects.filter(
        pk__in=Posting.objects.filter(
            holds_on(day), holds_on(day, "post__"), post__unit_id=unit_id, post__rights__contains=[right]
        ).values("account_id"),
        is_active=True,
    )
    return list(found.order_by("sort_name", "id"))


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
