"""Workbooks people hand in: read where they are sound, refused in words before they take the house's memory."""

import contextlib
import io
import zipfile

import pytest
import xlsxwriter

from motcua.kernel.workbooks import WorkbookError, read_workbook


def workbook(*cells: tuple[int, int, str]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("Một")
    for row, column, text in cells:
        page.write_string(row, column, text)
    book.close()
    return buffer.getvalue()


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The same zip with some bytes of one part replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            target.writestr(item.filename, data.replace(old, new) if item.filename == name else data)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_sound_workbook_is_read() -> None:
    book = read_workbook(workbook((0, 0, "Tên"), (2, 1, "Hoa")))
    assert book == {"Một": [["Tên", ""], ["", ""], ["", "Hoa"]]}


def test_a_wrong_size_is_left_aside() -> None:
    sound = workbook((0, 0, "Tên"), (1, 0, "Hoa"))
    content = changed(sound, SHEET, b'<dimension ref="A1:A2"/>', b'<dimension ref="1:1"/>')
    assert content != sound
    assert read_workbook(content) == {"Một": [["Tên"], ["Hoa"]]}


@pytest.mark.parametrize("cells", [((0, 0, "a"), (1_048_575, 16_383, "b")), ((0, 0, "a"), (300_000, 100, "b"))])
def test_far_corners_are_refused(cells: tuple[tuple[int, int, str], ...]) -> None:
    with pytest.raises(WorkbookError, match="quá xa"):
        read_workbook(workbook(*cells))


def test_empty_cells_far_away_cost_nothing() -> None:
    far = b'<row r="1048576"><c r="T1048576" s="0"/></row></sheetData>'
    content = changed(workbook((0, 0, "Tên")), SHEET, b"</sheetData>", far)
    assert read_workbook(content)["Một"][0][0] == "Tên"


def test_a_bomb_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", "<workbook/>")
        target.writestr(SHEET, b"\0" * (201 * 1024 * 1024))
    with pytest.raises(WorkbookError, match="quá lớn"):
        read_workbook(made.getvalue())


@pytest.mark.parametrize(
    "content",
    [b"", b"chu thuong", b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0rubbish", workbook((0, 0, "a"))[:400]],
)
def test_what_is_no_workbook_is_said(content: bytes) -> None:
    with pytest.raises(WorkbookError):
        read_workbook(content)


@pytest.mark.parametrize("flipped", range(30, 400, 37))
def test_broken_bytes_never_escape(flipped: int) -> None:
    content = bytearray(workbook((0, 0, "a"), (5, 5, "b")))
    content[flipped] ^= 0xFF
    with contextlib.suppress(WorkbookError):
        read_workbook(bytes(content))
