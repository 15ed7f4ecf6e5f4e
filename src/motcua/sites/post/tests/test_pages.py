"""What the pages of the post do, and what they say to what is wrong."""

import re

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.land.tests.world import CODE, LandWorld
from motcua.postal.models import MoneyHandover, PostalOrder, PostalReceipt, PostalSheet
from motcua.postal.terms import OrderState
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.post.tests.conftest import SignIn
from motcua.sites.post.tests.scene import PostScene

TYPED = {
    "case_key": "default",
    "owner.name": "Nguyễn Thị Hoà",
    "owner.personal_id": "022190001234",
    "owner.phone": "0912345678",
    "owner.address": "Tổ 1, khu 2",
    "result_channel": "post",
    "components.to-khai": "on",
    "components.to-khai.originals": "1",
}


@pytest.fixture
def scene(world: LandWorld) -> PostScene:
    return PostScene(world)


@pytest.fixture
def post(world: LandWorld, sign_in: SignIn) -> Client:
    return sign_in(world.postman)


def send(client: Client, path: str, **typed: str) -> tuple[int, str]:
    """Open the page, type, send; return the status and the page that is there then."""
    page = client.get(path)
    answer = client.post(path, hidden_fields(page) | typed)
    shown = client.get(answer["Location"]) if answer.status_code == 303 else answer
    return answer.status_code, text_of(shown)


def test_the_day_shows_what_is_in_hand(post: Client, scene: PostScene) -> None:
    order = scene.order
    assert order.dossier.code in text_of(post.get("/buu-chinh/"))
    scene.sheet  # noqa: B018 (makes it)
    page = text_of(post.get("/buu-chinh/bang-ke/"))
    assert scene.sheet.code in page


def test_taking_papers_in(post: Client, scene: PostScene) -> None:
    path = f"/buu-chinh/nhan-ho-so/{CODE}/"
    agency = str(scene.world.ward.pk)
    status, page = send(post, path, agency=agency)
    assert status == 422
    assert 'id="id_owner.name_error"' in page
    assert not Dossier.objects.exists()
    status, page = send(post, path, agency=agency, **TYPED | {"owner.personal_id": "12"})
    assert status == 422
    assert 'id="id_owner.personal_id_error"' in page
    status, page = send(post, path, agency=agency, **TYPED)
    assert status == 303, re.sub(r"<[^>]+>|\s+", " ", page)[:900]
    assert Dossier.objects.get().code in page


def test_a_procedure_is_found_by_its_words(post: Client) -> None:
    assert CODE in text_of(post.get("/buu-chinh/nhan-ho-so/"))
    assert CODE in text_of(post.get("/buu-chinh/nhan-ho-so/?q=khai+sinh"))
    assert CODE not in text_of(post.get("/buu-chinh/nhan-ho-so/?q=khong+co+gi+het"))


def test_a_sheet_changes_hands(post: Client, scene: PostScene, sign_in: SignIn) -> None:
    order = scene.order
    path = "/buu-chinh/bang-ke/lap/cho-mot-cua/"
    ends = f"{scene.world.office.pk}-{scene.world.desk.pk}"
    status, page = send(post, path, ends=ends)
    assert status == 422
    assert "Hãy chọn ít nhất một hồ sơ" in page
    status, page = send(post, path, ends=ends, orders="987654")
    assert status in {404, 409, 422}
    status, page = send(post, path, ends=ends, orders=str(order.pk))
    assert status == 303
    sheet = PostalSheet.objects.get()
    status, page = send(post, f"/buu-chinh/bang-ke/{sheet.pk}/")
    assert status == 403
    assert "không tự nhận" in page or "do Trung tâm" in page
    status, page = send(sign_in(scene.world.clerk), f"/buu-chinh/bang-ke/{sheet.pk}/")
    assert status == 303
    assert "đủ" in page
    order.refresh_from_db()
    assert order.state == OrderState.HANDED_IN


def test_a_sheet_is_dropped_by_who_made_it(post: Client, scene: PostScene) -> None:
    path = f"/buu-chinh/bang-ke/{scene.sheet.pk}/huy/"
    status, _ = send(post, path)
    assert status == 303
    status, page = send(post, path)
    assert status == 409
    assert "đã hủy" in page


def test_acts_on_an_order(post: Client, scene: PostScene) -> None:
    base = f"/buu-chinh/don/{scene.order.pk}/"
    assert "Gán mã vận đơn" in text_of(post.get(base))
    status, page = send(post, f"{base}gan-van-don/", waybill="")
    assert status == 422
    assert 'id="id_waybill_error"' in page
    status, page = send(post, f"{base}gan-van-don/", waybill="EA123456789VN")
    assert status == 303
    assert "EA123456789VN" in page
    status, page = send(post, f"{base}phat/", collector="owner")
    assert status in {409, 422}
    status, page = send(post, f"{base}huy/", reason="")
    assert status == 422
    assert PostalOrder.objects.get().is_live


def test_taxes_are_taken_and_the_day_is_closed(post: Client, scene: PostScene) -> None:
    notice = scene.notices[0]
    assert notice.dossier.code in text_of(post.get(f"/buu-chinh/thue/?q={notice.number}"))
    path = f"/buu-chinh/thue/{notice.pk}/"
    payer = {"payer_name": "Nguyễn Thị Hoà", "payer_number": "022190001234"}
    for amount, said in (("ba mươi", "bằng chữ số"), ("0", "lớn hơn 0"), ("99.000.000", "Chỉ còn")):
        status, page = send(post, path, amount=amount, **payer)
        assert status == 422
        assert said in page
    assert not PostalReceipt.objects.exists()
    status, page = send(post, path, amount="30.000.000", **payer)
    assert status == 303
    assert "30.000.000" in page
    close = f"/buu-chinh/tien/chot/tax/{scene.world.tax_office.pk}/"
    status, page = send(post, close, counted="29.000.000")
    assert status == 422
    assert "thiếu 1.000.000 đồng" in page
    status, page = send(post, close, counted="30.000.000")
    assert status == 303
    assert MoneyHandover.objects.get().code in page
    assert post.get(close).status_code == 404


@pytest.mark.parametrize("thing", ["sheet", "handover"])
def test_what_is_printed_is_a_pdf(post: Client, scene: PostScene, thing: str) -> None:
    folder = {"sheet": "bang-ke", "handover": "tien"}[thing]
    answer = post.get(f"/buu-chinh/{folder}/{getattr(scene, thing).pk}.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "private, no-store"
