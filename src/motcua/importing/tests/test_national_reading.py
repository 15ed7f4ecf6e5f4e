"""From a file to rows: each shape by its content, faults in rows and in files."""

import gzip
import json
from pathlib import Path

import pytest
import xlsxwriter

from motcua.importing.national.reading import Row, rows_of

RECORDS = [{"ma": f"1.00000{number}", "ten": f"Hồ sơ {number}", "x": [{"y": '}]{"'}]} for number in range(3)]
LINES = [json.dumps(record, ensure_ascii=False) for record in RECORDS]


@pytest.fixture
def rows(tmp_path: Path):
    def read(content: bytes | str, name: str = "whatever") -> list[Row]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(rows_of(path))

    return read


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(LINES),
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2),
        json.dumps(RECORDS, indent=0, ensure_ascii=False),
        "[\n" + ",\n".join(LINES) + "\n]",
        "[" + ",\n".join(LINES) + ",\n]",
        ",".join(LINES),
        json.dumps({"error_code": 0, "result": RECORDS}),
        json.dumps({"error_code": 0, "message": "", "result": RECORDS}, indent=1),
        ("\n".join(LINES)).encode("utf-16"),
        gzip.compress("\n".join(LINES).encode()),
        gzip.compress(json.dumps(RECORDS).encode()),
    ],
    ids=range(12),
)
def test_every_way_to_write_records(rows, content: bytes | str) -> None:
    read = rows(content, "misleading.xlsx")
    assert [row.value for row in read] == RECORDS
    assert [row.fault for row in read] == ["", "", ""]


def test_one_object_is_one_row(rows) -> None:
    assert [row.value for row in rows(json.dumps(RECORDS[0], indent=2))] == [RECORDS[0]]
    assert [row.value for row in rows(json.dumps({"error_code": "0", "result": RECORDS[0]}))] == [RECORDS[0]]


def test_mark_of_order_blank_lines_and_carriage_returns(rows) -> None:
    read = rows("﻿" + "\r\n\r\n".join(LINES) + "\r\n")
    assert [(row.number, row.value) for row in read] == list(zip((1, 3, 5), RECORDS, strict=True))


def test_a_bad_line_does_not_stop_the_rest(rows) -> None:
    read = rows("\n".join([LINES[0], '{"ma": "1', "nonsense", LINES[1]]))
    assert [(row.number, row.value is None) for row in read] == [(1, False), (2, True), (3, True), (4, False)]
    assert all(row.fault.startswith("Không đọc được JSON") for row in read[1:3])


def test_a_bad_first_line(rows) -> None:
    assert [row.value is None for row in rows("\n".join(["{oops", *LINES]))] == [True, False, False, False]


def test_a_bad_record_in_a_list(rows) -> None:
    read = rows('[\n {"a": 1},\n {"a": },\n {"a": 3}\n]')
    assert [row.value for row in read] == [{"a": 1}, None, {"a": 3}]


def test_a_cut_archive_gives_what_could_be_read(rows) -> None:
    many = gzip.compress("\n".join(f'{{"n": {number}, "h": "{hash(str(number))}"}}' for number in range(4000)).encode())
    *whole, cut, file = rows(many[: len(many) // 2])
    assert len(whole) > 100
    assert all(row.value is not None for row in whole)
    assert (cut.value, cut.fault) == (None, "Bản ghi bị cắt dở ở cuối tệp.")
    assert file.number is None
    assert "cắt" in file.fault


def test_a_list_that_is_not_closed(rows) -> None:
    read = rows(json.dumps(RECORDS, indent=1)[:-40])
    assert [row.value for row in read[:2]] == RECORDS[:2]
    assert [row.value for row in read[2:]] == [None, None]


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\x1f\x8bxx", b"PK\x03\x04xx", bytes(range(256)), b"a,b\n1,2\n"])
def test_what_holds_no_record(rows, content: bytes) -> None:
    read = rows(content)
    assert read
    assert all(row.number is None and row.fault for row in read)


def test_an_answer_with_an_error_code(rows) -> None:
    (read,) = rows(json.dumps({"error_code": 9, "error_message": "hết phiên", "result": None}))
    assert (read.number, read.value) == (None, None)
    assert "mã lỗi" in read.fault


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a":' * 100_000])
def test_deep_nesting_is_a_fault(rows, content: str) -> None:
    assert any(row.fault for row in rows(content))


def _workbook(path: Path, cells: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Ghi chú").write(0, 0, "không có bảng")
        sheet = book.add_worksheet("Danh sách")
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                sheet.write(row, column, value)
    return path


def test_a_sheet_whose_header_stands_below_a_motto(tmp_path: Path) -> None:
    cells: list[list[object]] = [
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [],
        ["STT", "Mã số", "Tên", "Lĩnh vực"],
        [1, "1.000123", "Cấp giấy A", "Đất đai"],
        [],
        [2, 1.00012, "Cấp giấy B", "Đất đai"],
    ]
    read = list(rows_of(_workbook(tmp_path / "list.json", cells)))
    assert [(row.number, row.value and row.value["Mã số"]) for row in read] == [(4, "1.000123"), (6, "1.000120")]


def test_a_sheet_without_a_header(tmp_path: Path) -> None:
    (read,) = rows_of(_workbook(tmp_path / "x.xlsx", [["a", "b"], [1, 2]]))
    assert "tiêu đề" in read.fault
