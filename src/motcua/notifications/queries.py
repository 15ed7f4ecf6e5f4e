"""Reading notices."""

from django.db.models import QuerySet

from motcua.kernel.asking import Question
from motcua.notifications.models import Notice

#: A number beside the bell needs no more than "99+".
MOST_COUNTED = 100


def notices_of(account_id: int, *, unread_only: bool = False) -> QuerySet[Notice]:
    """Return the account's notices, newest first."""
    found = Notice.objects.filter(account_id=account_id).order_by("-id")
    return found.filter(read_at__isnull=True) if unread_only else found


def unread_count(account_id: int) -> int:
    """Return how many notices the account has not read, at most 100 (one query on a partial index)."""
    return len(_UNREAD(account_id=account_id, most=MOST_COUNTED))


_UNREAD = Question(
    lambda account_id, most: notices_of(account_id, unread_only=True).values_list("pk")[:most],
    account_id=int,
    most=object,
)
