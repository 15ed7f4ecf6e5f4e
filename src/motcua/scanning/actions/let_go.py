"""Thôi giữ xấp giấy: the files and pages of a stack that is over."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from motcua.files.actions.hold import release
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.actions import record
from motcua.scanning.access import get_stack, lock_stack
from motcua.scanning.models import Stack
from motcua.scanning.queries import waiting_since
from motcua.scanning.terms import StackState

#: What nobody confirmed is thrown away after so long: scans of people's papers are not kept without a reason.
KEPT: Final = timedelta(days=14)


def let_go(stack: Stack, state: StackState, *, at: datetime) -> None:
    """Close a stack and let its files and pages go; inside the transaction of the act that ends it."""
    for blob_id in [*stack.files.values_list("blob_id", flat=True), *stack.pages.values_list("blob_id", flat=True)]:
        release(blob_id)
    stack.files.all().delete()
    stack.pages.all().delete()
    stack.state, stack.closed_at = state, at
    stack.save(update_fields=["state", "closed_at"])


@transaction.atomic
def drop_stack(*, actor: Actor, stack_id: int, at: datetime) -> Stack:
    """Bỏ xấp giấy: nothing of it goes into the dossier. Raises NotFound, NotPermitted, Conflict."""
    seen = get_stack(actor, stack_id)
    stack = lock_stack(actor, stack_id, at=at)
    let_go(stack, StackState.DROPPED, at=at)
    record(actor, "stack.dropped", stack, at=at, data={"code": seen.dossier.code, "pages": stack.total})
    return stack


def drop_forgotten(*, at: datetime) -> int:
    """Bỏ các xấp giấy bị quên: what nobody confirmed for `KEPT`; return how many."""
    found = list(waiting_since(at - KEPT).values_list("pk", flat=True))
    return sum(_drop(pk, at) for pk in found)


@transaction.atomic
def _drop(stack_id: int, at: datetime) -> bool:
    stack = Stack.objects.select_for_update(skip_locked=True).filter(pk=stack_id, closed_at__isnull=True).first()
    if stack is None:
        return False
    let_go(stack, StackState.DROPPED, at=at)
    record(SYSTEM, "stack.dropped", stack, at=at, data={"pages": stack.total, "why": "forgotten"})
    return True
