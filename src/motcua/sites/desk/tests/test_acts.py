"""Every act through its form: the happy path, what an error keeps, what a second press does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Channel, Status
from motcua.dossiers.tests.world import World
from motcua.files.actions.store import store_paper
from motcua.sites.desk.tests.browser import hidden_fields, open_act, press, text_of
from motcua.sites.desk.tests.conftest import SignIn

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def picture(name: str = "giay-chung-sinh.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")


@pytest.fixture
def submitted(world: World, now: Any) -> Dossier:
    at = datetime.now().astimezone()
    stored = store_paper(b"%PDF-1.4 to khai", name="to-khai.pdf", at=at)
    facts = world.application(
        channel=Channel.ONLINE, components=(ComponentFacts("to-khai", files=(FileRef(stored.sha256, stored.name),)),)
    )
    return submit_dossier(actor=world.citizen, application=facts, at=at - timedelta(minutes=30))


def again(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def reviewed(chair: Client, dossier: Dossier) -> str:
    """The screen on which drafts are read before many are approved at once."""
    return text_of(chair.get(f"/mot-cua/theo-lo/phe-duyet/?chon={dossier.pk}.{dossier.revision}"))


def test_a_whole_life_through_the_forms(world: World, sign_in: SignIn, submitted: Dossier) -> None:
    clerk, head, specialist = sign_in(world.clerk), sign_in(world.head), sign_in(world.specialist)
    chair, sealer, code = sign_in(world.chair), sign_in(world.sealer), submitted.code

    assert press(clerk, code, "tiep-nhan", then="forward").status_code == 302
    assert again(submitted).step_key == "assign"
    page = text_of(head.get(f"/mot-cua/ho-so/{code}/phan-cong/"))
    assert "không giữ hồ sơ nào" in page
    assert press(head, code, "phan-cong", to=world.specialist.account_id, note="Làm sớm").status_code == 302
    assert again(submitted).holder_id == world.specialist.account_id
    answer = press(specialist, code, "tham-dinh", opinion="Đủ điều kiện", text="Cấp giấy khai sinh")
    assert answer.status_code == 302
    assert press(head, code, "chuyen", note="Đồng ý").status_code == 302
    assert "Cấp giấy khai sinh" in reviewed(chair, again(submitted))
    assert "Cấp giấy khai sinh" in text_of(chair.get(f"/mot-cua/ho-so/{code}/phe-duyet/"))
    assert press(chair, code, "phe-duyet").status_code == 302
    assert again(submitted).status == Status.FINISHED
    answer = press(sealer, code, "dong-dau", number="12", symbol="GKS", issued_on="02/03/2026", scan=picture())
    assert answer.status_code == 302
    assert press(clerk, code, "tra-ket-qua", collector="owner", signed_by_hand="on").status_code == 302
    assert again(submitted).status == Status.DELIVERED
    page = text_of(clerk.get(f"/mot-cua/ho-so/{code}/"))
    assert "Giấy biên nhận trả kết quả" in page
    assert "Số 12/GKS" in page


def test_refusing_paper_by_paper(world: World, sign_in: SignIn, submitted: Dossier) -> None:
    client = sign_in(world.clerk)
    typed = {"grounds.0.code": "illegible", "grounds.0.note": "Trang 2 mờ", "grounds.1.code": ""}
    assert press(client, submitted.code, "tu-choi", **typed).status_code == 302
    assert again(submitted).status == Status.REFUSED
    assert "Trang 2 mờ" in text_of(client.get(f"/mot-cua/ho-so/{submitted.code}/"))


def test_a_reason_that_does_not_fit_is_said_at_its_row_and_keeps_everything(
    world: World, sign_in: SignIn, submitted: Dossier
) -> None:
    client = sign_in(world.clerk)
    rows = {
        "grounds.0.code": "illegible",
        "grounds.0.note": "Trang 2 mờ",
        "grounds.2.code": "other",
        "grounds.2.remedy": "",
    }
    page = press(client, submitted.code, "tu-choi", **rows)
    assert page.status_code == 422
    text = text_of(page)
    assert 'href="#id_grounds.2.note"' in text
    assert 'href="#id_grounds.2.remedy"' in text
    assert "Trang 2 mờ" in text
    assert again(submitted).status == Status.SUBMITTED
    assert press(client, submitted.code, "tu-choi").status_code == 422


def test_asking_for_a_supplement_and_answering_at_the_desk(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(), sign_in(world.clerk)
    typed = {"grounds.0.code": "unsigned", "answer_until": "10/03/2026"}
    assert press(client, dossier.code, "yeu-cau-bo-sung", **typed).status_code == 302
    assert again(dossier).status == Status.SUPPLEMENT_REQUESTED
    page = text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))
    assert "Đang chờ người nộp bổ sung" in page
    assert "Thiếu chữ ký hoặc con dấu" in page

    empty = press(client, dossier.code, "bo-sung")
    assert empty.status_code == 422
    files = {"files.to-khai": picture("to-khai-moi.png"), "note": "Đã ký lại"}
    assert press(client, dossier.code, "bo-sung", **files).status_code == 302
    assert again(dossier).status == Status.RECEIVED
    assert "to-khai-moi.png" in text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))


def test_a_second_request_needs_the_leader_and_a_reason(world: World, sign_in: SignIn) -> None:
    dossier, clerk = world.received(), sign_in(world.clerk)
    assert press(clerk, dossier.code, "yeu-cau-bo-sung", **{"grounds.0.code": "unsigned"}).status_code == 302
    assert press(clerk, dossier.code, "bo-sung", note="Đã ký").status_code == 302
    refused = clerk.get(f"/mot-cua/ho-so/{dossier.code}/yeu-cau-bo-sung/")
    assert refused.status_code == 302
    assert "Yêu cầu bổ sung</a>" not in text_of(clerk.get(f"/mot-cua/ho-so/{dossier.code}/"))
    chair = sign_in(world.chair)
    page = press(chair, dossier.code, "yeu-cau-bo-sung", **{"grounds.0.code": "expired"})
    assert page.status_code == 422
    assert 'href="#id_exception_reason"' in text_of(page)
    typed = {"grounds.0.code": "expired", "exception_reason": "Giấy hết hạn trong khi chờ"}
    assert press(chair, dossier.code, "yeu-cau-bo-sung", **typed).status_code == 302


def test_uploaded_files_survive_an_error(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(), sign_in(world.clerk)
    press(client, dossier.code, "chuyen")
    press(sign_in(world.head), dossier.code, "phan-cong", to=world.specialist.account_id)
    specialist = sign_in(world.specialist)
    page = press(specialist, dossier.code, "tham-dinh", opinion="", file=picture("du-thao.png"))
    assert page.status_code == 422
    text = text_of(page)
    assert "Chưa có ý kiến thẩm định." in text
    assert "du-thao.png" in text
    mark = text.split('name="file__giu" value="')[1].split('"')[0]
    typed = hidden_fields(page) | {"opinion": "Đủ điều kiện", "file__giu": mark}
    assert specialist.post(f"/mot-cua/ho-so/{dossier.code}/tham-dinh/", typed).status_code == 302
    assert dossier.drafts.get().attachment.name == "du-thao.png"


def test_a_forged_mark_is_no_file(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(), sign_in(world.clerk)
    press(client, dossier.code, "yeu-cau-bo-sung", **{"grounds.0.code": "unsigned"})
    page = press(client, dossier.code, "bo-sung", files__giu="gia:mao", note="x")
    assert page.status_code == 422
    assert "hãy chọn lại tệp" in text_of(page)


def test_the_draft_text_can_be_written_from_the_dossier(world: World, sign_in: SignIn) -> None:
    dossier = world.received()
    press(sign_in(world.clerk), dossier.code, "chuyen")
    press(sign_in(world.head), dossier.code, "phan-cong", to=world.specialist.account_id)
    page = press(sign_in(world.specialist), dossier.code, "tham-dinh", fill="template", text="Đã viết", opinion="Đủ")
    assert page.status_code == 200
    text = text_of(page)
    assert "Căn cứ Luật Hộ tịch số 60/2014/QH13" in text
    assert "Đã viết" in text
    assert "chỗ cần sửa" not in text
    assert dossier.drafts.count() == 0


def test_sending_back_and_rejecting(world: World, sign_in: SignIn) -> None:
    dossier, clerk, head = world.received(), sign_in(world.clerk), sign_in(world.head)
    press(clerk, dossier.code, "chuyen")
    assert press(head, dossier.code, "tra-lai").status_code == 422
    assert press(head, dossier.code, "tra-lai", reason="Thiếu tờ khai").status_code == 302
    assert again(dossier).step_key == "receive"
    press(clerk, dossier.code, "chuyen")
    press(head, dossier.code, "phan-cong", to=world.specialist.account_id)
    press(sign_in(world.specialist), dossier.code, "tham-dinh", opinion="Không đủ", text="Trả lời", is_negative="on")
    press(head, dossier.code, "chuyen")
    chair = sign_in(world.chair)
    assert "không giải quyết" in reviewed(chair, again(dossier))
    assert press(chair, dossier.code, "khong-phe-duyet").status_code == 422
    assert press(chair, dossier.code, "khong-phe-duyet", reason="Trái Điều 6").status_code == 302
    assert again(dossier).is_negative


def test_withdrawing(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(), sign_in(world.clerk)
    assert press(client, dossier.code, "rut", reason="").status_code == 422
    assert press(client, dossier.code, "rut", reason="Đơn ngày 02/03/2026").status_code == 302
    assert again(dossier).status == Status.WITHDRAWN


def test_correcting_says_what_it_was(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(), sign_in(world.clerk)
    page = client.get(f"/mot-cua/ho-so/{dossier.code}/dinh-chinh/")
    assert "Hiện ghi: 0912345678" in text_of(page)
    now = {
        "owner.name": "Nguyễn Thị Hoà", "owner.personal_id": "022190001234", "owner.phone": "0911111111",
        "owner.address": "Tổ 1, khu 2", "result_channel": "in_person", "set_count": "1",
    }  # fmt: skip
    refused = press(client, dossier.code, "dinh-chinh", **now)
    assert refused.status_code == 422
    assert 'href="#id_reason"' in text_of(refused)
    assert press(client, dossier.code, "dinh-chinh", **now, reason="Theo căn cước").status_code == 302
    assert again(dossier).owner.phone == "0911111111"
    assert "bản 2" in text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))


def test_a_second_press_of_the_same_button_does_nothing_more(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(), sign_in(world.clerk)
    typed = open_act(client, dossier.code, "chuyen")
    address = f"/mot-cua/ho-so/{dossier.code}/chuyen/"
    first, second = client.post(address, typed), client.post(address, typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert dossier.moves.filter(act="forward").count() == 1
    other = client.post(address, typed | {"note": "khác"})
    assert other.status_code == 409


def test_somebody_else_was_first(world: World, sign_in: SignIn) -> None:
    dossier, first, second = world.received(), sign_in(world.clerk), sign_in(world.second_clerk)
    typed = open_act(second, dossier.code, "rut")
    press(first, dossier.code, "chuyen")
    page = second.post(f"/mot-cua/ho-so/{dossier.code}/rut/", typed | {"reason": "Đơn xin rút số 5"})
    assert page.status_code == 409
    text = text_of(page)
    assert "Cán bộ tiep-nhan đã thực hiện «Chuyển bước tiếp theo»" in text
    assert "Đơn xin rút số 5" in text
    retyped = hidden_fields(page) | {"reason": "Đơn xin rút số 5"}
    assert second.post(f"/mot-cua/ho-so/{dossier.code}/rut/", retyped).status_code == 302


def test_too_late_for_the_act_altogether(world: World, sign_in: SignIn) -> None:
    dossier, first, second = world.received(), sign_in(world.clerk), sign_in(world.second_clerk)
    typed = open_act(second, dossier.code, "chuyen")
    press(first, dossier.code, "chuyen")
    page = second.post(f"/mot-cua/ho-so/{dossier.code}/chuyen/", typed | {"note": "Giữ lại lời này"})
    assert page.status_code == 409
    assert "Giữ lại lời này" in text_of(page)
    assert "việc này không còn thực hiện được" in text_of(page)
    assert 'button class="btn">Chuyển' not in text_of(page)


def test_unknown_act(world: World, sign_in: SignIn) -> None:
    dossier = world.received()
    assert sign_in(world.clerk).get(f"/mot-cua/ho-so/{dossier.code}/xoa/").status_code == 404
