"""Excel out, edited, in again: every row told, no procedure half-changed."""

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from python_calamine import CalamineWorkbook

from motcua.agencies.rules.sheets import Row
from motcua.dossiers.tests.world import CODE, World, definition
from motcua.procedures.models import ProcedureVersion
from motcua.sites.studio.sheets import HEADERS, edited, edits_in, read_term
from motcua.sites.studio.tests.conftest import said, text_of

Table = list[list[str]]


def exported(client: Client, query: str = "") -> Table:
    page = client.get(f"/quan-tri/xuong/danh-sach.xlsx{query}")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(page.content)).get_sheet_by_index(0)
    rows = [[str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row] for row in sheet.to_python()]
    return rows[rows.index(next(row for row in rows if row[0] == HEADERS[0])) :]


def send(client: Client, rows: Table) -> HttpResponse:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            page.write_string(number, place, value)
    book.close()
    file = SimpleUploadedFile("bang.xlsx", buffer.getvalue())
    return client.post("/quan-tri/xuong/nhap-excel/", {"key": uuid4().hex, "file": file})


@pytest.fixture
def change() -> Callable[..., Table]:
    def changed(rows: Table, **cells: str) -> Table:
        places = {"term": 3, "online": 5, "law": 7, "fees": 11, "reviewed": 12, "number": 1, "case": 2, "code": 0}
        copy = [list(row) for row in rows]
        for name, value in cells.items():
            copy[1][places[name]] = value
        return copy

    return changed


def test_a_table_that_nobody_edited_changes_nothing(author: Client, world: World) -> None:
    rows = exported(author)
    assert rows[1][0] == CODE
    page = text_of(send(author, rows))
    assert "Giữ nguyên: 1" in page
    assert not ProcedureVersion.objects.filter(published_at=None).exists()


def test_edited_cells_become_a_draft(author: Client, world: World, change: Callable[..., Table]) -> None:
    rows = change(
        exported(author),
        term="2 ngày làm việc",
        online="4 giờ làm việc",
        law="5 ngày làm việc",
        fees="Lệ phí: 10.000 | Phí bản sao: 8.000/bản",
        reviewed="01/03/2026",
    )
    assert "Đã sửa vào bản thảo: 1" in text_of(send(author, rows))
    made = said(CODE)
    case = made.cases[0]
    assert {name: (term.amount, term.unit) for name, term in case.terms.items()} == {
        "any": (2, "working_day"),
        "online": (4, "working_hour"),
    }
    assert case.law_terms["any"].amount == 5
    assert [(fee.name, fee.amount, fee.kind, fee.per, fee.unverified) for fee in case.fees] == [
        ("Lệ phí", 10000, "charge", "", False),
        ("Phí bản sao", 8000, "fee", "bản", False),
    ]
    assert str(made.reviewed_on) == "2026-03-01"
    assert "giảm 3 ngày" not in text_of(author.get("/quan-tri/xuong/"))  # what is published stays


def test_wrong_rows_are_told_and_nothing_is_written(author: Client, world: World, change: Callable[..., Table]) -> None:
    rows = change(exported(author), term="vài hôm", fees="Lệ phí mười nghìn", reviewed="hôm qua")
    page = text_of(send(author, rows))
    assert "Không nhận: 1" in page
    for words in ("vài hôm", "Lệ phí mười nghìn", "Rà soát ngày"):
        assert words in page
    for cells, words in (
        ({"code": "9.999999"}, "Không có thủ tục mang mã này"),
        ({"number": "7"}, "hãy tải lại"),
        ({"case": "khac"}, "không có trường hợp"),
    ):
        assert words in text_of(send(author, change(exported(author), **cells)))
    assert not ProcedureVersion.objects.filter(published_at=None).exists()


def test_one_wrong_row_keeps_the_whole_procedure(author: Client, world: World, change: Callable[..., Table]) -> None:
    rows = exported(author)
    good, bad = change(rows, term="2 ngày làm việc"), change(rows, term="sai")
    page = text_of(send(author, [*good, bad[1]]))
    assert "Không nhận: 2" in page
    assert not ProcedureVersion.objects.filter(published_at=None).exists()


def test_a_file_that_is_no_table(author: Client, world: World) -> None:
    file = SimpleUploadedFile("a.xlsx", b"khong phai")
    page = author.post("/quan-tri/xuong/nhap-excel/", {"key": "k", "file": file})
    assert page.status_code == 422


@pytest.mark.parametrize(
    ("said_so", "expected"),
    [
        ("3 ngày làm việc", (3, "working_day")),
        ("15 NGÀY", (15, "day")),
        ("4 giờ làm việc", (4, "working_hour")),
        ("trong ngày làm việc", (0, "same_day")),
        ("0 ngày", None),
        ("ba ngày", None),
        ("", None),
    ],
)
def test_terms_in_words(said_so: str, expected: tuple[int, str] | None) -> None:
    term = read_term(said_so)
    assert (term and (term.amount, term.unit)) == expected


def test_an_empty_cell_takes_a_term_away() -> None:
    base = definition()
    row = Row(5, {"case": "default", "fees": "Lệ phí: 8.000"})
    edits = edits_in(row, base)
    assert edits.terms == {"any": None}
    assert edited(base, edits).cases[0].terms == {}
