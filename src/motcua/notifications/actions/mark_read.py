"""Đánh dấu đã đọc."""

from datetime import datetime

from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem
from motcua.notifications.models import Notice
from motcua.notifications.queries import notices_of


def mark_read(*, actor: Actor, notice_id: int, at: datetime) -> Notice:
    """Đánh dấu đã đọc: the actor has read one of their own notices; a second time changes nothing.

    Raises NotPermitted without a signed-in person, NotFound when the notice is not theirs.
    """
    own = notices_of(_reader(actor)).filter(pk=notice_id)
    own.filter(read_at__isnull=True).update(read_at=at)
    notice = own.first()
    if notice is None:
        raise NotFound(Problem("notice_not_found", "Không có thông báo này; có thể đã bị xóa hoặc của người khác."))
    return notice


def mark_all_read(*, actor: Actor, at: datetime, up_to: int | None = None) -> int:
    """Đánh dấu đã đọc tất cả: also only up to the notice `up_to` that the reader saw; return how many changed.

    Raises NotPermitted without a signed-in person.
    """
    unread = notices_of(_reader(actor), unread_only=True)
    if up_to is not None:
        unread = unread.filter(pk__lte=up_to)
    return unread.update(read_at=at)


def _reader(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotPermitted(Problem("sign_in_needed", "Hãy đăng nhập để đọc thông báo của mình."))
    return actor.account_id
