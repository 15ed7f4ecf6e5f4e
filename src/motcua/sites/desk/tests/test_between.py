"""The acts between units through their forms, and the page that hands over many at once."""

import pytest

from motcua.agencies.terms import Right
from motcua.dossiers.models import Consultation, Correction, Dossier
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.terms import Seen
from motcua.dossiers.tests.world import CODE, World
from motcua.sites.desk.tests.browser import open_act, press, text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_acts import picture
from motcua.sites.desk.tests.test_intake import fill_in


@pytest.fixture
def handled(world: World, sign_in: SignIn) -> Dossier:
    """A dossier that the specialist works on."""
    dossier = world.received(components=(ComponentFacts("to-khai", originals=1),))
    press(sign_in(world.clerk), dossier.code, "chuyen")
    press(sign_in(world.head), dossier.code, "phan-cong", to=world.specialist.account_id)
    return Dossier.objects.get(pk=dossier.pk)


def test_asking_two_places_and_what_the_asked_see(world: World, sign_in: SignIn, handled: Dossier) -> None:
    asker, asked, code = sign_in(world.specialist), sign_in(world.stranger), handled.code
    assert asked.get(f"/mot-cua/ho-so/{code}/").status_code == 404
    typed = {
        "questions.0.unit": "bãi cháy", "questions.0.text": "Có tranh chấp?", "questions.0.due": "09/03/2026",
        "questions.3.unit": "Phòng Kinh tế phường Hồng Gai",
    }  # fmt: skip
    assert press(asker, code, "lay-y-kien", **typed).status_code == 302
    assert list(Consultation.objects.order_by("number").values_list("question", flat=True)) == ["Có tranh chấp?"] * 2
    page = text_of(asked.get("/mot-cua/?loc=cho-tra-loi-y-kien"))
    assert code in page
    page = text_of(asked.get(f"/mot-cua/ho-so/{code}/"))
    assert "Có tranh chấp?" in page
    assert "Tờ khai" in page
    for hidden in ("0912345678", "022190001234", "Quá trình xử lý", "Mẫu 01", "Phòng Kinh tế"):
        assert hidden not in page
    paper = handled.papers.get()
    assert asked.get(f"/mot-cua/ho-so/{code}/giay/{paper.pk}.pdf").status_code == 404
    form = text_of(asked.get(f"/mot-cua/ho-so/{code}/tra-loi-y-kien/"))
    assert "0912345678" not in form
    assert press(asked, code, "tra-loi-y-kien").status_code == 422
    answer = press(asked, code, "tra-loi-y-kien", opinion="agree", answer="Không", file=picture("cong-van.png"))
    assert answer.status_code == 302
    page = text_of(asker.get(f"/mot-cua/ho-so/{code}/"))
    assert "cong-van.png" in page
    assert "UBND phường Bãi Cháy: đồng ý" in page
    assert press(asker, code, "rut-y-kien", reason="Đủ rồi").status_code == 302
    assert Consultation.objects.filter(cancelled_at__isnull=False).count() == 1


def test_a_place_that_is_none(world: World, sign_in: SignIn, handled: Dossier) -> None:
    typed = {"questions.0.unit": "phòng", "questions.0.text": "?", "questions.1.unit": "sao hỏa"}
    page = press(sign_in(world.specialist), handled.code, "lay-y-kien", **typed)
    assert page.status_code == 422
    assert "hãy ghi đủ tên" in text_of(page)
    assert "Không có cơ quan, đơn vị «sao hỏa» trong tỉnh." in text_of(page)
    page = press(sign_in(world.specialist), handled.code, "lay-y-kien", **{"questions.2.unit": "bãi cháy"})
    assert page.status_code == 422
    assert 'href="#id_questions.2.text"' in text_of(page)
    page = press(sign_in(world.specialist), handled.code, "lay-y-kien")
    assert 'href="#id_questions.0.unit"' in text_of(page)


def test_handing_over_many_at_once(world: World, sign_in: SignIn) -> None:
    clerk, head = sign_in(world.clerk), sign_in(world.head)
    codes = []
    for _ in range(2):
        dossier = world.received(confirmed_duplicate=True)
        press(clerk, dossier.code, "chuyen")
        codes.append(dossier.code)
    page = text_of(clerk.get("/mot-cua/ban-giao/"))
    assert page.count("Chưa nhận") == 2
    assert text_of(clerk.get("/mot-cua/ban-giao/danh-sach/")).count("H49.61-") >= 2
    page = text_of(head.get("/mot-cua/ban-giao/"))
    assert all(code in page for code in codes)
    answer = head.post("/mot-cua/ban-giao/", {"code": [*codes, "H49.61-000000-0000"]}, follow=True)
    assert "Đã nhận bàn giao 2 hồ sơ." in text_of(answer)
    again = text_of(head.post("/mot-cua/ban-giao/", {"code": codes[0]}, follow=True))
    assert "Cán bộ truong-phong đã thực hiện «Nhận bàn giao»" in again
    assert "Chưa chọn hồ sơ nào." in text_of(head.post("/mot-cua/ban-giao/", {}, follow=True))
    assert "Hôm nay chưa giao hồ sơ nào" in text_of(head.get("/mot-cua/ban-giao/danh-sach/"))


def test_taking_over_refusing_and_taking_back(world: World, sign_in: SignIn) -> None:
    clerk, head, dossier = sign_in(world.clerk), sign_in(world.head), world.received()
    press(clerk, dossier.code, "chuyen", note="Kèm 2 bản sao")
    assert "Kèm 2 bản sao" in text_of(head.get(f"/mot-cua/ho-so/{dossier.code}/nhan-ban-giao/"))
    assert press(head, dossier.code, "nhan-ban-giao", then="refuse").status_code == 422
    assert press(head, dossier.code, "nhan-ban-giao", then="refuse", reason="Thiếu tờ khai").status_code == 302
    assert "Từ chối nhận bàn giao" in text_of(clerk.get(f"/mot-cua/ho-so/{dossier.code}/"))
    press(clerk, dossier.code, "chuyen")
    assert press(clerk, dossier.code, "thu-hoi", reason="Quên đính kèm").status_code == 302
    press(clerk, dossier.code, "chuyen")
    assert press(head, dossier.code, "nhan-ban-giao", note="Đủ").status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).step_key == "assign"


def test_transferring(world: World, sign_in: SignIn, handled: Dossier) -> None:
    head = sign_in(world.head)
    assert press(head, handled.code, "chuyen-don-vi").status_code == 422
    to = world.second_division.pk
    assert press(head, handled.code, "chuyen-don-vi", to=to, reason="Đúng chức năng").status_code == 302
    assert Dossier.objects.get(pk=handled.pk).unit_id == to


def test_a_correction_waits_for_the_leader(world: World, sign_in: SignIn, handled: Dossier) -> None:
    clerk, head, code = sign_in(world.clerk), sign_in(world.head), handled.code
    page = text_of(clerk.get(f"/mot-cua/ho-so/{code}/dinh-chinh/"))
    assert "cần lãnh đạo duyệt" in page
    now = {
        "owner.name": "Nguyễn Thị Hậu", "owner.personal_id": "022190001234", "owner.phone": "0912345678",
        "owner.address": "Tổ 1, khu 2", "result_channel": "in_person", "set_count": "1", "reason": "Theo căn cước",
    }  # fmt: skip
    answer = clerk.post(f"/mot-cua/ho-so/{code}/dinh-chinh/", open_act(clerk, code, "dinh-chinh") | now, follow=True)
    assert "chờ lãnh đạo duyệt" in text_of(answer)
    assert code in text_of(head.get("/mot-cua/?loc=cho-duyet-dinh-chinh"))
    page = text_of(head.get(f"/mot-cua/ho-so/{code}/duyet-dinh-chinh/"))
    assert "Nguyễn Thị Hoà" in page
    assert "Nguyễn Thị Hậu" in page
    assert press(head, code, "duyet-dinh-chinh", then="refuse").status_code == 422
    assert press(head, code, "duyet-dinh-chinh").status_code == 302
    assert Correction.objects.get().is_approved
    assert Dossier.objects.get(pk=handled.pk).owner.name == "Nguyễn Thị Hậu"


def test_a_part(world: World, sign_in: SignIn, handled: Dossier) -> None:
    worker = sign_in(world.specialist)
    assert press(worker, handled.code, "mo-lien-thong", link="khac").status_code == 422
    typed = {"link": "khac", "procedure": f"{CODE} – Đăng ký khai sinh"}
    assert press(worker, handled.code, "mo-lien-thong", **typed).status_code == 302
    part = handled.parts.get()
    assert part.code in text_of(worker.get(f"/mot-cua/ho-so/{handled.code}/"))
    assert handled.code in text_of(worker.get(f"/mot-cua/ho-so/{part.code}/"))


def test_checking_and_shelving(world: World, sign_in: SignIn) -> None:
    clerk, dossier = sign_in(world.clerk), world.received()
    typed = {"checks.to-khai": "original", "checks.to-khai.pages": "3"}
    assert press(clerk, dossier.code, "kiem-tra-giay-to", **typed).status_code == 302
    assert press(clerk, dossier.code, "noi-de-ho-so", shelf="Kệ 3 – Ô 12").status_code == 302
    page = text_of(clerk.get(f"/mot-cua/ho-so/{dossier.code}/"))
    assert "Đã xem bản chính, 3 trang" in page
    assert "Kệ 3 – Ô 12" in page


def test_at_intake_marks_and_another_place_to_collect(world: World, sign_in: SignIn) -> None:
    other = world._unit("Trung tâm PVHCC phường Bãi Cháy", "centre", world.other_ward, is_desk=True)
    far = world.officer("tra-ket-qua", other, "Công chức", Right.RECEIVE)
    typed = {"result_desk": str(other.pk), "components.to-khai.seen": "certified", "components.to-khai.pages": "2"}
    assert fill_in(sign_in(world.clerk), **typed).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.result_desk_id, dossier.delivery_desk_id) == (other.pk, other.pk)
    assert (dossier.components.get(key="to-khai").seen, dossier.components.get(key="to-khai").pages) == (
        Seen.CERTIFIED,
        2,
    )
    assert dossier.papers.get().data["result_place"] == other.name
    assert "Trả tại Trung tâm PVHCC phường Bãi Cháy" in text_of(sign_in(far).get(f"/mot-cua/ho-so/{dossier.code}/"))
