"""Reading accounts and turning them into actors."""

from datetime import date, datetime

from django.utils import timezone

from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.models import Account, Posting
from motcua.identity.terms import ANONYMOUS, SYSTEM, AccountKind, Actor, ActorPosting

__all__ = ["ANONYMOUS", "SYSTEM", "actor_of", "postings_of"]

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
    rows = (
        Posting.objects.filter(holds_on(on), holds_on(on, "post__"), holds_on(on, "post__unit__"))
        .filter(account_id=account_id)
        .order_by("id")
        .values_list(*_POSTING_COLUMNS)
    )
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
        for post_id, title, rights, unit_id, agency_id, path, unit_name in rows
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
