"""The tax office's pages: who opens them, what they do, what they say to what is wrong."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Status
from motcua.dossiers.tests.world import MONDAY
from motcua.land.models import TaxNotice, TransferSheet
from motcua.land.terms import SheetState
from motcua.land.tests.world import LandWorld
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.post.tests.conftest import SignIn
from motcua.sites.post.tests.scene import PostScene
from motcua.sites.post.tests.test_pages import send

#: Address → what the tax officer, the specialist who sent the sheet, the desk's clerk, the post clerk get.
PAGES = {
    "/thue/": (200, 403, 403, 403),
    "/thue/phieu/{sheet}/": (200, 403, 403, 403),
    "/thue/phieu/{sheet}.pdf": (200, 200, 200, 403),
    "/thue/phieu/{sheet}/tra-loi/": (200, 403, 403, 403),
    "/thue/phieu/{sheet}/tra-lai/": (200, 403, 403, 403),
    "/thue/phieu/987654/": (404, 403, 403, 403),
    "/thue/thong-bao/{notice}/da-nop/": (200, 403, 403, 403),
    "/thue/tien/": (200, 403, 403, 403),
    "/thue/tien/{handover}/": (200, 403, 403, 403),
    "/thue/tien/{handover}.pdf": (200, 403, 403, 403),
}
TODAY = f"{MONDAY:%d/%m/%Y}"
NOTICE = {
    "0.number": "TB-09",
    "0.issued_on": TODAY,
    "0.item_code": "1006",
    "0.amount": "30.000.000",
    "0.pay_until": "30/03/2026",
}
MOST = 40


@pytest.fixture
def scene(world: LandWorld) -> PostScene:
    return PostScene(world)


@pytest.fixture
def tax(world: LandWorld, sign_in: SignIn) -> Client:
    return sign_in(world.taxman)


@pytest.mark.parametrize("address", PAGES)
def test_each_role_gets_its_own(scene: PostScene, sign_in: SignIn, address: str) -> None:
    world, path = scene.world, address
    if "{handover}" in address:
        path = address.replace("{handover}", str(scene.handover.pk))
    if "{sheet}" in address or "{notice}" in address:
        notice = scene.notices[0]
        path = address.replace("{sheet}", str(notice.sheet_id)).replace("{notice}", str(notice.pk))
    actors = (world.taxman, world.specialist, world.clerk, world.postman)
    assert tuple(sign_in(one).get(path).status_code for one in actors) == PAGES[address]


def test_officers_elsewhere_and_citizens_are_refused(scene: PostScene, sign_in: SignIn) -> None:
    sheet = scene.world.sent()
    for actor in (scene.world.stranger, scene.world.citizen, scene.world.admin):
        client = sign_in(actor)
        assert client.get("/thue/").status_code == 403
        assert client.get(f"/thue/phieu/{sheet.pk}.pdf").status_code in {403, 404}


def test_a_sheet_is_answered(tax: Client, scene: PostScene) -> None:
    sheet = scene.world.sent()
    assert sheet.code in text_of(tax.get("/thue/"))
    path = f"/thue/phieu/{sheet.pk}/tra-loi/"
    for wrong in ({}, NOTICE | {"0.amount": "ba mươi"}, NOTICE | {"0.item_code": "9999"}, NOTICE | {"0.number": ""}):
        status, page = send(tax, path, **wrong)
        assert status == 422, wrong
        assert "Có lỗi" in page or 'class="error"' in page
    assert not TaxNotice.objects.exists()
    status, page = send(tax, path, **NOTICE)
    assert status == 303
    assert "30.000.000" in page
    assert Dossier.objects.get().status == Status.OBLIGATION_REQUESTED
    status, page = send(tax, path, **NOTICE)
    assert status == 409


def test_a_sheet_is_given_back_with_a_reason(tax: Client, scene: PostScene) -> None:
    sheet = scene.world.sent()
    path = f"/thue/phieu/{sheet.pk}/tra-lai/"
    status, page = send(tax, path, reason="")
    assert status == 422
    assert 'id="id_reason_error"' in page
    status, page = send(tax, path, reason="Thiếu giá chuyển nhượng")
    assert status == 303
    assert TransferSheet.objects.get().state == SheetState.RETURNED
    assert "Thiếu giá chuyển nhượng" in page


def test_what_was_paid_elsewhere_is_noted(tax: Client, scene: PostScene) -> None:
    notice = scene.notices[0]
    path = f"/thue/thong-bao/{notice.pk}/da-nop/"
    for wrong in (
        {"number": "", "on": TODAY, "amount": "1"},
        {"number": "1", "on": "31/02/2026", "amount": "1"},
        {"number": "1", "on": TODAY, "amount": "99.000.000"},
    ):
        status, _ = send(tax, path, **wrong)
        assert status == 422, wrong
    status, page = send(tax, path, number="000123", on=TODAY, amount="30.000.000")
    assert status == 303
    assert "000123" in page


def test_money_of_the_post_is_counted_again(tax: Client, scene: PostScene) -> None:
    path = f"/thue/tien/{scene.handover.pk}/"
    assert scene.handover.code in text_of(tax.get("/thue/tien/"))
    status, page = send(tax, path, counted="9.000.000")
    assert status == 422
    assert "thiếu 1.000.000 đồng" in page
    status, page = send(tax, path, counted="10.000.000")
    assert status == 303
    scene.handover.refresh_from_db()
    assert scene.handover.received_at is not None
    assert "Xác nhận đã nhận tiền" not in page
    status, _ = send(tax, path, counted="10.000.000", key="lan-hai")
    assert status == 409


def test_a_page_costs_the_same_with_more_on_it(tax: Client, scene: PostScene) -> None:
    scene.world.sent()
    _another_sheet(scene)
    before = _cost(tax)
    for _ in range(2):
        _another_sheet(scene)
    assert _cost(tax) == before
    assert before <= MOST


def _another_sheet(scene: PostScene) -> None:
    """One more sheet that was given back, of the same dossier: the last is copied."""
    sheet = TransferSheet.objects.latest("pk")
    sheet.pk, sheet.number, sheet.state = None, sheet.number + 1, SheetState.RETURNED
    sheet._state.adding = True
    sheet.save()


def _cost(client: Client) -> int:
    client.get("/thue/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/thue/").status_code == 200
    return len(queries)
