"""Handing in online, page by page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.terms import Channel, PartyKind, Source, Status
from motcua.dossiers.tests.world import CODE, World, definition
from motcua.files.models import Blob
from motcua.sites.portal.tests.conftest import photo, signed_in
from motcua.sites.portal.tests.journey import ME, START, begun, dossier_of, filled, handed_in, key_of, read


def test_the_whole_way(citizen: Client, world: World) -> None:
    base = begun(citizen)
    step = citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    assert step.url == f"{base}nop-cho-ai/"
    step = citizen.post(step.url, {"source": "self"})
    assert step.url == f"{base}thong-tin/"
    step = citizen.post(step.url, ME)
    assert step.url == f"{base}giay-to/"
    step = citizen.post(step.url, {"tep-to-khai": [photo(), photo("trang-2.png", "black")], "go": "next"})
    assert step.url == f"{base}nhan-ket-qua/"
    step = citizen.post(step.url, {"result_channel": "post", "result_place": "Số 1 Trần Phú", "abstract": "Cần gấp"})
    assert step.url == f"{base}xem-lai/"
    page = citizen.get(step.url).content.decode()
    for text in (
        "UBND phường Hồng Gai",
        "Trần Văn Bình, sinh ngày 02/09/1990",
        "trang-2.png",
        "Số 1 Trần Phú",
        "Cần gấp",
    ):
        assert text in page
    done = handed_in(citizen, base)
    dossier = Dossier.objects.get()
    assert done.url == f"/ho-so/{dossier.code}/da-nop/"
    assert (dossier.status, dossier.channel, dossier.owner.phone) == (Status.SUBMITTED, Channel.ONLINE, "0987654321")
    assert dossier.owner.account_id == world.citizen.account_id
    assert [file.name for file in dossier.attachments.order_by("id")] == ["to-khai.png", "trang-2.png"]
    assert not Draft.objects.exists()
    assert set(Blob.objects.values_list("references", flat=True)) == {1}
    page = citizen.get(done.url).content.decode()
    assert dossier.code in page
    assert "<svg" in page


def test_pressing_twice_hands_in_once(citizen: Client, world: World) -> None:
    base = filled(citizen, world)
    said = {"key": key_of(base), "agreed": "on"}
    first = citizen.post(f"{base}xem-lai/", said)
    second = citizen.post(f"{base}xem-lai/", said)
    assert (second.status_code, second.url) == (302, first.url)
    assert Dossier.objects.count() == 1


def test_what_was_typed_wrong_is_kept_and_explained(citizen: Client, world: World) -> None:
    base = begun(citizen)
    citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    citizen.post(f"{base}nop-cho-ai/", {"source": "self"})
    answer = citizen.post(f"{base}thong-tin/", {**ME, "owner-born": "31/02/1990", "owner-personal_id": "123"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi:" in page
    assert 'href="#id_owner-born"' in page
    assert "Số định danh phải có 12 chữ số" in page
    again = citizen.get(f"{base}thong-tin/").content.decode()
    assert 'value="31/02/1990"' in again
    assert 'value="123"' in again
    assert citizen.get(f"{base}xem-lai/").url == f"{base}thong-tin/"


def test_a_birth_year_that_does_not_fit_the_number(citizen: Client, world: World) -> None:
    base = begun(citizen)
    citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    citizen.post(f"{base}nop-cho-ai/", {"source": "self"})
    answer = citizen.post(f"{base}thong-tin/", {**ME, "owner-born": "02/09/1980"})
    assert "Số định danh cho biết năm sinh 1990" in answer.content.decode()


def test_later_keeps_everything(citizen: Client, world: World) -> None:
    base = begun(citizen)
    answer = citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "go": "later"}, follow=True)
    page = answer.content.decode()
    assert "Đã lưu." in page
    assert "Đang soạn, chưa nộp" in page
    assert citizen.post(START).url == f"{base}noi-nop/"
    assert Draft.objects.count() == 1


def test_going_on_opens_the_first_page_that_is_not_done(citizen: Client, world: World) -> None:
    base = begun(citizen)
    citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    citizen.post(f"{base}nop-cho-ai/", {"source": "self"})
    assert citizen.post(START).url == f"{base}thong-tin/"


def test_first_fields_come_from_the_account(citizen: Client, world: World) -> None:
    base = begun(citizen)
    citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    citizen.post(f"{base}nop-cho-ai/", {"source": "self"})
    page = citizen.get(f"{base}thong-tin/").content.decode()
    assert 'value="Trần Văn Bình"' in page
    assert 'value="0987654321"' in page


def test_a_required_paper_is_asked_for(citizen: Client, world: World) -> None:
    base = filled(citizen, world)
    file_id = Draft.objects.get().files.get().pk
    citizen.post(f"{base}giay-to/", {"remove": str(file_id)})
    answer = citizen.post(f"{base}giay-to/", {"go": "next"})
    assert answer.status_code == 422
    assert "Hãy tải lên Tờ khai." in answer.content.decode()
    assert Blob.objects.get().references == 0
    assert citizen.get(f"{base}xem-lai/").url == f"{base}giay-to/"


def test_the_same_file_twice_is_kept_once(citizen: Client, world: World) -> None:
    base = filled(citizen, world)
    citizen.post(f"{base}giay-to/", {"tep-to-khai": photo("lan-2.png"), "go": "upload"})
    assert Draft.objects.get().files.count() == 1


def test_a_bad_file_does_not_cost_the_good_one(citizen: Client, world: World) -> None:
    base = filled(citizen, world)
    bad = SimpleUploadedFile("anh.exe", b"MZ\x90\x00 not a picture", "application/octet-stream")
    answer = citizen.post(f"{base}giay-to/", {"tep-anh": [bad, photo("tot.png", "red")], "go": "next"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "anh.exe:" in page
    assert "tot.png" in page


def test_for_somebody_else(citizen: Client, world: World) -> None:
    base = begun(citizen)
    citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    citizen.post(f"{base}nop-cho-ai/", {"source": "proxy"})
    parties = {
        "owner-name": "Nguyễn Thị Hoà",
        "submitter-name": "Trần Văn Bình",
        "submitter-personal_id": "022090001234",
        "submitter-phone": "0987654321",
    }
    assert citizen.post(f"{base}thong-tin/", parties).url == f"{base}giay-to/"
    citizen.post(f"{base}giay-to/", {"tep-to-khai": photo(), "tep-uy-quyen": photo("uq.png", "blue"), "go": "next"})
    citizen.post(f"{base}nhan-ket-qua/", {"result_channel": "online"})
    handed_in(citizen, base)
    dossier = Dossier.objects.get()
    assert (dossier.source, dossier.owner.name, dossier.submitter.name) == (
        Source.PROXY,
        "Nguyễn Thị Hoà",
        "Trần Văn Bình",
    )
    assert dossier.attachments.filter(purpose="proxy").get().name == "uq.png"
    assert dossier.owner.account_id is None
    assert citizen.get(f"/ho-so/{dossier.code}/").status_code == 200


def test_for_an_organisation(client: Client, db: None, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    world = World(definition(applicants=["organisation"])).build()
    citizen = signed_in(client, world.citizen)
    base = begun(citizen)
    citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    page = citizen.get(f"{base}nop-cho-ai/").content.decode()
    assert "Cho chính tôi" not in page
    citizen.post(f"{base}nop-cho-ai/", {"source": "representative"})
    submitter = {"submitter-name": "Bình", "submitter-personal_id": "022090001234", "submitter-phone": "0987654321"}
    lacking = citizen.post(f"{base}thong-tin/", {"owner-name": "Công ty Hạ Long", **submitter})
    assert lacking.status_code == 422
    owner = {"owner-name": "Công ty Hạ Long", "owner-tax_code": "0100109106"}
    assert citizen.post(f"{base}thong-tin/", {**owner, **submitter}).url == f"{base}giay-to/"
    citizen.post(f"{base}giay-to/", {"tep-to-khai": photo(), "go": "next"})
    citizen.post(f"{base}nhan-ket-qua/", {"result_channel": "online"})
    handed_in(citizen, base)
    assert Dossier.objects.get().owner.kind == PartyKind.ORGANISATION


def test_a_second_dossier_of_the_same_kind_needs_a_second_thought(citizen: Client, world: World) -> None:
    dossier = dossier_of(citizen, world)
    base = filled(citizen, world)
    answer = handed_in(citizen, base)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert dossier.code in page
    assert "Tôi vẫn muốn nộp thêm hồ sơ này." in page
    assert handed_in(citizen, base, confirmed_duplicate="on").status_code == 302
    assert Dossier.objects.count() == 2


def test_nothing_is_handed_in_without_the_promise(citizen: Client, world: World) -> None:
    base = filled(citizen, world)
    answer = citizen.post(f"{base}xem-lai/", {"key": key_of(base)})
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


def test_drafts_are_private(citizen: Client, world: World) -> None:
    base = filled(citizen, world)
    file_id = Draft.objects.get().files.get().pk
    other = signed_in(Client(), world.other_citizen)
    for path in ("noi-nop/", "giay-to/", f"giay-to/{file_id}/", "xem-lai/"):
        assert other.get(f"{base}{path}").status_code == 404
    assert other.post(f"{base}xoa/").status_code == 404
    assert other.post(f"{base}giay-to/", {"remove": str(file_id)}).status_code == 404
    assert read(citizen, f"{base}giay-to/{file_id}/").startswith(b"\x89PNG")


def test_a_discarded_draft_lets_its_files_go(citizen: Client, world: World) -> None:
    base = filled(citizen, world)
    assert citizen.post(f"{base}xoa/").url == "/ho-so/"
    assert not Draft.objects.exists()
    assert Blob.objects.get().references == 0


def test_the_pages_of_another_procedure_do_not_open_the_draft(citizen: Client, world: World) -> None:
    base = filled(citizen, world)
    assert citizen.get(base.replace(CODE, "1.000656") + "noi-nop/").status_code == 404


def test_strangers_sign_in_and_officers_stay_outside(world: World, client: Client) -> None:
    assert "/tai-khoan/" in client.get(START).url
    officer = signed_in(Client(), world.clerk)
    assert officer.get(START).status_code == 403
    assert officer.post(START).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("level", ["information"])
def test_what_is_not_open_online_cannot_be_handed_in(
    level: str, client: Client, db: None, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    world = World(definition(service_level=level)).build()
    citizen = signed_in(client, world.citizen)
    assert citizen.get(START).status_code == 404
    assert "Nộp hồ sơ</a>" not in citizen.get(f"/thu-tuc/{CODE}/").content.decode()
