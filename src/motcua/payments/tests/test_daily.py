"""Đối soát ngày: every kind of difference is found, and a clean day has none."""

from datetime import timedelta

import pytest

from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.terms import SYSTEM
from motcua.payments.actions.orders import open_order, settle_order
from motcua.payments.actions.settle import book_payment
from motcua.payments.actions.shifts import close_shift, take_over_shift
from motcua.payments.actions.statements import import_statement, read_statement
from motcua.payments.models import BankLine, Receipt, ReceiptSeries, Shift
from motcua.payments.queries.daily import differences_on, totals_on
from motcua.payments.terms import HandOver, LineState, Method
from motcua.payments.tests.scene import FEE, charged, taken

DAY = MONDAY.date()
NIGHT = MONDAY + timedelta(hours=10)


def _found(world: World) -> list[str]:
    return [f"{one.place}: {one.what}" for one in differences_on(world.ward.pk, DAY, at=NIGHT)]


def test_a_clean_day(world: World) -> None:
    taken(world, charged(world, FEE), 6_000)
    assert _found(world) == [f"Quầy thu: Ca thu của {world.clerk.name} mở từ 09:15 02/03/2026 chưa chốt."]
    shift = Shift.objects.get()
    counted = {5_000: 1, 1_000: 1}
    close_shift(
        actor=world.clerk, shift_id=shift.pk, counted=counted, reason="", hand_over=HandOver.TREASURER, at=NIGHT
    )
    assert "chưa ai nhận bàn giao" in "".join(_found(world))
    take_over_shift(actor=world.chair, shift_id=shift.pk, at=NIGHT)
    assert _found(world) == []
    totals = totals_on(world.ward.pk, DAY)
    assert (totals["cash"], totals["fee"], totals["charge"], totals["refunded"]) == (6_000, 6_000, 0, 0)


@pytest.mark.parametrize(("counted", "word"), [({10_000: 1}, "thừa 4.000"), ({5_000: 1}, "thiếu 1.000")])
def test_a_drawer_that_differs(world: World, counted: dict[int, int], word: str) -> None:
    taken(world, charged(world, FEE), 6_000)
    shift = Shift.objects.get()
    close_shift(
        actor=world.clerk, shift_id=shift.pk, counted=counted, reason="Thối nhầm", hand_over=HandOver.TREASURER,
        at=NIGHT,
    )  # fmt: skip
    assert word in _found(world)[0]


def test_the_bank(world: World) -> None:
    bill = charged(world, FEE)
    book_payment(
        actor=SYSTEM, bill_id=bill.pk, amount=7_000, method=Method.TRANSFER, source_key="tay:1", number="", at=MONDAY
    )
    rows = [["Ngày", "Ghi có", "Nội dung"], ["02/03/2026", "5.000", "gì đó"], ["02/03/2026", "4.000", "khác"]]
    read = read_statement(actor=world.clerk, unit_id=world.ward.pk, name="a", rows=rows, at=MONDAY)
    import_statement(actor=world.clerk, statement_id=read.pk, header=0, columns=read.columns, at=MONDAY)
    BankLine.objects.filter(amount=4_000).update(state=LineState.MATCHED)
    found = " | ".join(_found(world))
    for words in ("«gì đó»", "Dòng 3 đã khớp nhưng", "không có dòng sao kê", "nộp thừa 1.000"):
        assert words in found
    BankLine.objects.update(state=LineState.IGNORED)
    assert "Dòng" not in " | ".join(_found(world))


def test_the_platform(world: World) -> None:
    waiting, wrong, lost = (
        open_order(actor=world.citizen, bill_id=charged(world, FEE, number=number).pk, ip="", at=MONDAY)
        for number in (1, 2, 3)
    )
    settle_order(reference=wrong.reference, succeeded=True, amount=1, transaction_number="", at=MONDAY)
    type(lost).objects.filter(pk=lost.pk).update(state="thanh-cong", settled_at=MONDAY)
    ghost = charged(world, FEE, number=4)
    book_payment(
        actor=SYSTEM, bill_id=ghost.pk, amount=6_000, method=Method.PLATFORM, source_key="platform:x", number="",
        at=MONDAY,
    )  # fmt: skip
    found = " | ".join(_found(world))
    for words in (
        f"{waiting.reference} chưa rõ",
        "Nền tảng báo 1 đồng",
        f"{lost.reference} thành công nhưng",
        "không có giao",
    ):
        assert words in found
    young = differences_on(world.ward.pk, DAY, at=MONDAY)
    assert not any("chưa rõ" in one.what for one in young)


def test_receipts(world: World) -> None:
    taken(world, charged(world, FEE), 6_000)
    Receipt.objects.update(amount=5_000)
    ReceiptSeries.objects.update(last=9)
    found = " | ".join(_found(world))
    assert "Biên lai 5.000 đồng khác số ghi sổ 6.000 đồng" in found
    assert "đã cấp 9 số, có 1 biên lai" in found
