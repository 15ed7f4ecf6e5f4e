"""Values found in what was read, numbers of digitised papers, pages given to papers."""

import pytest

from motcua.procedures.terms import ScanField
from motcua.scanning.rules.fields import values_in
from motcua.scanning.rules.grouping import Laid, foreign_marks, placed
from motcua.scanning.rules.numbers import digitised_number, file_name
from motcua.scanning.rules.separators import mark_of, text_of
from motcua.scanning.terms import SURE, Box, FoundValue, PageKind, ReadPage, SheetMark, Word

CODE = "H49.106-261122-0007"


def page(*lines: str, confidence: float = 95) -> ReadPage:
    return ReadPage(
        tuple(
            tuple(Word(text, confidence, Box(100 * place, 50 * row, 90, 30)) for place, text in enumerate(line.split()))
            for row, line in enumerate(lines)
        )
    )


def one(field: ScanField, *lines: str) -> FoundValue:
    (found,) = values_in([field], [page(*lines)])
    return found


MOTHER = ScanField(key="v", label="Mẹ", kind="name", anchors=("Họ và tên mẹ",))
NUMBER = ScanField(key="v", label="Số", anchors=("Số",), pattern="[0-9][0-9A-Z./-]{0,30}")
OWNER = ScanField(key="v", label="Định danh", kind="personal_id", anchors=("Số định danh",))
PARCEL = ScanField(key="v", label="Thửa", kind="number", anchors=("Thửa đất số",))
SHEET = ScanField(key="v", label="Tờ", kind="number", anchors=("Tờ bản đồ số",))
LAND = "Thửa đất số: 123, tờ bản đồ số: 45"


def day(*anchors: str) -> ScanField:
    return ScanField(key="v", label="Ngày", kind="date", anchors=anchors)


@pytest.mark.parametrize(
    ("field", "line", "value"),
    [
        (MOTHER, "Họ và tên mẹ: Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        # What a reader of scans does: marks lost, a letter wrong, a colon apart.
        (MOTHER, "Ho va tén mẹ : NGUYỄN THỊ HOA", "NGUYỄN THỊ HOA"),
        (MOTHER, "Họ vả lên mẹ: Bà Nguyễn Thị Hoa, sinh năm", "Nguyễn Thị Hoa"),
        (NUMBER, "Số: 0123/2026/CS", "0123/2026/CS"),
        (day("Đã sinh con"), "Đã sinh con vào lúc: 08 giờ, ngày 20 tháng 11 năm 2026", "20/11/2026"),
        (day("Ngày sinh"), "Ngày sinh: 5/1/1996", "05/01/1996"),
        (OWNER, "Số định danh cá nhân: 022196O0l234", "022196001234"),
        (ScanField(key="v", label="Định danh", kind="personal_id"), "CCCD 022196001234 cấp ngày", "022196001234"),
        (
            ScanField(key="v", label="Mã số thuế", kind="tax_code", anchors=("Mã số thuế",)),
            "Mã số thuế: 0100109106-001",
            "0100109106-001",
        ),
        (PARCEL, LAND, "123"),
        (SHEET, LAND, "45"),
        (ScanField(key="v", label="Giới", anchors=("Giới tính",)), "Giới tính của con: Nữ. Cân nặng: 3200 g", "Nữ"),
    ],
)
def test_a_value_behind_its_words(field: ScanField, line: str, value: str) -> None:
    found = one(field, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", line)
    assert found.value == value
    assert found.page == 0
    assert found.box is not None
    assert found.box.top == 50


def test_the_place_is_where_the_value_stands() -> None:
    field = ScanField(key="v", label="Mẹ", kind="name", anchors=("Họ và tên mẹ",))
    found = one(field, "Họ và tên mẹ: Nguyễn Thị Hoa")
    assert found.box == Box(400, 0, 290, 30)


def test_a_value_on_the_line_below() -> None:
    field = ScanField(key="v", label="Mẹ", kind="name", anchors=("Họ và tên mẹ",))
    assert one(field, "Họ và tên mẹ:", "Nguyễn Thị Hoa").value == "Nguyễn Thị Hoa"


def test_what_is_not_there_or_has_another_shape_is_not_offered() -> None:
    date = ScanField(key="v", label="Ngày", kind="date", anchors=("Ngày cấp",))
    assert one(date, "Ngày cấp: 31/02/2026") == FoundValue("v")
    assert one(date, "Nơi cấp: Hồng Gai") == FoundValue("v")
    number = ScanField(key="v", label="Số", anchors=("Số",), pattern="[A-Z]{2} ?[0-9]{6}")
    assert one(number, "Số: không có") == FoundValue("v")


def test_a_short_anchor_inside_a_sentence_is_none() -> None:
    field = ScanField(key="v", label="Số", anchors=("Số",), pattern="[0-9]+")
    found = one(field, "đăng ký tại tổ dân phố số 3 phường", "Số: 77")
    assert found.value == "77"


def test_an_unlikely_personal_id_is_trusted_less() -> None:
    field = ScanField(key="v", label="Định danh", kind="personal_id", anchors=("Số định danh",))
    good = one(field, "Số định danh: 022196001234")
    odd = one(field, "Số định danh: 999196001234")
    assert odd.value == "999196001234"
    assert odd.confidence < good.confidence


def test_only_the_page_asked_for_is_read() -> None:
    field = ScanField(key="v", label="Số", kind="number", anchors=("Quyển số",), page=2)
    pages = [page("Quyển số: 1"), page("Quyển số: 2")]
    (found,) = values_in([field], pages)
    assert (found.value, found.page) == ("2", 1)


def test_confidence_is_that_of_the_words() -> None:
    field = ScanField(key="v", label="Mẹ", kind="name", anchors=("Họ và tên mẹ",))
    (found,) = values_in([field], [page("Họ và tên mẹ: Nguyễn Thị Hoa", confidence=40)])
    assert found.confidence == 40
    assert page("a b", confidence=40).confidence == 40
    assert ReadPage().confidence == 0


def test_a_page_survives_its_json() -> None:
    read = page("Họ và tên mẹ: Nguyễn Thị Hoa")
    assert ReadPage.from_json(read.as_json()) == read


def test_numbers_of_digitised_papers() -> None:
    number = digitised_number("022196001234", "1.001193", "giay-chung-sinh")
    assert number == "022196001234.1.001193.giay-chung-sinh"
    assert file_name(number) == "022196001234.1.001193.giay-chung-sinh.pdf"
    assert digitised_number("", "1.001193", "../a b") == "000000000000.1.001193...ab"


def test_what_separators_say() -> None:
    mark = SheetMark(CODE, "to-khai")
    assert mark_of(text_of(mark)) == mark
    assert mark_of("https://motcua.example/MOTCUA/TPC/1/A/b") is None
    assert mark_of("MOTCUA/TPC/1/H49/../x") is None


def test_pages_go_where_the_separators_say() -> None:
    to_form, to_birth = SheetMark(CODE, "to-khai"), SheetMark(CODE, "giay-chung-sinh")
    other = SheetMark("H49.106-261122-0008", "to-khai")
    pages = [
        Laid(1, PageKind.PAGE),
        Laid(2, PageKind.SEPARATOR, to_form),
        Laid(3, PageKind.PAGE),
        Laid(4, PageKind.BLANK),
        Laid(5, PageKind.SEPARATOR, to_birth),
        Laid(6, PageKind.PAGE),
        Laid(7, PageKind.SEPARATOR, other),
        Laid(8, PageKind.PAGE),
    ]
    found = list(placed(pages, dossier_code=CODE, components=["to-khai", "giay-chung-sinh"]))
    assert [(one.component_key, one.is_dropped) for one in found] == [
        ("", False),
        ("to-khai", True),
        ("to-khai", False),
        ("to-khai", True),
        ("giay-chung-sinh", True),
        ("giay-chung-sinh", False),
        ("", True),
        ("", False),
    ]
    assert foreign_marks(pages, dossier_code=CODE) == ["H49.106-261122-0008"]
    assert [one.component_key for one in placed(pages[:1], dossier_code=CODE, components=["to-khai"])] == ["to-khai"]


@pytest.mark.parametrize(
    ("read", "value", "is_sure"),
    [
        ("NGUYỄN NGỌC THẮM", "NGUYỄN NGỌC THẮM", True),
        ("NGUYÊN NGỌC THẮM", "NGUYỄN NGỌC THẮM", False),  # as Tesseract reads it
        ("Nguyên Ngọc Thắm", "Nguyễn Ngọc Thắm", False),
        ("Vủ Thị Lựu", "Vủ Thị Lựu", False),
        ("Zơrâm Thị Hoa", "Zơrâm Thị Hoa", False),
    ],
)
def test_a_family_name_without_its_marks_is_never_taken_for_sure(read: str, value: str, *, is_sure: bool) -> None:
    found = one(MOTHER, f"Họ và tên mẹ: {read}")
    assert found.value == value
    assert (found.confidence >= SURE) == is_sure
