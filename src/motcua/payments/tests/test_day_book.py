"""The book of a day: every movement of money once, and sums that agree with the ledger."""

from datetime import timedelta

from django.db.models import Sum

from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.terms import SYSTEM
from motcua.payments.actions.correct import Refund, cancel_line, refund, reverse_entry
from motcua.payments.actions.settle import book_payment
from motcua.payments.models import Bill, Entry
from motcua.payments.queries.day_book import Figure, book_of, figures_of
from motcua.payments.terms import EntryKind, Method
from motcua.payments.tests.scene import CHARGE, FEE, charged, taken

DAY = MONDAY.date()


def _back(world: World, bill: Bill, amount: int, method: Method) -> None:
    said = Refund(to_name="Lê Văn Tư", reason="Nộp thừa", method=method, account="1", bank="BIDV")
    refund(actor=world.clerk, bill_id=bill.pk, desk_id=world.desk.pk, amount=amount, refunded=said, at=MONDAY)


def test_a_day(world: World) -> None:
    both, lone, wrong = charged(world), charged(world, CHARGE, number=2), charged(world, FEE, number=3)
    taken(world, both, 14_000)
    book_payment(
        actor=SYSTEM, bill_id=lone.pk, amount=9_000, method=Method.TRANSFER, source_key="bank:1", number="", at=MONDAY
    )
    _back(world, lone, 1_000, Method.TRANSFER)
    taken(world, wrong, 6_000)
    entry = Entry.objects.get(bill=wrong, kind=EntryKind.PAID)
    reverse_entry(
        actor=world.clerk, bill_id=wrong.pk, desk_id=world.desk.pk, entry_id=entry.pk, reason="Nhầm", at=MONDAY
    )
    cancel_line(actor=world.clerk, bill_id=both.pk, line_id=both.lines.get(number=2).pk, reason="Nhầm", at=MONDAY)
    _back(world, both, 8_000, Method.CASH)

    rows = book_of(world.ward.pk, DAY)
    assert [(row.what, row.fee_kind, row.method, row.receipt, row.amount) for row in rows] == [
        ("Thu", "Phí", "Tiền mặt tại quầy", "0000001", 6_000),
        ("Thu", "Lệ phí", "Tiền mặt tại quầy", "0000001", 8_000),
        ("Thu", "Lệ phí", "Chuyển khoản", "0000002", 8_000),
        ("Thu", "Lệ phí", "Chuyển khoản", "", 1_000),
        ("Hoàn", "Lệ phí", "Chuyển khoản", "", -1_000),
        ("Thu", "Phí", "Tiền mặt tại quầy", "0000002", 6_000),
        ("Ghi ngược khoản thu", "Phí", "Tiền mặt tại quầy", "0000002", -6_000),
        ("Hoàn", "Lệ phí", "Tiền mặt tại quầy", "", -8_000),
    ]
    assert {row.payer for row in rows if row.is_refund} == {"Lê Văn Tư"}
    figures = figures_of(rows)
    assert figures.by_method[:2] == [
        Figure("Tiền mặt tại quầy", 14_000, 8_000),
        Figure("Chuyển khoản", 9_000, 1_000),
    ]
    assert figures.by_kind == [Figure("Phí", 6_000, 0), Figure("Lệ phí", 17_000, 9_000)]
    assert (figures.total, figures.total.left) == (Figure("Cộng", 23_000, 9_000), 14_000)
    for part in (figures.by_method, figures.by_kind):
        assert sum(one.left for one in part) == figures.total.left
    moved = Entry.objects.exclude(kind__in=[EntryKind.DUE, EntryKind.CANCELLED]).aggregate(moved=Sum("amount"))["moved"]
    assert figures.total.left == -moved


def test_another_day_and_another_unit(world: World) -> None:
    taken(world, charged(world, FEE), 6_000)
    assert book_of(world.ward.pk, DAY + timedelta(days=1)) == []
    assert book_of(world.desk.pk, DAY) == []
