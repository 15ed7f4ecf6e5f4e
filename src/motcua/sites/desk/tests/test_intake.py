"""Intake at the counter, on one page."""

from typing import Any

from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import World
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_acts import picture

ADDRESS = "/mot-cua/tiep-nhan/1.001193/"
TYPED = {
    "channel": "in_person", "source": "self", "set_count": "1", "result_channel": "in_person",
    "owner.kind": "person", "owner.name": "Trần Văn Đức", "owner.personal_id": "022090001234",
    "owner.phone": "0912 345 678", "components.to-khai": "on", "components.to-khai.originals": "1",
}  # fmt: skip
QR = "022090001234|012345678|Trần Văn Đức|05091990|Nam|Tổ 3, Hồng Gai, Quảng Ninh|01012022"


def fill_in(client: Client, **typed: Any) -> Any:
    page = client.get(ADDRESS)
    return client.post(ADDRESS, hidden_fields(page) | TYPED | typed)


def test_taking_in_gives_a_receipt(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    answer = fill_in(client, **{"components.to-khai.files": picture()})
    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/mot-cua/ho-so/{dossier.code}/bien-nhan/"
    assert (dossier.owner.name, dossier.owner.phone) == ("Trần Văn Đức", "0912345678")
    assert dossier.attachments.get().name == "giay-chung-sinh.png"
    page = client.get(answer["Location"])
    text = text_of(page)
    assert dossier.code in text
    assert 'class="qr"' in text
    assert "Tiếp nhận hồ sơ tiếp theo" in text


def test_taking_in_and_passing_on(world: World, sign_in: SignIn) -> None:
    assert fill_in(sign_in(world.clerk), then="forward").status_code == 302
    assert Dossier.objects.get().step_key == "assign"


def test_every_problem_stands_at_its_field_and_nothing_is_lost(world: World, sign_in: SignIn) -> None:
    typed = {"owner.name": "", "owner.phone": "12", "components.to-khai": "", "abstract": "Xin giữ lời này"}
    page = fill_in(sign_in(world.clerk), **typed)
    assert page.status_code == 422
    text = text_of(page)
    for field in ("owner.name", "owner.phone", "components.to-khai"):
        assert f'href="#id_{field}"' in text
    assert "Xin giữ lời này" in text
    assert "022090001234" in text
    assert Dossier.objects.count() == 0


def test_the_card_fills_the_fields(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    blank = {"owner.name": "", "owner.personal_id": "", "owner.qr": QR}
    for fill in ("owner", "scanned"):
        page = fill_in(client, **blank, fill=fill)
        assert page.status_code == 200
        text = text_of(page)
        assert 'value="05/09/1990"' in text
        assert 'value="Trần Văn Đức"' in text
        assert 'value="Tổ 3, Hồng Gai, Quảng Ninh"' in text
        assert "chỗ cần sửa" not in text
    assert "Không đọc được mã QR" in text_of(fill_in(client, **{"owner.qr": "abc"}, fill="owner"))
    assert fill_in(client, fill="scanned").status_code == 200
    assert Dossier.objects.count() == 0


def test_a_duplicate_is_asked_about(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    fill_in(client)
    page = fill_in(client)
    assert page.status_code == 409
    assert "Chủ hồ sơ đang có hồ sơ cùng thủ tục" in text_of(page)
    assert 'name="confirmed_duplicate"' in text_of(page)
    assert fill_in(client, confirmed_duplicate="on").status_code == 302
    assert Dossier.objects.count() == 2


def test_pressed_twice_taken_in_once(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    typed = hidden_fields(client.get(ADDRESS)) | TYPED
    first, second = client.post(ADDRESS, typed), client.post(ADDRESS, typed)
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_somebody_brings_it_for_the_owner(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    page = fill_in(client, source="proxy")
    assert page.status_code == 422
    assert 'href="#id_submitter.name"' in text_of(page)
    proxy = {
        "submitter.name": "Lê Thị Mai", "submitter.personal_id": "022190005678", "submitter.phone": "0987654321",
    }  # fmt: skip
    assert fill_in(client, source="proxy", relation="Giấy ủy quyền số 12", **proxy).status_code == 302
    assert Dossier.objects.get().submitter.name == "Lê Thị Mai"


def test_choosing_a_procedure(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    assert "Đăng ký khai sinh" in text_of(client.get("/mot-cua/tiep-nhan/?q=khai+sinh"))
    assert "Không tìm thấy thủ tục" in text_of(client.get("/mot-cua/tiep-nhan/?q=xyzxyz"))
    fill_in(client)
    assert "Hay tiếp nhận nhất ở quầy này" in text_of(client.get("/mot-cua/tiep-nhan/"))
    assert client.get("/mot-cua/tiep-nhan/9.999999/").status_code == 404
