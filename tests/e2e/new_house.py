"""The first hour of an empty installation: a province, a ward with its desk and its people, a first citizen."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Page

from motcua.project.demo.accounts import DEMO_PASSWORD
from tests.e2e.people import follow

_UNITS = (
    ("Tên đơn vị", "Loại đơn vị", "Trực thuộc", "Mã định danh", "Bộ phận Một cửa", "Từ ngày"),
    ("UBND phường Hồng Gai", "UBND cấp xã", "UBND tỉnh Quảng Ninh", "H49.61", "", "01/07/2025"),
    ("Trung tâm phường Hồng Gai", "Trung tâm Phục vụ hành chính công", "UBND phường Hồng Gai", "", "Có", "01/07/2025"),
    ("Phòng Văn hóa phường Hồng Gai", "Phòng chuyên môn", "UBND phường Hồng Gai", "", "", "01/07/2025"),
)
_PEOPLE = (
    ("Họ và tên", "Tên đăng nhập", "Đơn vị", "Vị trí việc làm", "Quyền"),
    ("Vũ Thu Hương", "huongvt", "Trung tâm phường Hồng Gai", "Công chức", "Tiếp nhận và trả kết quả"),
    ("Trần Đức Kiên", "kientd", "Phòng Văn hóa phường Hồng Gai", "Chuyên viên", "Thụ lý"),
    ("Hoàng Cường", "cuongh", "UBND phường Hồng Gai", "Chủ tịch", "Lãnh đạo cơ quan; Văn thư, đóng dấu"),
)


def found(page: Page, folder: Path) -> None:
    """Name the province, bring units and people in from Excel, as the assistant of the back office asks."""
    page.goto("/quan-tri/bat-dau/tinh/")
    page.fill("[name=name]", "UBND tỉnh Quảng Ninh")
    page.fill("[name=agency_code]", "H49")
    page.fill("[name=on]", "01/07/2025")
    follow(page.locator("main form button.btn").first)
    for step, rows in (("don-vi", _UNITS), ("can-bo", _PEOPLE)):
        page.goto(f"/quan-tri/bat-dau/{step}/")
        page.locator("input[type=file]").set_input_files(_sheet(folder / f"{step}.xlsx", rows))
        follow(page.locator("main form button.btn").first)
        assert not page.locator(".summary").count(), page.locator(".summary").inner_text()


def sign_up(page: Page) -> None:
    """Somebody makes an account of their own."""
    page.goto("/tai-khoan/dang-ky/")
    said = {"full_name": "Nguyễn Thị Hoa Ban", "personal_id": "022190123456", "username": "0912345678"}
    for name, value in {**said, "password1": DEMO_PASSWORD, "password2": DEMO_PASSWORD}.items():
        page.fill(f"[name={name}]", value)
    page.locator("[name=agreed]").check()
    follow(page.locator("main form button").first)
    assert "dang-ky" not in page.url, page.locator("main").inner_text()


def _sheet(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path
