"""Phi địa giới hành chính: how a dossier stands that one place took in and another solves."""

from django.db.models import TextChoices

from motcua.dossiers.terms import Status

_DONE = frozenset({Status.FINISHED, Status.DELIVERED})


class Boundary(TextChoices):
    """The four states of such a dossier (domain facts 1.6); read from status and place, never stored."""

    RECEIVED = "1", "Được tiếp nhận"
    PROCESSING = "2", "Đang xử lý"
    RETURNED = "3", "Đã trả kết quả"
    AWAITED = "4", "Chờ đơn vị tiếp nhận"


def boundary_of(status: int, *, at_desk: bool, is_untaken: bool) -> Boundary | None:
    """Return the state; None before receipt and for what ended without a result.

    `at_desk`: the desk that took it in has it; `is_untaken`: it was sent, and nobody there has touched it.
    """
    if status in {Status.SUBMITTED, Status.REFUSED, Status.WITHDRAWN, Status.STOPPED}:
        return None
    if status == Status.DELIVERED:
        return Boundary.RETURNED
    if at_desk and status not in _DONE:
        return Boundary.RECEIVED
    return Boundary.AWAITED if is_untaken and status not in _DONE else Boundary.PROCESSING
