"""The forms and pages of the clock: pausing, paying, excusing, ending, beginning anew."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from motcua.dossiers.models import Apology, Dossier, Draft, Obligation
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.identity.terms import Actor
from motcua.sites.desk.tests.browser import press, text_of
from motcua.sites.desk.tests.conftest import SignIn


@pytest.fixture(autouse=True)
def _later(world: World) -> object:
    with time_machine.travel(datetime.fromisoformat(AT.isoformat()), tick=False) as clock:
        yield clock


def page_of(client: Client, dossier: Dossier) -> str:
    return text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))


def own_page(sign_in: SignIn, actor: Actor, dossier: Dossier) -> str:
    return text_of(sign_in(actor).get(f"/ho-so/{dossier.code}/"))


def again(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def test_pausing_and_going_on(world: World, sign_in: SignIn) -> None:
    dossier, head = bring(world, "handling"), sign_in(world.head)
    form = text_of(head.get(f"/mot-cua/ho-so/{dossier.code}/tam-dung/"))
    assert "Niêm yết công khai" in form
    assert 'value="consultation"' not in form
    assert "quy định chưa đối chiếu văn bản" in form
    assert press(head, dossier.code, "tam-dung", kind="public_notice").status_code == 422
    assert press(head, dossier.code, "tam-dung", kind="rain", reason="x", basis="y").status_code == 422
    typed = {"kind": "public_notice", "reason": "Niêm yết 15 ngày", "basis": "Luật Đất đai"}
    assert press(head, dossier.code, "tam-dung", **typed).status_code == 302
    page = page_of(head, dossier)
    assert "Tạm dừng từ 04/03: niêm yết công khai" in page
    assert "(căn cứ: Luật Đất đai)" in page
    assert "Tạm dừng từ 04/03: niêm yết công khai" in own_page(sign_in, world.citizen, dossier)
    assert press(head, dossier.code, "tiep-tuc", note="Xong").status_code == 302
    assert "tạm dừng niêm yết công khai" in page_of(head, dossier)


def test_asking_for_money_and_its_proof(world: World, sign_in: SignIn) -> None:
    dossier, specialist = bring(world, "handling"), sign_in(world.specialist)
    typed = {"title": "Lệ phí trước bạ", "amount": "mười", "number": "TB-12", "on": "02/03/2026"}
    refused = press(specialist, dossier.code, "yeu-cau-nghia-vu", **typed)
    assert "Hãy ghi số tiền bằng chữ số" in text_of(refused)
    typed |= {"amount": "1.250.000 đ", "pay_until": "01/04/2026", "pay_at": "Kho bạc khu vực III"}
    assert press(specialist, dossier.code, "yeu-cau-nghia-vu", **typed).status_code == 302
    assert Obligation.objects.get().amount == 1_250_000
    mine = own_page(sign_in, world.citizen, dossier)
    assert "Bạn cần nộp 1.250.000 đồng" in mine
    assert "Kho bạc khu vực III" in mine
    assert "chờ bạn nộp tiền" in mine
    tracked = text_of(Client().get(f"/tra-cuu/{dossier.code}/{dossier.tracking_token}/"))
    assert "Bạn cần nộp 1.250.000 đồng" in tracked
    form = text_of(specialist.get(f"/mot-cua/ho-so/{dossier.code}/xac-nhan-nghia-vu/"))
    assert 'value="1.250.000"' in form
    typed = {"number": "CT-01", "on": "04/03/2026", "amount": "1.250.000"}
    assert press(specialist, dossier.code, "xac-nhan-nghia-vu", **typed).status_code == 302
    assert again(dossier).status == Status.PROCESSING
    assert "Đã nộp 1.250.000 đồng, chứng từ số CT-01" in page_of(specialist, dossier)


def test_a_draft_is_signed_or_dropped(world: World, sign_in: SignIn) -> None:
    dossier, specialist, chair = bring(world, "handling"), sign_in(world.specialist), sign_in(world.chair)
    assert press(specialist, dossier.code, "soan-xin-loi", promised_on="10/03/2026").status_code == 422
    typed = {"cause": "overload", "reason": "Quá tải", "promised_on": "10/03/2026"}
    assert press(specialist, dossier.code, "soan-xin-loi", **typed).status_code == 302
    assert press(specialist, dossier.code, "soan-xin-loi", **typed, then="drop").status_code == 302
    assert Apology.objects.get().dropped_at is not None
    assert press(specialist, dossier.code, "soan-xin-loi", **typed).status_code == 302
    form = text_of(chair.get(f"/mot-cua/ho-so/{dossier.code}/gia-han/"))
    assert "Quá tải" in form
    assert "10/03/2026" in form
    sunday = press(chair, dossier.code, "gia-han", **typed | {"promised_on": "08/03/2026"})
    assert 'href="#id_promised_on"' in text_of(sunday)
    assert press(chair, dossier.code, "gia-han", **typed).status_code == 302
    page = page_of(chair, dossier)
    assert "Đã gia hạn một lần; hẹn trả ban đầu: 9 giờ 15, thứ Năm 05/03/2026." in page
    assert "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (Mẫu 04)" in page
    assert press(chair, dossier.code, "xin-loi", **typed | {"promised_on": "12/03/2026"}).status_code == 302
    mine = own_page(sign_in, world.citizen, dossier)
    assert "Cơ quan đã xin lỗi và hứa trả chậm nhất 9 giờ 15, thứ Năm 12/03/2026." in mine
    assert "Cơ quan xin lỗi và hẹn lại ngày trả" in mine


def test_stopping_and_beginning_anew(world: World, sign_in: SignIn) -> None:
    dossier, chair = bring(world, "handling"), sign_in(world.chair)
    refused = press(chair, dossier.code, "dung", ground="by_law")
    assert 'href="#id_basis"' in text_of(refused)
    assert press(chair, dossier.code, "dung", ground="whim").status_code == 422
    typed = {"ground": "by_law", "reason": "Kê biên", "basis": "Luật", "fees": "Không thu", "papers": "Trả đủ"}
    assert press(chair, dossier.code, "dung", **typed).status_code == 302
    assert "Thông báo dừng giải quyết hồ sơ (Mẫu 05)" in page_of(chair, dossier)
    mine = own_page(sign_in, world.citizen, dossier)
    assert "Nộp lại từ hồ sơ này" in mine
    clerk = sign_in(world.clerk)
    answer = press(clerk, dossier.code, "lap-lai")
    new = Dossier.objects.latest("pk")
    assert answer["Location"] == f"/mot-cua/ho-so/{new.code}/"
    assert f"/mot-cua/ho-so/{dossier.code}/" in page_of(clerk, new)
    assert f"/mot-cua/ho-so/{new.code}/" in page_of(clerk, dossier)


def test_the_applicant_drafts_again(world: World, sign_in: SignIn) -> None:
    dossier, citizen = bring(world, "withdrawn"), sign_in(world.citizen)
    url = f"/ho-so/{dossier.code}/nop-lai/"
    assert "Nộp lại từ hồ sơ này" in text_of(citizen.get(url))
    answer = citizen.post(url)
    draft = Draft.objects.get()
    assert answer["Location"] == f"/thu-tuc/1.001193/nop/{draft.pk}/noi-nop/"
    assert draft.predecessor_id == dossier.pk
    page = text_of(citizen.get(f"/thu-tuc/1.001193/nop/{draft.pk}/thong-tin/"))
    assert "Nguyễn Thị Hoà" in page
    open_one = bring(world, "submitted", confirmed_duplicate=True)
    assert citizen.get(f"/ho-so/{open_one.code}/nop-lai/").status_code == 409


def test_too_late_to_supplement(world: World, sign_in: SignIn) -> None:
    dossier, clerk = bring(world, "asked_too_long"), sign_in(world.clerk)
    assert press(clerk, dossier.code, "khong-nhan-bo-sung").status_code == 422
    typed = {"fees": "Không thu", "papers": "Không có bản giấy"}
    assert press(clerk, dossier.code, "khong-nhan-bo-sung", **typed).status_code == 302
    assert again(dossier).status == Status.STOPPED


def test_taking_a_result_back_and_solving_anew(world: World, sign_in: SignIn) -> None:
    dossier, chair = bring(world, "delivered"), sign_in(world.chair)
    decision = {"decision_number": "12/QĐ-UBND", "decided_on": "04/03/2026", "reason": "Sai tên"}
    assert press(chair, dossier.code, "thu-hoi-ket-qua").status_code == 422
    assert press(chair, dossier.code, "thu-hoi-ket-qua", **decision).status_code == 302
    mine = own_page(sign_in, world.citizen, dossier)
    assert "Kết quả đã bị thu hồi" in mine
    assert "Đã có kết quả" not in mine
    assert press(chair, dossier.code, "giai-quyet-lai", **decision, due_on="08/03/2026").status_code == 422
    assert press(chair, dossier.code, "giai-quyet-lai", **decision, due_on="12/03/2026").status_code == 302
    assert again(dossier).step_key == "appraise"
    assert "giải quyết lại theo quyết định số 12/QĐ-UBND" in page_of(chair, dossier)


def test_an_overlong_pause_does_not_stop_the_clock(world: World, sign_in: SignIn) -> None:
    dossier = perform(world, Act.SUSPEND, bring(world, "handling"), at=AT - timedelta(hours=1))
    dossier.suspensions.update(at_most_until=AT - timedelta(minutes=1))
    assert "Tạm dừng từ" not in own_page(sign_in, world.citizen, dossier)
