"""The whole life of a dossier, as the people of one ward live it, without a script."""

import re

from playwright.sync_api import Page

from motcua.files.papers import qr_svg
from tests.e2e import citizen, officer
from tests.e2e.citizen import ADOPTION, BIRTH, PHONE, press
from tests.e2e.people import House, follow
from tests.e2e.sheets import photo, picture, words_of

DRAFT = "Công nhận việc bà Nguyễn Thị Hoa Ban nhận cháu Lê Gia Bảo làm con nuôi."
NAME = "Nguyễn Thị Hoa Ban"


def test_a_birth_is_registered(house: House) -> None:
    with house.visitor("congdan") as page:
        citizen.find(page, "giay khai sinh", BIRTH)
        citizen.answer_all(page)
        picture(page, "cong-dan-xem-lai")
        code = citizen.confirm(page)
        picture(page, "cong-dan-da-nop")
        drawing = _drawing(page.locator(".qr svg").evaluate("it => it.outerHTML"))
    with house.visitor("tiepnhan") as page:
        officer.receive(page, code)
        receipt = words_of(page, _paper(page, "Giấy tiếp nhận"))
        day, month, year = _due(page)
        assert code in receipt
        assert NAME in receipt
        assert re.search(f"Trả kết quả .*ngày {day} tháng {month} năm {year}", receipt, re.IGNORECASE), receipt
        picture(page, "tiep-nhan-da-tiep-nhan")
    with house.visitor("chuyenvien") as page:
        officer.appraise(page, code, "Đăng ký khai sinh cho cháu Ban Mai.")
    with house.visitor("lanhdao") as page:
        officer.approve(page, code, "Đăng ký khai sinh cho cháu Ban Mai.")
    with house.visitor("vanthu") as page:
        officer.seal(page, code, code[-4:])
    with house.visitor("tiepnhan") as page:
        officer.collect(page, code)
        officer.deliver(page, code)
        note = words_of(page, _paper(page, "biên nhận"))
        assert code in note
        assert NAME in note
    _the_public_sees_the_end(house, code, drawing)


def test_a_division_decides_together(house: House) -> None:
    with house.visitor("congdan") as page:
        code = citizen.hand_in(page, ADOPTION)
    with house.visitor("tiepnhan") as page:
        officer.receive(page, code)
    with house.visitor("truongphong") as page:
        officer.assign(page, code, "Trần Đức Kiên")
        picture(page, "truong-phong-da-phan-cong")
    with house.visitor("chuyenvien") as page:
        officer.appraise(page, code, "Bản chưa xong.")
    with house.visitor("truongphong") as page:
        _send_back(page, code, "Chưa ghi tên của cháu.")
    with house.visitor("chuyenvien") as page:
        officer.open_dossier(page, code)
        assert "Chưa ghi tên của cháu." in page.locator("main").inner_text()
        officer.appraise(page, code, DRAFT)
    with house.visitor("truongphong") as page:
        officer.forward(page, code)
    with house.visitor("lanhdao") as page:
        officer.approve(page, code, DRAFT)
        picture(page, "lanh-dao-da-phe-duyet")
    with house.visitor("vanthu") as page:
        officer.seal(page, code, code[-4:])
    with house.visitor("tiepnhan") as page:
        officer.collect(page, code)
        officer.deliver(page, code)
        picture(page, "tiep-nhan-da-tra")
    with house.visitor("congdan") as page:
        page.goto(f"/ho-so/{code}/")
        picture(page, "cong-dan-da-co-ket-qua")
        story = page.locator("main").inner_text()
        assert "Đã có kết quả" in story
        for done in ("Phân công người thụ lý", "Phê duyệt kết quả", "Cấp số, đóng dấu kết quả", "Trả kết quả"):
            assert done in story
        assert DRAFT not in story
        assert "Chưa ghi tên của cháu." not in story


def test_what_lacks_is_asked_once_and_supplemented(house: House) -> None:
    with house.visitor("congdan") as page:
        code = citizen.hand_in(page, BIRTH)
    with house.visitor("tiepnhan") as page:
        officer.choose(page, code, "Yêu cầu bổ sung")
        _give_ground(page, 0, "Thiếu chữ ký ở trang 2.")
        _give_ground(page, 1, "Ảnh mờ, không đọc được số.")
        picture(page, "tiep-nhan-yeu-cau-bo-sung")
        press(page, "Gửi yêu cầu bổ sung (Mẫu 02)")
        officer.did(page, "Đã gửi yêu cầu bổ sung")
        asked = words_of(page, _paper(page, "bổ sung"))
        assert "Thiếu chữ ký ở trang 2." in asked
        assert "Ảnh mờ, không đọc được số." in asked
    with house.visitor("congdan") as page:
        page.goto(f"/ho-so/{code}/")
        picture(page, "cong-dan-can-bo-sung")
        follow(page.get_by_role("link", name="Bổ sung hồ sơ"))
        for chooser in page.locator("input[type=file]").all():
            chooser.set_input_files(photo("chup-lai.jpg"))
        picture(page, "cong-dan-bo-sung")
        press(page, "Gửi bổ sung")
        told = page.locator("main").inner_text()
        assert "Đang chờ cơ quan xem giấy tờ bổ sung" in told
        assert "Bạn cần" not in told
        assert "chờ bạn bổ sung" not in told
    with house.visitor("tiepnhan") as page:
        officer.receive(page, code)
        assert "chup-lai.jpg" in page.locator("main").inner_text()


def test_a_refusal_says_why(house: House) -> None:
    with house.visitor("congdan") as page:
        code = citizen.hand_in(page, BIRTH)
    with house.visitor("tiepnhan") as page:
        officer.choose(page, code, "Từ chối")
        _give_ground(page, 0, "Cháu đã được đăng ký khai sinh tại phường Hà Lầm.")
        press(page, "Từ chối và lập phiếu (Mẫu 03)")
        officer.did(page, "Đã từ chối tiếp nhận")
        assert "phường Hà Lầm" in words_of(page, _paper(page, "từ chối"))
        picture(page, "tiep-nhan-tu-choi")
    with house.visitor("congdan") as page:
        page.goto(f"/ho-so/{code}/")
        assert "phường Hà Lầm" in page.locator("main").inner_text()
        picture(page, "cong-dan-bi-tu-choi")


def test_a_dossier_is_taken_back(house: House) -> None:
    with house.visitor("congdan") as page:
        code = citizen.hand_in(page, BIRTH)
        page.goto(f"/ho-so/{code}/")
        follow(page.get_by_role("link", name="Rút hồ sơ"))
        page.get_by_label("Vì sao bạn rút hồ sơ?").fill("Tôi nộp nhầm nơi.")
        page.get_by_label("Tôi hiểu hồ sơ sẽ kết thúc").check()
        press(page, "Rút hồ sơ")
        story = page.locator("main").inner_text()
        assert "Tôi nộp nhầm nơi." in story
        picture(page, "cong-dan-da-rut")


def _send_back(page: Page, code: str, reason: str) -> None:
    officer.choose(page, code, "Trả lại")
    page.get_by_label("Lý do trả lại").fill(reason)
    press(page, "Trả lại")
    officer.did(page, "Đã trả lại bước trước.")


def _give_ground(page: Page, row: int, note: str) -> None:
    page.locator(f"[name='grounds.{row}.code']").select_option(index=1)
    page.fill(f"[name='grounds.{row}.note']", note)


def _paper(page: Page, title: str) -> str:
    url = page.locator("main a[href$='.pdf']").filter(has_text=re.compile(title, re.IGNORECASE)).first
    return url.get_attribute("href") or ""


def _due(page: Page) -> tuple[str, str, str]:
    found = re.search(r"Hẹn trả: .*?(\d+)/(\d+)/(\d{4})", page.locator("main").inner_text())
    assert found
    return found[1], found[2], found[3]


def _drawing(svg: str) -> str:
    paths: list[str] = re.findall(r' d="([^"]+)"', svg)
    return max(paths, key=len)


def _the_public_sees_the_end(house: House, code: str, drawing: str) -> None:
    with house.visitor() as page:
        page.goto("/tra-cuu/")
        page.get_by_label("Mã hồ sơ").fill(code)
        page.get_by_label("Số điện thoại").fill(PHONE)
        press(page, "Xem hồ sơ")
        story = page.locator("main").inner_text()
        assert "Trả kết quả" in story
        assert NAME not in story
        assert PHONE not in page.content()
        picture(page, "nguoi-la-tra-cuu")
        link = page.url
    assert drawing == _drawing(qr_svg(link))
    with house.visitor() as page:
        page.goto(link)
        assert page.locator("main").inner_text() == story
