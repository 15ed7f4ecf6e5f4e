"""Charging, taking, booking, waiving, cancelling, refunding, countering; receipts."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.terms import SYSTEM
from motcua.journal.models import Entry as JournalEntry
from motcua.journal.models import OutboxEvent
from motcua.journal.queries import verify_chain
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.payments.actions.charge import request_payment
from motcua.payments.actions.collecting import Account, set_collecting
from motcua.payments.actions.correct import Refund, cancel_line, refund, reverse_entry, waive
from motcua.payments.actions.receipts import open_series
from motcua.payments.actions.settle import book_payment, take_payment
from motcua.payments.actions.shifts import open_shift
from motcua.payments.models import Bill, Collecting, Entry, Payment, Receipt, ReceiptSeries, Shift
from motcua.payments.papers import receipt_pdf
from motcua.payments.queries.standing import bill_of, bill_view, left_of_line, standing_of_bill, wrong_entries
from motcua.payments.terms import BillState, Charge, EntryKind, FeeKind, Method
from motcua.payments.tests.scene import CHARGE, CODE, FEE, charged, taken


def _book(bill: Bill, amount: int, key: str = "bank:1") -> Payment:
    return book_payment(
        actor=SYSTEM, bill_id=bill.pk, amount=amount, method=Method.TRANSFER, source_key=key, number="FT1", at=MONDAY
    )


def _undo(world: World, bill: Bill, entry: Entry, reason: str = "Ghi nhầm") -> list[Entry]:
    return reverse_entry(
        actor=world.clerk, bill_id=bill.pk, desk_id=world.desk.pk, entry_id=entry.pk, reason=reason, at=MONDAY
    )


def _back(world: World, bill: Bill, amount: int, **said: object) -> list[Entry]:
    facts = Refund(**{"to_name": "Hoà", "reason": "Rút hồ sơ", **said})  # type: ignore[arg-type]
    return refund(actor=world.clerk, bill_id=bill.pk, desk_id=world.desk.pk, amount=amount, refunded=facts, at=MONDAY)


def test_a_bill_is_opened_once_and_grows(world: World) -> None:
    bill = charged(world)
    assert (bill.reference, bill.unit_id, str(bill)) == ("MCH49612603020001", world.ward.pk, bill.reference)
    assert (bill.subject.code, bill.payer.name) == (CODE, "Nguyễn Thị Hoà")
    again = charged(world, Charge(FeeKind.FEE, "Phí khác", 500, reason="Bổ sung"))
    assert again == bill == bill_of("thing", 1)
    assert [line.number for line in bill.lines.order_by("number")] == [1, 2, 3]
    assert standing_of_bill(bill).owed == 14_500
    assert verify_chain("payments.bill", str(bill.pk)) == []
    assert codes(refused(Invalid, lambda: charged(world, Charge(FeeKind.FEE, "", 0)))) == [
        ("required", "name"), ("amount", "unit_price"),
    ]  # fmt: skip


def test_request(world: World) -> None:
    bill = request_payment(actor=world.clerk, bill_id=charged(world).pk, at=MONDAY)
    assert bill_view(bill).state == BillState.WAITING
    assert codes(refused(NotFound, lambda: request_payment(actor=world.clerk, bill_id=0, at=MONDAY))) == [
        ("no_bill", "")
    ]


def test_cash_is_shared_between_kinds_with_a_receipt_each(world: World) -> None:
    bill = charged(world)
    payment = taken(world, bill, 10_000)
    view = bill_view(bill)
    assert (view.state, view.standing.owed, view.standing.paid) == (BillState.PART, 4_000, 10_000)
    assert [(one.fee_kind, one.amount, one.number) for one in view.receipts] == [
        ("fee", 6_000, 1), ("charge", 4_000, 1),
    ]  # fmt: skip
    assert payment.shift is not None
    assert payment.shift.cashier_id == world.clerk.account_id
    data = view.receipts[0].data
    assert (data["amount_in_words"], data["code"], data["names"]) == ("Sáu nghìn đồng", CODE, ["Phí chứng thực"])
    taken(world, bill, 4_000)
    assert bill_view(bill).state == BillState.PAID
    assert Shift.objects.count() == 1
    assert [one.number for one in Receipt.objects.filter(fee_kind="charge").order_by("pk")] == [1, 2]


@pytest.mark.parametrize(("amount", "code"), [(0, "amount"), (14_001, "too_much")])
def test_cash_that_is_not_owed(world: World, amount: int, code: str) -> None:
    bill = charged(world)
    assert codes(refused(Invalid, lambda: taken(world, bill, amount))) == [(code, "amount")]


def test_only_at_the_own_desk_and_by_a_person(world: World) -> None:
    bill, head, stranger = charged(world), world.head, world.stranger
    for actor in (head, stranger, SYSTEM):
        refused(NotPermitted, lambda actor=actor: taken(world, bill, 100, by=actor))


def test_the_post_fills_no_drawer(world: World) -> None:
    bill = charged(world)
    payment = take_payment(
        actor=world.clerk, bill_id=bill.pk, desk_id=world.desk.pk, amount=14_000, at=MONDAY, method=Method.POST,
        payer_name="Bưu tá", number="EM1",
    )  # fmt: skip
    assert (payment.shift, payment.payer_name, payment.external_number) == (None, "Bưu tá", "EM1")


def test_a_transfer_counts_once_and_too_much_waits(world: World) -> None:
    bill = charged(world)
    first = _book(bill, 15_000)
    assert _book(bill, 15_000) == first
    event = OutboxEvent.objects.get(name="payment.booked")
    assert (event.payload["amount"], event.payload["owed"], event.payload["excess"]) == (15_000, 0, 1_000)
    assert [(one.fee_kind, one.amount) for one in Receipt.objects.order_by("pk")] == [("fee", 6_000), ("charge", 8_000)]
    assert bill_view(bill).state == BillState.OVERPAID
    assert [one.pk for one in wrong_entries(bill)] == [Entry.objects.filter(payment=first).order_by("pk")[0].pk]
    _book(charged(world, FEE, number=2), 100, key="bank:2")
    lone = charged(world, FEE, number=3)
    _book(lone, 6_000, key="bank:3")
    _book(lone, 700, key="bank:4")
    assert standing_of_bill(lone).excess == 700
    assert Receipt.objects.filter(payment__source_key="bank:4").count() == 0


def test_waive(world: World) -> None:
    bill = charged(world)
    fee = bill.lines.get(number=1)

    def do(amount: int, ground: str = "Người có công", basis: str = "Điều 10", line: int = fee.pk) -> Entry:
        return waive(
            actor=world.chair, bill_id=bill.pk, line_id=line, amount=amount, ground=ground, basis=basis, at=MONDAY
        )

    assert codes(refused(Invalid, lambda: do(6_001, "", ""))) == [
        ("required", "reason"), ("required", "basis"), ("amount", "amount"),
    ]  # fmt: skip
    refused(Invalid, lambda: do(0))
    refused(NotFound, lambda: do(1, line=0))
    entry = do(2_000)
    assert (entry.amount, entry.by_name, entry.basis, str(entry)) == (
        -2_000, world.chair.name, "Điều 10", f"{bill.pk} waived -2000",
    )  # fmt: skip
    assert left_of_line(fee) == 4_000
    assert standing_of_bill(bill).waived == 2_000


def test_cancel(world: World) -> None:
    bill = charged(world)
    line = bill.lines.get(number=2)

    def do(reason: str = "Nhập nhầm") -> Entry:
        return cancel_line(actor=world.clerk, bill_id=bill.pk, line_id=line.pk, reason=reason, at=MONDAY)

    refused(Invalid, lambda: do(""))
    do()
    assert (left_of_line(line), standing_of_bill(bill).owed) == (0, 6_000)
    assert bill_view(bill).lines[1].is_cancelled
    assert codes(refused(RuleBroken, do)) == [("cancelled_already", "")]
    cancel_line(actor=world.clerk, bill_id=bill.pk, line_id=bill.lines.get(number=1).pk, reason="x", at=MONDAY)
    assert bill_view(bill).state == BillState.CANCELLED


def test_refund_of_what_is_too_much(world: World) -> None:
    bill = charged(world)
    _book(bill, 15_000)
    nothing_said = {"to_name": "", "reason": "", "method": Method.TRANSFER}
    assert codes(refused(Invalid, lambda: _back(world, bill, 2_000, **nothing_said))) == [
        ("too_much", "amount"), ("required", "to_name"), ("required", "reason"), ("required", "account"),
    ]  # fmt: skip
    cancel_line(actor=world.clerk, bill_id=bill.pk, line_id=bill.lines.get(number=2).pk, reason="x", at=MONDAY)
    short = refused(Invalid, lambda: _back(world, bill, 5_000))
    assert (codes(short), "chỉ có 0 đồng" in short.problems[0].message) == ([("drawer_short", "method")], True)
    open_shift(actor=world.clerk, desk_id=world.desk.pk, opening=5_000, at=MONDAY)
    written = _back(world, bill, 5_000)
    assert [(one.fee_kind, one.amount) for one in written] == [("charge", 1_000), ("charge", 4_000)]
    assert (written[0].is_excess, written[0].shift is not None) == (True, True)
    rest = _back(world, bill, 4_000, method=Method.TRANSFER, account="123", bank="BIDV")
    assert [(one.shift, one.details["account"]) for one in rest] == [(None, "123")]
    assert bill_view(bill).state == BillState.PAID
    assert standing_of_bill(bill).refunded == 9_000


def test_a_wrong_payment_is_answered_by_its_opposite(world: World) -> None:
    bill = charged(world)
    payment = taken(world, bill, 14_000)
    paid = Entry.objects.filter(payment=payment).order_by("pk")
    refused(Invalid, lambda: _undo(world, bill, paid[0], reason=""))
    refused(NotFound, lambda: _undo(world, bill, Entry(pk=0)))
    due = Entry.objects.filter(bill=bill, kind=EntryKind.DUE)[0]
    assert codes(refused(RuleBroken, lambda: _undo(world, bill, due))) == [("not_counterable", "")]
    written = _undo(world, bill, paid[1])
    assert [one.amount for one in written] == [6_000, 8_000]
    assert (standing_of_bill(bill).owed, standing_of_bill(bill).paid) == (14_000, 0)
    cancelled = Receipt.objects.filter(payment=payment)
    assert {(one.cancel_reason, one.cancelled_by_name) for one in cancelled} == {("Ghi nhầm", world.clerk.name)}
    assert codes(refused(RuleBroken, lambda: _undo(world, bill, paid[0]))) == [("countered_already", "")]
    taken(world, bill, 14_000)
    assert sorted(Receipt.objects.values_list("fee_kind", "number")) == [
        ("charge", 1), ("charge", 2), ("fee", 1), ("fee", 2),
    ]  # fmt: skip
    assert standing_of_bill(bill).owed == 0


def test_a_wrong_waiver_is_answered(world: World) -> None:
    bill = charged(world, FEE)
    line = bill.lines.get()
    entry = waive(actor=world.clerk, bill_id=bill.pk, line_id=line.pk, amount=6_000, ground="x", basis="y", at=MONDAY)
    (answer,) = _undo(world, bill, entry)
    assert (answer.shift, answer.line_id, left_of_line(line)) == (None, line.pk, 6_000)
    assert wrong_entries(bill) == []


@pytest.mark.parametrize("model", [Entry, Payment])
def test_nothing_is_edited(world: World, model: type[Entry] | type[Payment]) -> None:
    taken(world, charged(world), 100)
    rows = model.objects.all()
    for do in (lambda: rows.update(amount=1), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            do()


# Receipts


def test_reprints_are_alike_and_cancelled_ones_are_marked(world: World) -> None:
    bill = charged(world)
    taken(world, bill, 14_000)
    receipt = Receipt.objects.first()
    assert receipt is not None
    assert str(receipt) == f"{receipt.series_id} 1"
    first = receipt_pdf(receipt)
    assert first.startswith(b"%PDF-")
    set_collecting(actor=world.chair, unit_id=world.ward.pk, account=Account(tax_code="5700000001"), at=MONDAY)
    assert receipt_pdf(Receipt.objects.get(pk=receipt.pk)) == first
    _undo(world, bill, Entry.objects.filter(kind=EntryKind.PAID)[0])
    assert receipt_pdf(Receipt.objects.get(pk=receipt.pk)) != first


def _series(world: World, **changes: object) -> Callable[[], ReceiptSeries]:
    said = {"actor": world.chair, "unit_id": world.ward.pk, "kind": FeeKind.FEE, "at": MONDAY} | {
        "template_number": "01BLP0-002", "symbol": "AB-26E", **changes,
    }  # fmt: skip
    return lambda: open_series(**said)  # type: ignore[arg-type]


def test_a_new_series_begins_at_one(world: World) -> None:
    bill = charged(world, FEE)
    taken(world, bill, 1_000)
    refused(NotPermitted, _series(world, actor=world.clerk))
    assert [one[0] for one in codes(refused(Invalid, _series(world, template_number="", symbol="")))] == [
        "required", "required",
    ]  # fmt: skip
    used = _series(world, template_number="01BLP0-001", symbol="AA-26E")
    assert codes(refused(Invalid, used)) == [("series_used", "symbol")]
    assert str(_series(world)()) == "01BLP0-002 AB-26E"
    taken(world, bill, 1_000)
    assert list(Receipt.objects.order_by("pk").values_list("series__symbol", "number")) == [
        ("AA-26E", 1), ("AB-26E", 1),
    ]  # fmt: skip


def test_collecting(world: World) -> None:
    def do(actor: object = None, **said: str) -> Collecting:
        return set_collecting(
            actor=actor or world.chair,  # type: ignore[arg-type]
            unit_id=world.ward.pk,
            account=Account(**said),
            at=MONDAY,
        )

    refused(NotPermitted, lambda: do(world.clerk))
    assert codes(refused(Invalid, lambda: do(account_number="12/3", bank_bin="97"))) == [
        ("account", "account_number"), ("bin", "bank_bin"),
    ]  # fmt: skip
    found = do(account_number="1199 0000 123", bank_bin="970436", bank_name="Vietcombank")
    assert (str(found), found.takes_transfers) == ("11990000123", True)
    assert not do().takes_transfers
    assert JournalEntry.objects.filter(verb="payment.account_set").count() == 2


def test_conflict_is_not_needed(world: World) -> None:
    """A second cashier comes too late: nothing is owed any more (see the races)."""
    bill = charged(world, CHARGE)
    taken(world, bill, 8_000)
    late = refused(Invalid, lambda: taken(world, bill, 8_000, by=world.second_clerk))
    assert codes(late) == [("nothing_owed", "amount")]
    assert not isinstance(late, Conflict)
