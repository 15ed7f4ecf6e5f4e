"""Glued cells cut apart again: rows of ways, rows of papers, results, legal basis."""

from datetime import date

import pytest

from motcua.importing.national.basis import day_in, read_basis
from motcua.importing.national.cells import split_papers, split_ways, without_files
from motcua.importing.national.components import is_case, read_papers
from motcua.importing.national.results import read_results
from motcua.importing.national.shapes import NationalRecord, counted

WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"


def record(**texts: str) -> NationalRecord:
    return NationalRecord("portal", "1.000001", "Thử", texts)


def test_rows_of_ways() -> None:
    first = "Trực tuyến3 Ngày làm việcMiễn phí(Không)Nộp trên cổng.Trực tiếp tại quầy cũng được."
    text = f"{WAYS}{first}Trực tiếp5 NgàyKhông có thông tin"
    rows, remarks = split_ways(text)
    assert [(row.channel, row.term, row.fees) for row in rows] == [
        ("Trực tuyến", "3 Ngày làm việc", ("Miễn phí(Không)",)),
        ("Trực tiếp", "5 Ngày", ("Không có thông tin",)),
    ]
    assert rows[0].note == "Nộp trên cổng.Trực tiếp tại quầy cũng được."
    assert remarks == []


def test_money_behind_the_term() -> None:
    rows, _ = split_ways(f"{WAYS}Dịch vụ bưu chính7 Ngày làm việc1,200,000 Việt Nam Đồng(/lần)Gửi về sở")
    assert [(row.term, row.fees, row.note) for row in rows] == [
        ("7 Ngày làm việc", ("1,200,000 Việt Nam Đồng(/lần)",), "Gửi về sở")
    ]


def test_a_term_without_unit_grown_into_the_fee() -> None:
    rows, remarks = split_ways(f"{WAYS}Trực tiếp1300 VNĐ")
    assert [(row.term, row.fees) for row in rows] == [("1", ("300 VNĐ",))]
    assert [remark.code for remark in remarks] == ["fee_glued_to_term"]


def test_a_term_in_words_and_a_fee_of_unknown_money() -> None:
    rows, _ = split_ways(
        f"{WAYS}Trực tuyến2 Ngày làm việc90 GBPTrực tiếpNgay trong ngày làm việcMiễn phíTại quầy"
        "Dịch vụ bưu chínhKhông quá 08 ngày kể từ ngày nhận1,000 Việt Nam Đồng"
    )
    assert [(row.channel, row.term, row.fees, row.note) for row in rows] == [
        ("Trực tuyến", "2 Ngày làm việc", (), "90 GBP"),
        ("Trực tiếp", "Ngay trong ngày làm việc", ("Miễn phí",), "Tại quầy"),
        ("Dịch vụ bưu chính", "Không quá 08 ngày kể từ ngày nhận", ("1,000 Việt Nam Đồng",), ""),
    ]


def test_a_cell_of_another_build_is_one_note() -> None:
    rows, _ = split_ways("Trực tiếp: không quá 5 ngày làm việc")
    assert [(row.channel, row.note) for row in rows] == [("Trực tiếp", "không quá 5 ngày làm việc")]


def papers(text: str) -> list[tuple[str, str, str]]:
    return [(row.name, row.originals, row.copies) for row in split_papers(text)[0]]


def test_rows_of_papers() -> None:
    text = (
        f"--{PAPERS}Đơn đề nghịDon xin.docx1 bản chínhGiấy khai sinh0 bản chính,1 bản saohoặc giấy thay thế2 bản chính"
    )
    assert papers(text) == [("Đơn đề nghị", "1", "0"), ("Giấy khai sinh", "0", "1"), ("hoặc giấy thay thế", "2", "0")]


@pytest.mark.parametrize(
    ("glued", "name", "count"),
    [
        ("Tờ khai ngày 01/01/20261 bản chính", "Tờ khai ngày 01/01/2026", "1"),
        ("Đơn theo Mẫu số 181 bản chính", "Đơn theo Mẫu số 18", "1"),
        ("Ảnh chân dung10 bản chính", "Ảnh chân dung", "10"),
        ("Luật 60/2014/QH131 bản chính", "Luật 60/2014/QH13", "1"),
    ],
)
def test_digits_grown_together(glued: str, name: str, count: str) -> None:
    assert papers(f"--{PAPERS}{glued}") == [(name, count, "0")]


def test_counts_within_a_name_are_no_ends() -> None:
    text = f"--{PAPERS}01 bản chính Báo cáo, gồm 2 bản chính và 1 bản sao kèm theo (01 bản chính của sở)1 bản chính"
    assert [count for _, count, _ in papers(text)] == ["1"]


def test_groups_and_cases() -> None:
    text = (
        f"Trường hợp cấp mới{PAPERS}Đơn A1 bản chínhTrường hợp cấp lại:{PAPERS}Đơn B1 bản chính"
        f"* Lưu ý:{PAPERS}Đọc kỹ trước khi nộp0 bản chínhGiấy tờ phải xuất trình{PAPERS}Thẻ căn cước1 bản chính"
    )
    reading = read_papers(record(components=text))
    assert reading.cases == ("Trường hợp cấp mới", "Trường hợp cấp lại")
    assert [paper.kind for paper in reading.papers] == ["paper", "paper", "remark", "present"]


def test_what_is_no_case() -> None:
    assert not is_case("Hồ sơ của người nuôi ong")
    assert not is_case("* Giấy tờ phải nộp")
    assert is_case("a) Đối với hộ kinh doanh")


def test_text_behind_the_last_count_is_told() -> None:
    reading = read_papers(record(components=f"--{PAPERS}Đơn1 bản chínhNộp thêm giấy ủy quyền khi nhờ người khác"))
    assert [(paper.originals, paper.copies) for paper in reading.papers] == [(1, 0), (None, None)]
    assert [remark.code for remark in reading.remarks] == ["text_without_count", "count_not_stated"]


def test_papers_told_line_by_line() -> None:
    reading = read_papers(record(components="- Tờ khai (01 bản chính);\n- Căn cước: 02 bản sao\n- Ảnh"))
    assert [(paper.originals, paper.copies) for paper in reading.papers] == [(1, 0), (0, 2), (None, None)]


@pytest.mark.parametrize(
    ("name", "title", "files"),
    [
        (
            "Tờ khai theo Nghị định số 9/2026/NĐ-CPMẫu số 01.docx",
            "Tờ khai theo Nghị định số 9/2026/NĐ-CP",
            ("Mẫu số 01.docx",),
        ),
        ("Đơn (mẫu A).Mau A.docPhu luc.pdf", "Đơn (mẫu A).", ("Mau A.doc", "Phu luc.pdf")),
        ("Giấy đề nghị cấp thẻ", "Giấy đề nghị cấp thẻ", ()),
    ],
)
def test_forms_at_the_end_of_a_name(name: str, title: str, files: tuple[str, ...]) -> None:
    assert without_files(name) == (title, files)


def test_the_form_a_name_mentions() -> None:
    text = f"--{PAPERS}Đơn theo Mẫu số 05 Phụ lục II ban hành kèm theo Nghị định số 9/2026/NĐ-CP1 bản chính"
    assert read_papers(record(components=text)).papers[0].form.startswith("Mẫu số 05 Phụ lục II ban hành")


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        ("Bản chính: 1\nBản sao: 0", "bản chính", "1"),
        ("Bản chính: 1 - Bản sao: 2", "bản sao", "2"),
        ("3 bản chính", "bản chính", "3"),
        ("", "bản sao", ""),
    ],
)
def test_counts_in_a_table(text: str, what: str, expected: str) -> None:
    assert counted(text, what) == expected


def test_results() -> None:
    text = (
        "Giấy phépMã: KQ.G99.000011Biển sốMã: KQ.G99.000013Từ khóabiển sốMô tảCấp biểnChọn cơ quan thực hiệnNộp hồ sơ"
    )
    reading = read_results(record(results=text))
    assert [(one.code, one.name) for one in reading.results] == [
        ("KQ.G99.000011", "Giấy phép"),
        ("KQ.G99.000013", "Biển số"),
    ]
    assert (reading.keywords, reading.summary) == ("biển số", "Cấp biển")
    older = read_results(
        record(results="Giấy xác nhậnMã: 000.00.00.G99-KQ0001Từ khóaKhông có thông tinMô tảKhông có thông tin")
    )
    assert [one.code for one in older.results] == ["000.00.00.G99-KQ0001"]
    assert [remark.code for remark in read_results(record(results="Quyết định")).remarks] == ["result_without_code"]
    assert [remark.code for remark in read_results(record()).remarks] == ["result_not_stated"]


def basis(text: str) -> list[tuple[str, str]]:
    return [(one.number, one.name) for one in read_basis(record(basis=text)).documents]


def test_legal_basis() -> None:
    head = "Tên văn bản pháp lýMã văn bản"
    text = (
        f"{head}Luật 11/2031/QH1511/2031/QH15Quy định mẫu giấy04/2031/TT-BCAQUY ĐỊNH MỨC THU25/2031/TT-BTC"
        "Nghị định 82/2031/NĐ-CP82/2031/NĐ-CPsửa đổi luật203123/2031/QH15"
    )
    assert basis(text) == [
        ("11/2031/QH15", "Luật 11/2031/QH15"),
        ("04/2031/TT-BCA", "Quy định mẫu giấy"),
        ("25/2031/TT-BTC", "QUY ĐỊNH MỨC THU"),
        ("82/2031/NĐ-CP", "Nghị định 82/2031/NĐ-CP"),
        ("23/2031/QH15", "sửa đổi luật2031"),
    ]


def test_a_day_is_the_document_s_own() -> None:
    reading = read_basis(record(basis="Nghị định số 9/2026/NĐ-CP ngày 02/3/2026 của Chính phủ9/2026/NĐ-CP"))
    assert [(one.issued_on, one.issuer) for one in reading.documents] == [(date(2026, 3, 2), "Chính phủ")]
    other = read_basis(record(basis="Sửa đổi Thông tư số 1/2020/TT-BTC ngày 05/5/2020" + "9/2026/TT-BTC"))
    assert [one.issued_on for one in other.documents] == [None]


@pytest.mark.parametrize(
    ("text", "day"),
    [("24-03-2021", date(2021, 3, 24)), ("20210324000000", date(2021, 3, 24)), ("31/02/2021", None), ("", None)],
)
def test_days(text: str, day: date | None) -> None:
    assert day_in(text) == day
