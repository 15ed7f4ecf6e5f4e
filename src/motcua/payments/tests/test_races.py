"""Two at once, really: callbacks, cashiers, receipt numbers."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from motcua.dossiers.tests.stages import everyone
from motcua.dossiers.tests.world import MONDAY, World, definition
from motcua.identity.terms import SYSTEM
from motcua.journal.tests.own_database import at_once, own_database
from motcua.kernel.errors import Invalid
from motcua.payments.actions.orders import open_order, settle_order
from motcua.payments.actions.settle import book_payment
from motcua.payments.models import Payment, PlatformOrder, Receipt
from motcua.payments.queries.standing import standing_of_bill
from motcua.payments.terms import Method
from motcua.payments.tests.scene import FEE, charged, taken

_ROUNDS = 4


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with own_database(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def committed(db: None) -> World:
    world = World(definition()).build()
    everyone(world)
    return world


def test_two_cashiers_take_the_same_money(committed: World) -> None:
    world = committed
    for number in range(1, _ROUNDS + 1):
        bill = charged(world, FEE, number=number)
        found = at_once(*(
            lambda by=by: taken(world, bill, 6_000, by=by)  # noqa: B023 (run at once)
            for by in (world.clerk, world.second_clerk)
        ))  # fmt: skip
        assert sorted(type(one) is Payment for one in found) == [False, True]
        assert [one.problems[0].code for one in found if isinstance(one, Invalid)] == ["nothing_owed"]
        assert standing_of_bill(bill).paid == 6_000


def test_two_callbacks(committed: World) -> None:
    world = committed
    for number in range(11, 11 + _ROUNDS):
        order = open_order(actor=world.citizen, bill_id=charged(world, FEE, number=number).pk, ip="", at=MONDAY)

        def tell(reference: str = order.reference) -> PlatformOrder:
            return settle_order(reference=reference, succeeded=True, amount=6_000, transaction_number="GD", at=MONDAY)

        found = at_once(tell, tell, tell)
        assert {type(one) for one in found} == {PlatformOrder}
        assert Payment.objects.filter(bill=order.bill).count() == 1


def test_receipt_numbers_have_no_gap_and_no_double(committed: World) -> None:
    world = committed
    bills = [charged(world, FEE, number=number) for number in range(30, 42)]

    def book(number: int) -> Payment:
        return book_payment(
            actor=SYSTEM, bill_id=bills[number].pk, amount=6_000, method=Method.TRANSFER,
            source_key=f"race:{number}", number="", at=MONDAY,
        )  # fmt: skip

    at_once(*(lambda number=number: book(number) for number in range(len(bills))))
    numbers = sorted(Receipt.objects.filter(fee_kind="fee").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= len(bills)
