"""Ca thu tiền mặt: mở, chốt, bàn giao."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Conflict, Invalid, NotPermitted, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.payments.access import lock_shift, need_desk
from motcua.payments.models import Entry, Shift
from motcua.payments.rules.cash import closing_problems, total_of
from motcua.payments.rules.ledger import dong
from motcua.payments.terms import HandOver


@transaction.atomic
def open_shift(*, actor: Actor, desk_id: int, opening: int, at: datetime) -> Shift:
    """Mở ca thu: the cashier takes the drawer with what is in it. Raises NotPermitted, Conflict, Invalid."""
    need_desk(actor, desk_id)
    if opening < 0:
        raise Invalid(Problem("negative", "Tiền đầu ca không được âm.", "opening"))
    if _open_shift(actor.known_id, desk_id) is not None:
        raise Conflict(Problem("shift_open", "Bạn đang có ca thu chưa chốt tại quầy này."))
    return _start(actor, desk_id, opening, at)


def shift_for(actor: Actor, desk_id: int, at: datetime) -> Shift:
    """Return the actor's open shift at the desk, its row locked; the first cash of the day opens one."""
    need_desk(actor, desk_id)
    return _open_shift(actor.known_id, desk_id) or _start(actor, desk_id, 0, at)


def paying_shift(actor: Actor, desk_id: int, amount: int, at: datetime) -> Shift:
    """Return the actor's shift as `shift_for`, whose drawer must hold what goes out of it; raises Invalid."""
    shift = shift_for(actor, desk_id, at)
    held = expected_in(shift)
    if amount > held:
        message = (
            f"Trong két của bạn theo sổ chỉ có {dong(held)}, không đủ {dong(amount)} để trả; hãy mở ca với tiền đầu ca "
            "hoặc hoàn bằng chuyển khoản."
        )
        raise Invalid(Problem("drawer_short", message, "method"))
    return shift


def expected_in(shift: Shift) -> int:
    """Return what must be in the drawer by the ledger, đồng."""
    moved: int = Entry.objects.filter(shift=shift).aggregate(moved=Sum("amount"))["moved"] or 0
    return shift.opening - moved


@transaction.atomic
def close_shift(
    *, actor: Actor, shift_id: int, counted: Mapping[int, int], reason: str, hand_over: HandOver, at: datetime
) -> Shift:
    """Chốt ca: count the notes; a difference is explained; nothing goes into this shift any more.

    Raises NotFound, NotPermitted (only the cashier closes), RuleBroken (closed already), Invalid.
    """
    shift = lock_shift(actor, shift_id)
    if shift.cashier_id != actor.account_id:
        raise NotPermitted(Problem("not_your_shift", "Chỉ người thu của ca chốt ca này."))
    if shift.closed_at is not None:
        raise RuleBroken(Problem("shift_closed", "Ca thu này đã chốt."))
    expected = expected_in(shift)
    if problems := closing_problems(counted, expected=expected, reason=reason):
        raise Invalid(problems)
    shift.counted = {str(note): number for note, number in sorted(counted.items(), reverse=True) if number}
    shift.counted_total, shift.expected_total = total_of(counted), expected
    shift.reason, shift.hand_over, shift.closed_at = reason, hand_over, at
    shift.save(update_fields=["counted", "counted_total", "expected_total", "reason", "hand_over", "closed_at"])
    data = {"counted": shift.counted_total, "expected": expected, "reason": reason}
    record(actor, "shift.closed", shift, at=at, data=data)
    return shift


@transaction.atomic
def take_over_shift(*, actor: Actor, shift_id: int, at: datetime) -> Shift:
    """Nhận bàn giao: a second person confirms the counted money; for the next shift it becomes their opening.

    Raises NotFound, NotPermitted (the cashier cannot confirm their own), RuleBroken (not closed, or taken already).
    """
    shift = lock_shift(actor, shift_id)
    if shift.cashier_id == actor.account_id:
        raise NotPermitted(Problem("two_persons", "Người nhận bàn giao phải là người khác với người thu."))
    if shift.closed_at is None:
        raise RuleBroken(Problem("not_closed", "Ca thu chưa chốt; người thu phải đếm tiền và chốt ca trước."))
    if shift.taken_at is not None:
        raise RuleBroken(Problem("taken_already", f"{shift.taken_by_name} đã nhận bàn giao ca này."))
    shift.taken_by_id, shift.taken_by_name, shift.taken_at = actor.known_id, actor.name, at
    shift.save(update_fields=["taken_by", "taken_by_name", "taken_at"])
    record(actor, "shift.taken_over", shift, at=at, data={"counted": shift.counted_total})
    if shift.hand_over == HandOver.NEXT_SHIFT:
        open_shift(actor=actor, desk_id=shift.desk_id, opening=shift.counted_total or 0, at=at)
    return shift


def _open_shift(account_id: int, desk_id: int) -> Shift | None:
    open_ones = Shift.objects.select_for_update().filter(closed_at__isnull=True)
    return open_ones.filter(desk_id=desk_id, cashier_id=account_id).first()


def _start(actor: Actor, desk_id: int, opening: int, at: datetime) -> Shift:
    shift = Shift(desk_id=desk_id, cashier_id=actor.known_id, cashier_name=actor.name, opened_at=at, opening=opening)
    shift = insert(shift)
    record(actor, "shift.opened", shift, at=at, data={"opening": opening}, is_new=True)
    return shift
