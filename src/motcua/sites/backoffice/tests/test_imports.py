"""Units and people from Excel: templates that can be read back, every row's problem, all rows or none."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from motcua.agencies.actions.import_units import UNIT_COLUMNS
from motcua.agencies.models import Unit
from motcua.agencies.rules.sheets import read_table
from motcua.dossiers.tests.world import World
from motcua.identity.actions.import_people import PEOPLE_COLUMNS
from motcua.identity.models import Account
from motcua.kernel.errors import Invalid
from motcua.sites.backoffice.tests.conftest import Sheet, text_of

UNITS = ["Tên đơn vị", "Loại đơn vị", "Trực thuộc", "Mã định danh"]
PEOPLE = ["Họ và tên", "Tên đăng nhập", "Đơn vị", "Vị trí việc làm", "Quyền"]


@pytest.mark.parametrize(
    ("address", "columns"),
    [("/quan-tri/don-vi/mau.xlsx", UNIT_COLUMNS), ("/quan-tri/can-bo/mau.xlsx", PEOPLE_COLUMNS)],
)
def test_templates_are_what_the_import_reads(world: World, admin: Client, address: str, columns: tuple) -> None:
    content = admin.get(address).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    header = [str(cell).rstrip(" *") for cell in book.get_sheet_by_index(0).to_python()[0]]
    assert header == [column.header for column in columns]
    assert "Hướng dẫn" in book.sheet_names
    with pytest.raises(Invalid) as refusal:
        read_table(content, columns)
    assert refusal.value.problems[0].code == "table_empty"


def test_units_come_in(world: World, admin: Client, sheet: Sheet) -> None:
    rows = [
        UNITS,
        ["UBND phường Hà Tu", "UBND cấp xã", "UBND tỉnh Quảng Ninh", "H49.63"],
        ["Phòng Kinh tế Hà Tu", "Phòng chuyên môn", "UBND phường Hà Tu", ""],
    ]
    said = {"key": "k", "on": "02/03/2026"}
    assert admin.post("/quan-tri/don-vi/nhap/", {**said, "file": sheet(rows)}).status_code == 303
    assert Unit.objects.get(name="Phòng Kinh tế Hà Tu").agency.name == "UBND phường Hà Tu"


def test_every_wrong_row_is_told_and_nothing_is_written(world: World, admin: Client, sheet: Sheet) -> None:
    rows = [
        UNITS,
        ["UBND phường Hà Tu", "UBND cấp xã", "UBND tỉnh Quảng Ninh", "H49.63"],
        ["Phòng A", "Phòng lạ", "UBND phường Hà Tu", ""],
        ["Phòng B", "Phòng chuyên môn", "Nơi không có", ""],
        ["", "UBND cấp xã", "UBND tỉnh Quảng Ninh", "x"],
    ]
    page = admin.post("/quan-tri/don-vi/nhap/", {"key": "k", "on": "02/03/2026", "file": sheet(rows)})
    text = text_of(page)
    assert page.status_code == 422
    for words in ("Dòng 3", "Dòng 4", "Dòng 5", "Không có loại đơn vị", "Nơi không có", "chưa dòng nào được ghi"):
        assert words in text
    assert not Unit.objects.filter(name="UBND phường Hà Tu").exists()


@pytest.mark.parametrize("content", [b"khong phai excel", b"PK\x03\x04hong", b""])
def test_what_is_no_table_is_refused(world: World, admin: Client, content: bytes) -> None:
    file = SimpleUploadedFile("bang.xlsx", content)
    page = admin.post("/quan-tri/don-vi/nhap/", {"key": "k", "on": "02/03/2026", "file": file})
    assert page.status_code == 422
    assert "Lỗi:" in text_of(page)


def test_a_table_too_large_is_refused(world: World, admin: Client) -> None:
    file = SimpleUploadedFile("bang.xlsx", b"x" * (10 * 1024 * 1024 + 1))
    page = admin.post("/quan-tri/can-bo/nhap/", {"key": "k", "on": "02/03/2026", "file": file})
    assert page.status_code == 422
    assert "không quá 10 MB" in text_of(page)


def test_people_come_in_with_their_links(world: World, admin: Client, sheet: Sheet) -> None:
    rows = [
        PEOPLE,
        ["Ngô Thị Mai", "maint", world.division.name, "Chuyên viên", "Thụ lý"],
        ["Ngô Thị Mai", "maint", world.desk.name, "Tiếp nhận", "Tiếp nhận và trả kết quả; Giám sát"],
    ]
    said = {"key": "k", "on": "02/03/2026"}
    page = admin.post("/quan-tri/can-bo/nhap/", {**said, "file": sheet(rows)})
    text = text_of(page)
    assert page.status_code == 200
    assert text.count("/tai-khoan/kich-hoat/") == 2  # the address once as link, once as text
    assert Account.objects.get(username="maint").postings.count() == 2
    again = admin.post("/quan-tri/can-bo/nhap/", {**said, "file": sheet(rows)}, follow=True)
    assert again.status_code in {200, 409}
    assert Account.objects.get(username="maint").postings.count() == 2


def test_wrong_people_are_told_by_row(world: World, admin: Client, sheet: Sheet) -> None:
    rows = [PEOPLE, ["Ngô Thị Mai", "mai nt", "Nơi không có", "", "Bay"]]
    text = text_of(admin.post("/quan-tri/can-bo/nhap/", {"key": "k", "on": "02/03/2026", "file": sheet(rows)}))
    for words in ("Không có quyền", "Không tìm thấy đơn vị", "Tên đăng nhập", "Vị trí việc làm"):
        assert words in text
    assert not Account.objects.filter(full_name="Ngô Thị Mai").exists()
