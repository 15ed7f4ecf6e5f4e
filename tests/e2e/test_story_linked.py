"""One code through four houses: land, by the post to the ward, the department, the tax office and home again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e import citizen, officer, post_and_tax
from tests.e2e.axe import faults
from tests.e2e.citizen import press
from tests.e2e.people import House, follow
from tests.e2e.post_and_tax import LAND, NOTICES, PARCEL, told
from tests.e2e.sheets import picture, words_of

OWNER, PHONE = "Bùi Thị Sen", "0912345679"
PERSON = {
    "Họ tên chủ hồ sơ": OWNER,
    "Số định danh": "022168123457",
    "Số điện thoại": PHONE,
    "Địa chỉ": "Số 12 phố Lê Lợi, phường Hồng Gai",
}
DESK, OFFICE = "Trung tâm Phục vụ hành chính công phường Hồng Gai", "Bưu điện phường Hồng Gai"
DIVISION, TAX = "Phòng Kinh tế, Hạ tầng và Đô thị", "Thuế cơ sở 1 tỉnh Quảng Ninh"
DEPARTMENT = "Sở Nông nghiệp và Môi trường tỉnh Quảng Ninh"
MAP = "Trích lục bản đồ địa chính thửa 27, tờ 14."
CERTIFICATE = "Cấp Giấy chứng nhận cho bà Bùi Thị Sen."
FEE = "50.000 đồng"
TAXES = "15.578.400 đồng"


class Looking:
    """Looks at each kind of page once, at three widths."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.seen: set[str] = set()

    def at(self, page: Page, name: str) -> None:
        if name not in self.seen:
            self.seen.add(name)
            self.found += faults(page, name)


@pytest.fixture
def looking() -> Iterator[Looking]:
    one = Looking()
    yield one
    assert not one.found, "\n".join(one.found)


def test_one_code_through_four_houses(house: House, looking: Looking) -> None:
    code = _taken_in_at_the_post(house, looking)
    due = _received(house, looking, code)
    _answered_by_the_department(house, code)
    _asked_of_the_tax_office(house, looking, code)
    _stands_still(house, code, due)
    _paid_at_the_post(house, looking, code)
    _runs_on(house, code)
    _decided(house, code)
    _brought_home(house, looking, code)
    _money_handed_on(house, looking)


def _taken_in_at_the_post(house: House, looking: Looking) -> str:
    with house.visitor("buudien", javascript=True) as page:
        page.goto("/buu-chinh/")
        looking.at(page, "post-home")
        page.goto("/buu-chinh/nhan-ho-so/")
        looking.at(page, "post-take-in")
        page.goto(f"/buu-chinh/nhan-ho-so/{LAND}/")
        looking.at(page, "post-take-in-form")
        press(page, "Nhận hồ sơ")
        looking.at(page, "post-take-in-form-loi")
        code = post_and_tax.take_in(page, PERSON)
        told(page, OWNER, OFFICE, DESK, "1 bản chính")
        looking.at(page, "post-taken-in")
        follow(page.get_by_role("link", name="Xem đơn bưu chính"))
        told(page, "Bưu điện đang giữ hồ sơ")
        looking.at(page, "post-order")
        page.goto("/buu-chinh/bang-ke/lap/cho-mot-cua/")
        looking.at(page, "post-sheet-make")
        sheet = post_and_tax.hand_over(page, "cho-mot-cua", code)
        looking.at(page, "post-sheet")
        printed = words_of(page, f"{sheet.rstrip('/')}.pdf")
        _says(printed, code, OWNER, OFFICE, DESK, "Ngô Văn Thành")
        page.goto("/buu-chinh/bang-ke/")
        looking.at(page, "post-sheets")
        page.goto(f"{sheet}huy/")
        looking.at(page, "post-sheet-drop")
    assert "Mới đăng ký" in _tracked(house, code)
    with house.visitor("tiepnhan", javascript=True) as page:
        page.goto("/buu-chinh/mot-cua/")
        told(page, "Bảng kê chờ xác nhận nhận bàn giao", code)
        looking.at(page, "post-desk")
        post_and_tax.take_over(page, "/buu-chinh/mot-cua/", sheet)
    assert "đã giao hồ sơ cho Bộ phận Một cửa" in _tracked(house, code)
    return code


def _received(house: House, looking: Looking, code: str) -> tuple[str, ...]:
    """The desk receives and charges; the division's head assigns; the day of the result is on paper and online."""
    with house.visitor("tiepnhan") as page:
        officer.choose(page, code, "Tiếp nhận")
        page.get_by_label("Mức thu (đồng)").fill("50.000")
        press(page, "Tiếp nhận và chuyển")
        officer.did(page, "Đã tiếp nhận và chuyển xử lý hồ sơ.")
        due = _due(page)
        receipt = words_of(page, _paper(page, "Giấy tiếp nhận"))
        assert code in receipt
        assert OWNER in receipt
        assert "ngày {} tháng {} năm {}".format(*due) in receipt
        picture(page, "lien-thong-da-tiep-nhan")
    with house.visitor("kinhte") as page:
        officer.assign(page, code, "Đinh Quốc Bảo")
    with house.visitor("diachinh", javascript=True) as page:
        officer.open_dossier(page, code)
        page.goto(f"{page.url}thua-dat/")
        looking.at(page, "desk-parcel")
        officer.open_dossier(page, code)
        post_and_tax.record_parcel(page)
        told(page, "27", PARCEL)
    return due


def _answered_by_the_department(house: House, code: str) -> None:
    """A part is opened; the department takes over, handles, signs; its result comes back by itself."""
    with house.visitor("diachinh") as page:
        officer.choose(page, code, "Mở hồ sơ thành phần")
        page.get_by_label("Trích lục bản đồ địa chính thửa đất").check()
        press(page, "Mở hồ sơ thành phần")
        text = told(page, "Đã mở hồ sơ thành phần và chuyển đến cơ quan giải quyết.", DEPARTMENT)
        part = next(one for one in re.findall(r"H49\.\d+-\d{6}-\d{4}", text) if one != code)
        assert not page.locator(".acts").get_by_role("link", name="Thẩm định").count(), "chờ phần liên thông"
        picture(page, "lien-thong-da-mo-phan")
    with house.visitor("phongdatdai") as page:
        officer.choose(page, part, "Nhận bàn giao")
        press(page, "Đã nhận đủ hồ sơ giấy và điện tử")
        told(page, "Đã nhận bàn giao hồ sơ.", PARCEL, f"Hồ sơ thành phần của {code}")
        officer.assign(page, part, "Tạ Văn Lộc")
    with house.visitor("datdai") as page:
        officer.appraise(page, part, MAP)
    with house.visitor("phongdatdai") as page:
        officer.forward(page, part)
    with house.visitor("giamdocso") as page:
        officer.approve(page, part, MAP)
    with house.visitor("vanthuso") as page:
        officer.seal(page, part, part[-4:])
        picture(page, "lien-thong-phan-da-dong-dau")
    _wait_until(house, code, "Có kết quả hồ sơ thành phần")
    seen = _tracked(house, code)
    _says(seen, "Chuyển giải quyết liên thông", "Một phần liên thông đã xong", "Đã xong phần này", DEPARTMENT)
    assert part not in seen, "người dân theo dõi bằng một mã"


def _asked_of_the_tax_office(house: House, looking: Looking, code: str) -> None:
    with house.visitor("diachinh", javascript=True) as page:
        officer.open_dossier(page, code)
        told(page, f"số {_part_number(page)}/")
        page.goto(f"{page.url}phieu-chuyen/")
        looking.at(page, "desk-transfer")
        officer.open_dossier(page, code)
        pdf = post_and_tax.send_sheet(page)
        printed = words_of(page, pdf)
        _says(printed, code, OWNER, TAX, PARCEL, "96,4", "Tiền sử dụng đất", "Đinh Quốc Bảo")
        assert _runs(page.locator("main").inner_text()), "chưa có thông báo thì đồng hồ còn chạy"
        follow(page.get_by_role("link", name="thu hồi"))
        looking.at(page, "desk-transfer-withdraw")
    with house.visitor("thue", javascript=True) as page:
        page.goto("/thue/")
        looking.at(page, "tax-home")
        post_and_tax.open_sheet(page, code)
        looking.at(page, "tax-sheet")
        follow(page.get_by_role("link", name="Trả lại phiếu"))
        looking.at(page, "tax-return")
        post_and_tax.open_sheet(page, code)
        follow(page.get_by_role("link", name="Ra thông báo"))
        press(page, "Ra thông báo")
        told(page, "Hãy ghi ít nhất một thông báo")
        looking.at(page, "tax-answer")
        post_and_tax.open_sheet(page, code)
        post_and_tax.give_notices(page)
        follow(page.get_by_role("link", name="Ghi nhận đã nộp").first)
        looking.at(page, "tax-paid")


def _stands_still(house: House, code: str, due: tuple[str, ...]) -> None:
    """From the notice on nobody works against the clock, and everybody reads why."""
    with house.visitor("diachinh") as page:
        officer.open_dossier(page, code)
        told(page, "Yêu cầu thực hiện nghĩa vụ tài chính", "chờ nộp nghĩa vụ tài chính", TAXES, "Tạm dừng từ")
        assert not page.locator(".acts").get_by_role("link", name="Thẩm định").count()
        assert _due(page) == due
        picture(page, "lien-thong-dong-ho-dung")
    seen = _tracked(house, code, "lien-thong-tra-cuu-cho-nop")
    _says(seen, f"Bạn cần nộp {TAXES}", "Tạm dừng từ", "không tính vào thời hạn", NOTICES[0][0], NOTICES[1][0])


def _paid_at_the_post(house: House, looking: Looking, code: str) -> None:
    """The first notice at the counter, the second as well: a receipt for each; only the last one moves the clock."""
    with house.visitor("buudien", javascript=True) as page:
        page.goto(f"/buu-chinh/thue/?q={code}")
        looking.at(page, "post-taxes")
        follow(page.get_by_role("link", name=f"Thu thông báo {NOTICES[0][0]}"))
        looking.at(page, "post-tax")
        for number, _item, name, amount in NOTICES:
            receipt = words_of(page, post_and_tax.collect_tax(page, code, number))
            _says(receipt.lower(), code.lower(), OWNER.lower(), name.lower(), amount, TAX.lower(), "ngô văn thành")
            if number == NOTICES[0][0]:
                assert "Tạm dừng từ" in _tracked(house, code)
        page.goto(f"/buu-chinh/thue/?q={code}")
        told(page, "Không tìm thấy thông báo chưa nộp")
    with house.visitor("thue") as page:
        post_and_tax.open_sheet(page, code)
        assert told(page, "Đã nộp đủ").count("Đã nộp đủ") == len(NOTICES)


def _runs_on(house: House, code: str) -> None:
    with house.visitor("diachinh") as page:
        officer.open_dossier(page, code)
        text = told(page, "Đang xử lý", "Chứng từ số")
        assert _runs(text)
        assert "Tạm dừng từ" not in text
        sheet = page.get_by_role("link", name="Phiếu kiểm soát quá trình giải quyết").get_attribute("href") or ""
        printed = words_of(page, sheet)
        _says(
            printed,
            code,
            OWNER,
            "20 ngày làm việc",
            "1. Giao: Trung tâm Phục vụ",
            "2. Nhận: Phòng Kinh tế",
            "Vũ Thu Hương",
        )
    seen = _tracked(house, code)
    assert "Bạn cần nộp" not in seen
    assert _runs(seen)


def _decided(house: House, code: str) -> None:
    with house.visitor("diachinh") as page:
        officer.appraise(page, code, CERTIFICATE)
    with house.visitor("kinhte") as page:
        officer.forward(page, code)
    with house.visitor("lanhdao") as page:
        officer.approve(page, code, CERTIFICATE)
    with house.visitor("vanthu") as page:
        officer.seal(page, code, code[-4:])


def _brought_home(house: House, looking: Looking, code: str) -> None:
    """The result goes back by a sheet; the post clerk takes what is owed at the door, the dossier ends there."""
    _wait_until(house, code, "Phát kết quả", account="tiepnhan")
    with house.visitor("tiepnhan") as page:
        page.goto("/buu-chinh/mot-cua/")
        told(page, code, f"Thu hộ {FEE}")
        sheet = post_and_tax.hand_over(page, "cho-buu-dien", code)
    with house.visitor("buudien") as page:
        post_and_tax.take_over(page, "/buu-chinh/", sheet)
    _at_the_door(house, looking, code)


def _at_the_door(house: House, looking: Looking, code: str) -> None:
    with house.visitor("buudien", javascript=True) as page:
        assert "bưu điện đã nhận kết quả" in _tracked(house, code)
        post_and_tax.open_order(page, code, "Cần phát")
        follow(page.get_by_role("link", name="Giao kết quả cho người dân"))
        looking.at(page, "post-order-deliver")
        post_and_tax.deliver(page, code, FEE)
        picture(page, "lien-thong-da-phat")
    seen = _tracked(house, code, "lien-thong-tra-cuu-da-tra")
    _says(seen, "Đã trả kết quả", "Trả kết quả", "Phát kết quả: đã phát", post_and_tax.waybill_of(code))
    assert OWNER not in seen
    with house.visitor("tiepnhan") as page:
        officer.open_dossier(page, code)
        told(page, "Đã trả kết quả", FEE, "Bưu chính thu hộ")
        note = words_of(page, _paper(page, "biên nhận"))
        assert code in note
        assert OWNER in note


def _money_handed_on(house: House, looking: Looking) -> None:
    """Two bags, two receivers; each counts again, and only then is the money theirs."""
    with house.visitor("buudien", javascript=True) as page:
        page.goto("/buu-chinh/tien/")
        looking.at(page, "post-money")
        follow(page.get_by_role("link", name=re.compile(f"Chốt, nộp tiền .* cho {DESK}")))
        looking.at(page, "post-money-close")
        fees = post_and_tax.close_bag(page, DESK, "50.000")
        looking.at(page, "post-money-list")
        taxes = post_and_tax.close_bag(page, TAX)
        printed = words_of(page, f"{taxes.rstrip('/')}.pdf")
        _says(printed, OFFICE, TAX, OWNER, NOTICES[0][3])
    with house.visitor("tiepnhan") as page:
        post_and_tax.confirm_money(page, "/buu-chinh/tien/", fees)
    with house.visitor("thue", javascript=True) as page:
        page.goto("/thue/tien/")
        looking.at(page, "tax-money")
        page.goto(taxes.replace("/buu-chinh/", "/thue/"))
        looking.at(page, "tax-money-list")
        post_and_tax.confirm_money(page, "/thue/tien/", taxes)


def test_papers_are_fetched_at_home(house: House, looking: Looking) -> None:
    """A dossier handed in online; its papers are fetched at the door, and the desk says what is not there."""
    with house.visitor("congdan", javascript=True) as page:
        code = citizen.hand_in(page, citizen.BIRTH)
        page.goto(f"/ho-so/{code}/")
        follow(page.get_by_role("link", name="Nhờ bưu điện đến lấy hồ sơ giấy"))
        looking.at(page, "portal-pick-up")
        page.get_by_label("Số nhà, đường, khu").fill("Tổ 3, khu 2")
        page.get_by_label("Giờ thuận tiện, ghi chú").fill("Sau 17 giờ")
        follow(page.locator("main form button").last)
        told(page, "Gom hồ sơ: đã đăng ký", OFFICE)
        picture(page, "lien-thong-da-dang-ky-gom")
    with house.visitor("buudien") as page:
        post_and_tax.open_order(page, code, "Cần đi gom")
        told(page, "Tổ 3, khu 2", "Sau 17 giờ")
        follow(page.get_by_role("link", name="Đi gom hồ sơ"))
        press(page, "Đi gom hồ sơ")
        follow(page.get_by_role("link", name="Đã lấy hồ sơ"))
        press(page, "Đã lấy hồ sơ")
        sheet = post_and_tax.hand_over(page, "cho-mot-cua", code)
    with house.visitor("tiepnhan") as page:
        page.goto(sheet)
        page.get_by_label(f"Thiếu hoặc chênh lệch của {code}").fill("Thiếu giấy chứng sinh bản chính.")
        press(page, "Xác nhận đã nhận")
        told(page, "thiếu", "Thiếu giấy chứng sinh bản chính.")
        picture(page, "lien-thong-thieu-giay")
    with house.visitor("buudien") as page:
        page.goto(sheet)
        told(page, "Thiếu giấy chứng sinh bản chính.")
        again = post_and_tax.hand_over(page, "cho-mot-cua", code)
    with house.visitor("tiepnhan") as page:
        post_and_tax.take_over(page, "/buu-chinh/mot-cua/", again)
    with house.visitor("congdan") as page:
        page.goto(f"/ho-so/{code}/")
        told(page, "Gom hồ sơ: đã giao hồ sơ cho Bộ phận Một cửa")


def _tracked(house: House, code: str, name: str = "") -> str:
    """What anybody with the code and the owner's telephone reads."""
    with house.visitor() as page:
        page.goto("/tra-cuu/")
        page.get_by_label("Mã hồ sơ").fill(code)
        page.get_by_label("Số điện thoại").fill(PHONE)
        press(page, "Xem hồ sơ")
        if name:
            picture(page, name)
        return page.locator("main").inner_text()


def _says(text: str, *words: str) -> None:
    for one in words:
        assert one in text, f"«{one}»: {text[:1500]}"


def _wait_until(house: House, code: str, words: str, *, account: str = "diachinh") -> None:
    """What the house does by itself takes a moment: look again until the page of the dossier says it."""
    with house.visitor(account) as page:
        officer.open_dossier(page, code)
        for _ in range(60):
            if words in page.locator("main").inner_text():
                return
            page.wait_for_timeout(500)
            page.reload()
    raise AssertionError(f"{code}: {words}")


def _runs(text: str) -> bool:
    """Whether the clock of the dossier runs: of its twenty working days none is gone yet."""
    return bool(re.search(r"Còn (19|20) ngày làm việc", text))


def _due(page: Page) -> tuple[str, ...]:
    found = re.search(r"Hẹn trả: .*?(\d+)/(\d+)/(\d{4})", page.locator("main").inner_text())
    assert found
    return found.groups()


def _part_number(page: Page) -> str:
    found = re.search(r"số (\d{4})", page.locator("main").inner_text())
    assert found
    return found[1]


def _paper(page: Page, title: str) -> str:
    found = page.locator("main a[href$='.pdf']").filter(has_text=re.compile(title, re.IGNORECASE)).first
    return found.get_attribute("href") or ""
