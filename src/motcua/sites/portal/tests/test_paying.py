"""What a citizen sees of money: what to pay, the VietQR, the platform, receipts; strangers see only the state."""

from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.payments.actions.collecting import Account, set_collecting
from motcua.payments.models import PlatformOrder, Receipt
from motcua.payments.tests.platform_server import PARTNER, SECRET, running


@pytest.fixture
def owing(world: World) -> Dossier:
    account = Account(account_number="11990000123", bank_bin="970436", bank_name="Vietcombank", account_name="UBND")
    set_collecting(actor=world.chair, unit_id=world.ward.pk, account=account, at=AT)
    return bring(world, "owing")


def _page(client: Client, dossier: Dossier, rest: str = "") -> str:
    return client.get(f"/ho-so/{dossier.code}/{rest}").content.decode()


def test_what_to_pay_and_how(citizen: Client, owing: Dossier) -> None:
    page = _page(citizen, owing)
    for words in ("còn phải nộp <strong>8.000 đồng", "11990000123", "MCH4961260302", "<svg", "nộp tiền mặt tại"):
        assert words in page
    assert "Thanh toán trên Cổng" not in page
    assert citizen.post(f"/ho-so/{owing.code}/thanh-toan/").status_code == 404


def test_paid(world: World, citizen: Client, owing: Dossier) -> None:
    perform(world, Act.COLLECT_CASH, owing)
    page = _page(citizen, owing)
    assert "Đã thanh toán: 8.000 đồng" in page
    assert "Vietcombank" not in page
    receipt = Receipt.objects.get()
    assert citizen.get(f"/ho-so/{owing.code}/bien-lai/{receipt.pk}/").content[:5] == b"%PDF-"
    assert citizen.get(f"/ho-so/{owing.code}/bien-lai/0/").status_code == 404
    assert "Hồ sơ không còn khoản phải nộp" in _page(citizen, owing, "thanh-toan/")


def test_the_platform(citizen: Client, owing: Dossier, settings: Any) -> None:
    with running() as platform:
        settings.PAYMENT_PLATFORM_URL, settings.PAYMENT_PLATFORM_PARTNER = platform.url, PARTNER
        settings.PAYMENT_PLATFORM_SECRET, settings.PAYMENT_PLATFORM_TOKEN = SECRET, ""
        assert "Thanh toán trên Cổng" in _page(citizen, owing)
        platform.mood = "error"
        answer = citizen.post(f"/ho-so/{owing.code}/thanh-toan/", follow=True)
        assert "chưa trả lời" in answer.content.decode()
        platform.mood = "good"
        citizen.post(f"/ho-so/{owing.code}/thanh-toan/")
        order = PlatformOrder.objects.get()
        assert f'href="{platform.url}/tra-tien/{order.reference}"' in _page(citizen, owing, "thanh-toan/")
        assert "đang chờ nền tảng thanh toán xác nhận" in _page(citizen, owing)


def test_tracking(client: Client, owing: Dossier) -> None:
    page = client.get(f"/tra-cuu/{owing.code}/{owing.tracking_token}/").content.decode()
    assert "còn phải nộp 8.000 đồng" in page
    assert "11990000123" not in page
