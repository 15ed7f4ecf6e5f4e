"""The national platform, played against a server that answers as it does, well and badly."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.world import MONDAY, World
from motcua.journal.models import OutboxEvent
from motcua.kernel.errors import NotFound, RuleBroken
from motcua.payments.actions.check_day import keep_day_check
from motcua.payments.actions.orders import note_payment_page, note_trouble, open_order, settle_order
from motcua.payments.jobs import ask_about, ask_due, check_units, start_order
from motcua.payments.models import DayCheck, Payment, PlatformOrder
from motcua.payments.providers import national
from motcua.payments.queries.standing import bill_view
from motcua.payments.terms import OrderState
from motcua.payments.tests.platform_server import PARTNER, SECRET, FakePlatform, callback_of, running
from motcua.payments.tests.scene import charged, taken

URL = "/thanh-toan/nen-tang/"
LATER = MONDAY + timedelta(minutes=2)


@pytest.fixture
def platform(settings: Settings) -> Iterator[FakePlatform]:
    with running() as found:
        settings.PAYMENT_PLATFORM_URL, settings.PAYMENT_PLATFORM_PARTNER = found.url, PARTNER
        settings.PAYMENT_PLATFORM_SECRET, settings.PAYMENT_PLATFORM_TOKEN = SECRET, "the-cua-doi-tac"
        yield found


def _order(world: World, number: int = 1) -> PlatformOrder:
    bill = charged(world, number=number)
    return open_order(actor=world.citizen, bill_id=bill.pk, ip="10.0.0.1", at=MONDAY)


def _call(message: dict[str, Any]) -> tuple[int, str]:
    response = Client().post(URL, json.dumps(message), content_type="application/json")
    return response.status_code, response.json()["MaLoi"]


def _fresh(order: PlatformOrder) -> PlatformOrder:
    return PlatformOrder.objects.get(pk=order.pk)


def test_init_gives_the_payment_page(world: World, platform: FakePlatform) -> None:
    order = _order(world)
    assert str(order) == "dvcH496126030200012026" + "0302091500"
    started = start_order(order.pk, at=MONDAY)
    assert started.pay_url == f"{platform.url}/tra-tien/{order.reference}"
    assert start_order(order.pk, at=MONDAY) == started
    (message,) = platform.heard
    assert (message["SoTien"], message["ThongTinBienLai"]["MaHoSo"]) == ("14000", "H49.61-260302-0001")
    assert [one["SoTien"] for one in message["ThongTinBienLai"]["PhiLePhi"]] == ["6000", "8000"]
    assert platform.headers == ["Bearer the-cua-doi-tac"]
    assert note_payment_page(order_id=order.pk, url="https://khac").pay_url == started.pay_url
    assert open_order(actor=world.citizen, bill_id=order.bill_id, ip="", at=LATER) == order


@pytest.mark.parametrize("mood", ["cut", "garbage", "error", "list", "no", "page", "redirect"])
def test_init_that_fails_is_tried_again(world: World, platform: FakePlatform, mood: str) -> None:
    order = _order(world)
    platform.mood = mood
    assert start_order(order.pk, at=MONDAY).last_error
    platform.mood = "good"
    assert ask_due(at=LATER) == 1
    assert _fresh(order).pay_url


def test_slow_is_cut_off(world: World, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(national, "_TIMEOUT", 0.3)
    platform.mood = "slow"
    assert "tim" in start_order(_order(world).pk, at=MONDAY).last_error.lower()


def test_without_a_platform_nothing_happens(world: World) -> None:
    order = _order(world)
    assert start_order(order.pk, at=MONDAY).pay_url == ""
    assert ask_due(at=LATER) == 0
    assert ask_about(world.ward.pk, MONDAY.date(), at=LATER) == []
    assert _call(callback_of(order.reference, 14_000)) == (404, "01")


def test_the_callback_books_once(world: World, platform: FakePlatform) -> None:
    order = _order(world)
    message = callback_of(order.reference, 14_000)
    assert [_call(message), _call(message)] == [(200, "00"), (200, "00")]
    payment = Payment.objects.get()
    assert (payment.amount, payment.method, payment.external_number) == (14_000, "platform", "GD1")
    assert _fresh(order).state == OrderState.SUCCEEDED
    assert bill_view(order.bill).standing.owed == 0
    assert len(bill_view(order.bill).receipts) == 2
    late = callback_of(order.reference, 14_000, code="99")
    assert _call(late) == (200, "00")
    assert _fresh(order).state == OrderState.SUCCEEDED
    assert note_trouble(order_id=order.pk, error="x", at=LATER).last_error == ""


def test_reordered_news(world: World, platform: FakePlatform) -> None:
    """A failure that comes first does not undo the success that comes later; two failures are one."""
    order = _order(world)
    failed = callback_of(order.reference, 14_000, code="24")
    assert [_call(failed), _call(failed)] == [(200, "00"), (200, "00")]
    assert _fresh(order).state == OrderState.FAILED
    assert Payment.objects.count() == 0
    assert _call(callback_of(order.reference, 14_000)) == (200, "00")
    assert (_fresh(order).state, Payment.objects.count()) == (OrderState.SUCCEEDED, 1)


@pytest.mark.parametrize("changes", [{"secret": "sai"}, {"MaDoiTac": "DT02"}], ids=["forged", "of another partner"])
def test_what_is_not_from_the_platform_is_refused(world: World, platform: FakePlatform, changes: Any) -> None:
    order = _order(world)
    assert _call(callback_of(order.reference, 14_000, **changes)) == (403, "03")
    tampered = callback_of(order.reference, 1) | {"SoTien": "14000"}
    assert _call(tampered) == (403, "03")
    assert Payment.objects.count() == 0


def test_odd_calls(world: World, platform: FakePlatform) -> None:
    assert _call(callback_of("khong-co", 1)) == (404, "04")
    assert Client().post(URL, b"{", content_type="application/json").status_code == 400
    assert Client().post(URL, b"[]", content_type="application/json").status_code == 403
    assert Client().get(URL).status_code == 405


def test_another_sum_is_flagged_and_never_booked(world: World, platform: FakePlatform) -> None:
    order = _order(world)
    message = callback_of(order.reference, 13_000)
    assert [_call(message), _call(message)] == [(200, "00"), (200, "00")]
    found = _fresh(order)
    assert (found.is_flagged, found.state, found.reported_amount) == (True, OrderState.CREATED, 13_000)
    assert Payment.objects.count() == 0
    event = OutboxEvent.objects.get(name="payment.flagged")
    assert (event.payload["asked"], event.payload["reported"]) == (14_000, 13_000)
    assert _call(callback_of(order.reference, 0, SoTien="nhiều")) == (200, "00")
    assert open_order(actor=world.citizen, bill_id=order.bill_id, ip="", at=LATER).pk != order.pk


def test_query_settles_what_no_callback_told(world: World, platform: FakePlatform) -> None:
    order = _order(world)
    start_order(order.pk, at=MONDAY)
    assert ask_due(at=MONDAY) == 0
    assert ask_due(at=LATER) == 1
    assert _fresh(order).attempts == 1
    platform.states[order.reference] = "thanh-cong"
    for mood, why in (
        ("cut", "Remote"),
        ("other", "giao dịch khác"),
        ("partner", "giao dịch khác"),
        ("forged", "sai mã xác thực"),
        ("unsigned", "thiếu hoặc sai mã xác thực"),
        ("contrary", "trái nhau"),
    ):
        platform.mood = mood
        before = _fresh(order).attempts
        assert ask_due(at=LATER + timedelta(hours=2 + before)) == 1
        assert (_fresh(order).state, _fresh(order).attempts) == (OrderState.CREATED, before + 1)
        assert why in _fresh(order).last_error
    platform.mood = "good"
    assert ask_due(at=LATER + timedelta(hours=9)) == 1
    assert (_fresh(order).state, Payment.objects.get().amount) == (OrderState.SUCCEEDED, 14_000)
    assert ask_due(at=LATER + timedelta(hours=10)) == 0


def test_query_that_says_failed(world: World, platform: FakePlatform) -> None:
    order = _order(world)
    start_order(order.pk, at=MONDAY)
    platform.states[order.reference] = "that-bai"
    ask_due(at=LATER)
    assert _fresh(order).state == OrderState.FAILED


def test_nobody_paid_for_two_days(world: World) -> None:
    order = _order(world)
    given_up = note_trouble(order_id=order.pk, error="", at=MONDAY + timedelta(days=2, seconds=1))
    assert (given_up.state, given_up.next_try_at) == (OrderState.FAILED, None)


def test_orders_that_cannot_be(world: World) -> None:
    order = _order(world)
    settle_order(reference=order.reference, succeeded=False, amount=None, transaction_number="", at=MONDAY)
    again = refused(RuleBroken, lambda: open_order(actor=world.citizen, bill_id=order.bill_id, ip="", at=MONDAY))
    assert codes(again) == [("too_quick", "")]
    taken(world, order.bill, 14_000)
    paid = refused(RuleBroken, lambda: open_order(actor=world.citizen, bill_id=order.bill_id, ip="", at=LATER))
    assert codes(paid) == [("nothing_owed", "")]
    refused(NotFound, lambda: note_trouble(order_id=0, error="", at=MONDAY))


def test_the_nightly_check_asks_the_platform(world: World, platform: FakePlatform) -> None:
    order = _order(world)
    start_order(order.pk, at=MONDAY)
    settle_order(reference=order.reference, succeeded=True, amount=14_000, transaction_number="GD1", at=MONDAY)
    platform.states[order.reference] = "thanh-cong"
    day = MONDAY.date()
    assert check_units(day, at=LATER) == 1
    assert DayCheck.objects.get().differences == []
    platform.states[order.reference] = "that-bai"
    assert check_units(day, at=LATER) == 1
    (one,) = DayCheck.objects.get().differences
    assert "trả lời khác" in one["what"]
    platform.mood = "cut"
    assert "Không hỏi được" in ask_about(world.ward.pk, day, at=LATER)[0].what
    kept = keep_day_check(unit_id=world.ward.pk, day=day, asked=[], at=LATER)
    assert (kept.totals["platform"], kept.totals["fee"], str(kept)) == (14_000, 6_000, f"{world.ward.pk} {day}")
