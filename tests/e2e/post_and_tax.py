"""What the post office and the tax office do, by the words on their pages."""

import re
from datetime import timedelta
from typing import Final

from django.utils import timezone
from playwright.sync_api import Page

from tests.e2e.citizen import at, press
from tests.e2e.people import follow
from tests.e2e.sheets import scan

LAND: Final = "1.013978"
WARD: Final = "Ủy ban nhân dân phường Hồng Gai"
PARCEL: Final = "Tổ 5, khu 3, phường Hồng Gai"
#: Notices of the tax office: number, budget item, its name, đồng.
NOTICES: Final = (
    ("311/TB-TCS1", "1401", "Tiền sử dụng đất", "15.000.000"),
    ("312/TB-TCS1", "2801", "Lệ phí trước bạ nhà đất", "578.400"),
)


def told(page: Page, *words: str) -> str:
    """Check that the page says each of these; return everything it says."""
    text = page.locator("main").inner_text()
    for one in words:
        assert one in text, f"{page.url}: «{one}» is not in: {text[:1500]}"
    return text


def take_in(page: Page, person: dict[str, str]) -> str:
    """Write down a land dossier at the counter of the post office; the slip is open, its code comes back."""
    page.goto("/buu-chinh/")
    follow(page.get_by_role("link", name="Nhận hồ sơ của người dân"))
    page.get_by_role("searchbox").fill("làm sổ đỏ lần đầu")
    press(page, "Tìm")
    follow(page.locator("main ul.links").get_by_role("link", name=re.compile(LAND)))
    assert page.get_by_label("Cơ quan giải quyết").locator("option:checked").inner_text() == WARD
    page.get_by_label("Trường hợp").select_option(label="Đăng ký và cấp Giấy chứng nhận")
    for label, value in person.items():
        page.get_by_label(label, exact=True).fill(value)
    press(page, "Nhận hồ sơ")
    at(page, "Bưu điện đã nhận hồ sơ")
    return page.locator(".stub .code").inner_text()


def hand_over(page: Page, kind: str, code: str) -> str:
    """Put one dossier alone on a hand-over sheet; return the address of the sheet."""
    page.goto(f"/buu-chinh/bang-ke/lap/{kind}/")
    panel = page.locator("main form.panel").filter(has_text=code)
    for box in panel.get_by_role("checkbox").all():
        box.uncheck()
    panel.get_by_role("checkbox", name=re.compile(code)).check()
    follow(panel.get_by_role("button", name="Lập bảng kê"))
    told(page, "chờ bên kia nhận", code)
    return page.url


def take_over(page: Page, start: str, sheet: str) -> None:
    """Find the sheet among what waits, and confirm that everything is there."""
    page.goto(start)
    number = sheet.rstrip("/").rpartition("/")[2]
    follow(page.locator(f".notice a[href$='/bang-ke/{number}/']"))
    press(page, "Xác nhận đã nhận")
    told(page, "Đã nhận bàn giao theo bảng kê", "đủ")


def record_parcel(page: Page) -> None:
    """Write down which parcel it is; the dossier is open before and after."""
    follow(page.get_by_role("link", name="Ghi thông tin thửa đất"))
    for label, value in {
        "Tờ bản đồ số": "14",
        "Thửa đất số": "27",
        "Địa chỉ thửa đất": PARCEL,
        "Diện tích (m²)": "96,4",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Đất ở tại đô thị").check()
    press(page, "Ghi thông tin")
    told(page, "Đã ghi thông tin thửa đất.")


def send_sheet(page: Page) -> str:
    """Send the transfer sheet to the tax office; return the address of its PDF."""
    follow(page.get_by_role("link", name="Chuyển cơ quan thuế"))
    page.get_by_label("Tiền sử dụng đất").check()
    page.get_by_label("Lệ phí trước bạ").check()
    page.get_by_label("Giá đất theo bảng giá (đồng/m²)").fill("12.000.000")
    press(page, "Chuyển cơ quan thuế")
    told(page, "Đã chuyển phiếu", "chờ cơ quan thuế")
    return page.get_by_role("link", name="in phiếu").get_attribute("href") or ""


def open_sheet(page: Page, code: str) -> None:
    """The tax officer finds the sheet of a dossier."""
    page.goto("/thue/")
    follow(page.get_by_role("row").filter(has_text=code).get_by_role("link").first)
    told(page, code, "Tờ bản đồ số", PARCEL)


def give_notices(page: Page) -> None:
    """Answer the open sheet with two notices, each with its signed file."""
    follow(page.get_by_role("link", name="Ra thông báo"))
    today = timezone.localdate()
    for row, (number, item, _name, amount) in enumerate(NOTICES):
        page.fill(f"[name='{row}.number']", number)
        page.fill(f"[name='{row}.issued_on']", f"{today:%d/%m/%Y}")
        page.select_option(f"[name='{row}.item_code']", item)
        page.fill(f"[name='{row}.amount']", amount)
        page.fill(f"[name='{row}.pay_until']", f"{today + timedelta(days=30):%d/%m/%Y}")
        page.set_input_files(f"[name='{row}.file']", scan(f"thong-bao-{row + 1}.pdf"))
    press(page, "Ra thông báo")
    told(page, "Đã trả lời phiếu chuyển", *(f"{amount} đồng" for *_rest, amount in NOTICES))


def collect_tax(page: Page, code: str, number: str) -> str:
    """Take the money for one notice at the counter or at the door; return the address of the receipt."""
    page.goto("/buu-chinh/thue/")
    page.get_by_role("searchbox").fill(code)
    press(page, "Tìm")
    follow(page.get_by_role("link", name=f"Thu thông báo {number}"))
    told(page, number, code)
    press(page, "Thu tiền, lập chứng từ")
    text = told(page, "Đã thu")
    receipt = re.search(r"chứng từ số (\d+/\d+/CTT)", text)
    assert receipt, text
    return page.get_by_role("link", name=receipt[1]).get_attribute("href") or ""


def open_order(page: Page, code: str, table: str) -> None:
    """Open an order from one of the lists of today's work."""
    page.goto("/buu-chinh/")
    follow(page.get_by_role("table", name=table).get_by_role("link", name=code))


def deliver(page: Page, code: str, money: str) -> None:
    """Carry the result to the door, take what is owed, hand it over against a signature."""
    open_order(page, code, "Cần phát")
    follow(page.get_by_role("link", name="Gán mã vận đơn"))
    page.get_by_label("Mã vận đơn").fill(waybill_of(code))
    press(page, "Gán mã vận đơn")
    follow(page.get_by_role("link", name="Đi phát"))
    press(page, "Đi phát")
    follow(page.get_by_role("link", name="Giao kết quả cho người dân"))
    page.get_by_label("Người nhận đã ký vào phiếu báo phát").check()
    press(page, "Giao kết quả cho người dân")
    told(page, f"Phải thu hộ {money}")
    page.get_by_label(f"Đã thu hộ {money}").check()
    page.get_by_label("Người nhận đã ký vào phiếu báo phát").check()
    page.get_by_label("Ảnh phiếu báo phát").set_input_files(scan("bao-phat.pdf"))
    press(page, "Giao kết quả cho người dân")
    told(page, "Đã phát")


def waybill_of(code: str) -> str:
    """A waybill of the post for the dossier."""
    return f"VN{code[-11:].replace('-', '')}"


def close_bag(page: Page, receiver: str, counted: str = "") -> str:
    """Count the money for one receiver and close it; return the address of the list."""
    page.goto("/buu-chinh/tien/")
    follow(page.get_by_role("link", name=re.compile(f"Chốt, nộp tiền .* cho {receiver}")))
    page.get_by_label("Số tiền đếm được (đồng)").fill(counted or in_bag(page))
    press(page, "Chốt, lập bảng kê nộp tiền")
    told(page, "Đã chốt bảng kê", receiver)
    return page.url


def in_bag(page: Page) -> str:
    """What the open page says is in the bag, đồng."""
    found = re.search(r"([\d.]+) đồng", page.locator("main").inner_text())
    assert found
    return found[1]


def confirm_money(page: Page, start: str, url: str) -> None:
    """The receiver counts again and confirms."""
    page.goto(start)
    number = url.rstrip("/").rpartition("/")[2]
    follow(page.locator(f"main a[href$='/tien/{number}/']"))
    page.get_by_label(re.compile("^Số tiền .* được")).fill(in_bag(page))
    press(page, "Xác nhận đã nhận tiền")
    told(page, "Đã xác nhận nhận tiền")
