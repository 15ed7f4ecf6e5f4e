"""Ca thu: open, count, hand over by two persons."""

import io
from datetime import timedelta

import pikepdf
import pytest

from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.world import MONDAY, World
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.payments.actions.correct import reverse_entry
from motcua.payments.actions.receipts import cancel_receipts
from motcua.payments.actions.shifts import close_shift, expected_in, open_shift, take_over_shift
from motcua.payments.models import Entry, Shift
from motcua.payments.papers import closing_sheet_pdf, receipts_pdf
from motcua.payments.queries.lists import (
    given_back_in,
    open_shift_of,
    payments_in,
    shifts_at,
    valid_receipts_in,
    valid_receipts_of,
)
from motcua.payments.terms import HandOver
from motcua.payments.tests.scene import FEE, charged, taken

EVENING = MONDAY + timedelta(hours=8)


def _open(world: World, opening: int = 50_000) -> Shift:
    return open_shift(actor=world.clerk, desk_id=world.desk.pk, opening=opening, at=MONDAY)


def _close(world: World, shift: Shift, counted: dict[int, int], reason: str = "", **changes: object) -> Shift:
    said = {"actor": world.clerk, "hand_over": HandOver.TREASURER} | changes
    return close_shift(shift_id=shift.pk, counted=counted, reason=reason, at=EVENING, **said)  # type: ignore[arg-type]


def test_a_day(world: World) -> None:
    shift = _open(world)
    taken(world, charged(world, FEE), 6_000)
    assert expected_in(shift) == 56_000
    assert [one.amount for one in payments_in(shift)] == [6_000]
    done = _close(world, shift, {50_000: 1, 5_000: 1, 1_000: 1, 500: 0})
    assert (done.counted, done.difference) == ({"50000": 1, "5000": 1, "1000": 1}, 0)
    assert str(done) == f"{world.desk.pk} {world.clerk.name}"
    waiting = closing_sheet_pdf(done)
    taken_over = take_over_shift(actor=world.chair, shift_id=shift.pk, at=EVENING)
    assert (taken_over.taken_by_id, taken_over.taken_at) == (world.chair.account_id, EVENING)
    assert closing_sheet_pdf(taken_over) != waiting
    assert open_shift_of(world.clerk.known_id, world.desk.pk) is None


def test_the_next_shift_begins_with_what_was_counted(world: World) -> None:
    shift = _close(world, _open(world), {50_000: 1}, hand_over=HandOver.NEXT_SHIFT)
    take_over_shift(actor=world.second_clerk, shift_id=shift.pk, at=EVENING)
    following = open_shift_of(world.second_clerk.known_id, world.desk.pk)
    assert following is not None
    assert following.opening == 50_000
    assert shifts_at([world.desk.pk], limit=5) == [following, shift]


def test_what_was_taken_in_a_closed_shift_goes_back_through_a_new_one(world: World) -> None:
    """The closed shift stays as it was counted; the new drawer must hold what it pays out."""
    bill = charged(world, FEE)
    payment = taken(world, bill, 6_000)
    shift = _close(world, Shift.objects.get(), {5_000: 1, 1_000: 1})
    sheet, entry = closing_sheet_pdf(shift), Entry.objects.get(payment=payment)

    def undo() -> list[Entry]:
        return reverse_entry(
            actor=world.clerk, bill_id=bill.pk, desk_id=world.desk.pk, entry_id=entry.pk, reason="Nhầm", at=EVENING
        )

    assert codes(refused(Invalid, undo)) == [("drawer_short", "method")]
    assert Shift.objects.count() == 1
    following = _open(world)
    (counter,) = undo()
    assert (counter.shift, counter.moved, expected_in(following)) == (following, -6_000, 44_000)
    assert given_back_in(following) == [counter]
    assert (expected_in(shift), closing_sheet_pdf(Shift.objects.get(pk=shift.pk))) == (6_000, sheet)


def test_receipts_in_one_go(world: World) -> None:
    first, wrong = taken(world, charged(world), 14_000), taken(world, charged(world, FEE, number=2), 6_000)
    cancel_receipts(world.clerk, wrong, reason="Nhầm", at=EVENING)
    shift = Shift.objects.get()
    printed = valid_receipts_in(shift)
    assert [(one.payment, one.fee_kind) for one in printed] == [(first, "fee"), (first, "charge")]
    with pikepdf.open(io.BytesIO(receipts_pdf(printed))) as pdf:
        assert len(pdf.pages) == 2
    assert receipts_pdf(printed) == receipts_pdf(valid_receipts_of("thing", 1))
    with pytest.raises(NotFound):
        valid_receipts_of("thing", 2)


def test_a_difference_is_explained(world: World) -> None:
    shift = _open(world)
    assert codes(refused(Invalid, lambda: _close(world, shift, {20_000: 2}))) == [("unexplained", "reason")]
    assert _close(world, shift, {20_000: 2}, "Trả lại nhầm cho dân").difference == -10_000
    assert closing_sheet_pdf(Shift.objects.get()).startswith(b"%PDF")


def test_who(world: World) -> None:
    shift = _open(world)
    refused(Conflict, lambda: _open(world))
    refused(Invalid, lambda: open_shift(actor=world.second_clerk, desk_id=world.desk.pk, opening=-1, at=MONDAY))
    refused(NotPermitted, lambda: open_shift(actor=world.head, desk_id=world.desk.pk, opening=0, at=MONDAY))
    refused(NotPermitted, lambda: _close(world, shift, {50_000: 1}, actor=world.second_clerk))
    stranger, head = world.stranger, world.head
    for actor in (stranger, head):
        refused(NotFound, lambda actor=actor: take_over_shift(actor=actor, shift_id=shift.pk, at=EVENING))
    refused(NotFound, lambda: take_over_shift(actor=world.clerk, shift_id=0, at=EVENING))
    refused(NotPermitted, lambda: take_over_shift(actor=world.clerk, shift_id=shift.pk, at=EVENING))
    refused(RuleBroken, lambda: take_over_shift(actor=world.second_clerk, shift_id=shift.pk, at=EVENING))
    _close(world, shift, {50_000: 1})
    assert codes(refused(RuleBroken, lambda: _close(world, shift, {}))) == [("shift_closed", "")]
    take_over_shift(actor=world.second_clerk, shift_id=shift.pk, at=EVENING)
    again = refused(RuleBroken, lambda: take_over_shift(actor=world.chair, shift_id=shift.pk, at=EVENING))
    assert world.second_clerk.name in again.problems[0].message


def test_after_closing_money_goes_into_another_shift(world: World) -> None:
    shift = _open(world, 0)
    bill = charged(world, FEE)
    taken(world, bill, 1_000)
    _close(world, shift, {1_000: 1})
    assert taken(world, bill, 1_000).shift_id != shift.pk


@pytest.mark.parametrize("counted", [{7: 1}, {1_000: -1, 500: 102}])
def test_impossible_counts(world: World, counted: dict[int, int]) -> None:
    shift = _open(world)
    refused(Invalid, lambda: _close(world, shift, counted, "lý do"))
