"""Reading notices, and finding the officers to tell."""

from datetime import date

from django.db.models import QuerySet

from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.models import Posting
from motcua.notifications.models import Notice

#: A number beside the bell needs no more than "99+".
MOST_COUNTED = 100
#: A unit-wide notice goes to no more people than this.
MOST_OFFICERS = 100


def notices_of(account_id: int, *, unread_only: bool = False) -> QuerySet[Notice]:
    """Return the account's notices, newest first."""
    found = Notice.objects.filter(account_id=account_id).order_by("-id")
    return found.filter(read_at__isnull=True) if unread_only else found


def unread_count(account_id: int) -> int:
    """Return how many notices the account has not read, at most 100 (one query on a partial index)."""
    return notices_of(account_id, unread_only=True)[:MOST_COUNTED].count()


def officers_with(right: Right | str, *, unit_id: int, on: date) -> list[int]:
    """Return ids of active accounts that hold the right in that very unit on that day, at most 100 (one query)."""
    held = Posting.objects.filter(holds_on(on), holds_on(on, "post__")).filter(
        post__unit_id=unit_id, post__rights__contains=[right], account__is_active=True
    )
    return list(held.order_by("account_id").values_list("account_id", flat=True).distinct()[:MOST_OFFICERS])
