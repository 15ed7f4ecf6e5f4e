"""Who is told what of money, through the real outbox."""

from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.dossiers.actions.charging import KIND, bill_of_dossier
from motcua.dossiers.handlers import money
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import OutboxEvent
from motcua.notifications.models import Notice
from motcua.payments.actions.orders import open_order, settle_order
from motcua.payments.actions.settle import book_payment
from motcua.payments.events import PaymentBooked, PaymentFlagged
from motcua.payments.models import Bill
from motcua.payments.terms import Method
from motcua.project.subscriptions import wire


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.SMS_PROVIDER, settings.ZALO_PROVIDER = tmp_path, "files", "files"
    wire()


def _told(actor: Actor) -> str:
    deliver_pending(at=AT)
    assert [row.last_error for row in OutboxEvent.objects.filter(delivered_at__isnull=True)] == []
    last = Notice.objects.filter(account_id=actor.known_id).order_by("-id").first()
    assert last is not None
    return f"{last.subject}\n{last.body}"


def _book(bill: Bill, amount: int, key: str) -> None:
    book_payment(actor=SYSTEM, bill_id=bill.pk, amount=amount, method=Method.TRANSFER, source_key=key, number="", at=AT)


def test_asked_to_pay(world: World) -> None:
    dossier = perform(world, Act.REQUEST_PAYMENT, bring(world, "owing"))
    said = _told(world.citizen)
    assert f"Cần nộp 8.000 đồng cho hồ sơ {dossier.code}" in said
    assert world.desk.name in said


def test_a_transfer_came(world: World) -> None:
    bill = bill_of_dossier(bring(world, "owing"))
    _book(bill, 5_000, "a")
    assert "Còn phải nộp 3.000 đồng." in _told(world.citizen)
    _book(bill, 4_000, "b")
    assert "hoàn lại" in _told(world.clerk)


def test_another_sum(world: World) -> None:
    bill = bill_of_dossier(bring(world, "owing"))
    order = open_order(actor=world.citizen, bill_id=bill.pk, ip="", at=AT)
    settle_order(reference=order.reference, succeeded=True, amount=1, transaction_number="", at=AT)
    assert "Nền tảng báo 1 đồng, phải nộp 8.000 đồng" in _told(world.clerk)


def test_money_of_something_else(world: World) -> None:
    other = {"subject_kind": "thing", "subject_id": 1, "code": "X"}
    money.on_payment_booked(PaymentBooked(**other, amount=1, method="cash", owed=0, excess=0), AT)  # type: ignore[arg-type]
    money.on_payment_flagged(PaymentFlagged(**other, asked=1, reported=2), AT)  # type: ignore[arg-type]
    assert (KIND, Notice.objects.count()) == ("dossier", 0)
