"""The term in a row: numbers with units, sentences, stages, cases; what stays words, and why."""

from decimal import Decimal

import pytest

from motcua.importing.national.cases import length_words, term_spec
from motcua.importing.national.numerals import with_digits
from motcua.importing.national.shapes import ChannelRow
from motcua.importing.national.terms import Length, read_term


def lengths(term: str = "", note: str = "", unit: str = "", steps: str = "") -> list[tuple[str, str]]:
    reading = read_term(ChannelRow(term=term, unit=unit, note=note), steps)
    return [(f"{one.amount.normalize():f}", one.unit) for one in reading.lengths]


def codes(term: str = "", note: str = "", steps: str = "") -> list[str]:
    return [remark.code for remark in read_term(ChannelRow(term=term, note=note), steps).remarks]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5 Ngày làm việc", ("5", "working_day")),
        ("05 ngày (làm việc)", ("5", "working_day")),
        ("12 Ngày", ("12", "day")),
        ("03 Giờ", ("3", "hour")),
        ("4 giờ làm việc", ("4", "hour")),
        ("0.5 Giờ", ("0.5", "hour")),
        ("0,5 giờ", ("0.5", "hour")),
        ("2 Tháng", ("2", "month")),
        ("1 Năm", ("1", "year")),
        ("2 tuần", ("2", "week")),
        ("45 phút", ("45", "minute")),
        ("10-25 ngày", ("25", "day")),
        ("từ 3", None),
    ],
)
def test_a_number_with_its_unit(cell: str, expected: tuple[str, str] | None) -> None:
    assert lengths(cell) == ([expected] if expected else [])


def test_the_unit_in_a_field_of_its_own() -> None:
    assert lengths("7", unit="Ngày làm việc") == [("7", "working_day")]


def test_decomposed_letters_and_odd_spaces() -> None:
    assert lengths("  7  Ngày làm việc ") == [("7", "working_day")]


@pytest.mark.parametrize(
    "cell", ["Ngay trong ngày làm việc", "Trong ngày tiếp nhận hồ sơ; nhận sau 15 giờ thì trả hôm sau"]
)
def test_same_day(cell: str) -> None:
    assert lengths(cell) == [("0", "same_day")]
    assert codes(cell) == []


def test_at_once_is_the_same_day_with_a_doubt() -> None:
    assert lengths("Ngay sau khi nhận đủ giấy tờ") == [("0", "same_day")]
    assert codes("Ngay sau khi nhận đủ giấy tờ") == ["term_at_once"]
    assert lengths("0 Giờ", "Ngay sau khi đồn kiểm tra xong") == [("0", "same_day")]


@pytest.mark.parametrize(
    "cell", ["", "Không có thông tin", "Không quy định", "khác", "Chưa quy định cụ thể.", "0", "-"]
)
def test_nothing_stated(cell: str) -> None:
    assert lengths(cell) == []
    assert codes(cell) == ["term_not_stated"]


def test_a_term_bound_to_an_event_stays_words() -> None:
    cell = "Chậm nhất là ngay trước khi xe rời bến"
    assert (lengths(cell), codes(cell)) == ([], ["term_not_read"])


def test_a_bare_number_gets_its_unit_only_where_words_use_the_number() -> None:
    assert lengths("7", "Không quá 07 ngày làm việc kể từ ngày nhận đủ hồ sơ") == [("7", "working_day")]
    assert codes("7", "Không quá 07 ngày làm việc") == ["term_unit_from_text"]
    assert lengths("7", steps="Bước 2: trong 7 ngày, phòng chuyên môn trình ký") == [("7", "day")]
    assert (lengths("7"), codes("7")) == ([], ["term_without_unit"])
    assert lengths("7", "Trong 7 ngày, chậm nhất 7 ngày làm việc") != [("7", "day")]
    assert lengths("1", steps="Bước 1: trong 1 ngày kiểm tra giấy tờ") == []


def test_the_rule_of_fifteen_o_clock_is_the_same_day() -> None:
    steps = "Trả kết quả trong ngày; hồ sơ nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo"
    assert lengths("1", steps=steps) == [("0", "same_day")]


def test_a_sentence() -> None:
    note = "- Thời gian tiếp nhận hồ sơ: Giờ hành chính, 5 ngày mỗi tuần. - Không quá 12 ngày kể từ ngày nhận đủ."
    assert lengths("Không có thông tin", note) == [("12", "day")]
    assert codes("Không có thông tin", note) == ["term_from_note"]


def test_numbers_in_words() -> None:
    assert (
        with_digits("hai mươi (20) ngày, mười lăm ngày, 03 (ba) ngày, một tháng")
        == "20 ngày, 15 ngày, 03 ngày, 1 tháng"
    )
    assert lengths("Không quá mười lăm ngày làm việc") == [("15", "working_day")]


def test_cases_in_sentences_the_longest_binds() -> None:
    note = "- Đối với trường hợp cấp mới: 09 ngày làm việc; - Đối với trường hợp cấp lại: 03 ngày làm việc"
    reading = read_term(ChannelRow(term="Không có thông tin", note=note))
    assert [(one.amount, one.unit) for one in reading.lengths] == [(Decimal(9), "working_day")]
    assert [one.condition for one in reading.variants] == ["đối với trường hợp cấp mới", "đối với trường hợp cấp lại"]
    assert [remark.code for remark in reading.remarks] == ["term_by_case"]


def test_conditions_in_brackets_belong_to_the_number_before() -> None:
    note = "20 ngày (đối với trường hợp cấp mới), 04 ngày (đối với trường hợp đổi)"
    reading = read_term(ChannelRow(note=note))
    assert [one.condition for one in reading.variants] == ["đối với trường hợp cấp mới", "đối với trường hợp đổi"]


def test_stages_add_up_within_their_case() -> None:
    note = (
        "a) Đối với trường hợp cấp mới: - Kiểm tra hồ sơ: 02 ngày làm việc; - Thẩm định hồ sơ: 10 ngày làm việc. "
        "b) Đối với trường hợp cấp lại: - Kiểm tra hồ sơ: 01 ngày làm việc; - Thẩm định hồ sơ: 03 ngày làm việc."
    )
    assert lengths(note=note) == [("12", "working_day")]
    assert codes(note=note) == ["term_by_case"]


def test_a_sum_in_two_units() -> None:
    note = "Thời hạn giải quyết: 04 ngày làm việc và 20 ngày."
    reading = read_term(ChannelRow(note=note))
    assert length_words(reading.lengths) == "4 ngày làm việc và 20 ngày"
    spec = term_spec(reading)
    assert spec is not None
    assert (spec.amount, spec.unit, spec.unverified) == (26, "day", True)


def test_what_comes_on_top_is_no_term() -> None:
    note = "Thời hạn giải quyết 10 ngày. Trường hợp phức tạp được kéo dài thêm không quá 05 ngày."
    assert lengths(note=note) == [("10", "day")]


@pytest.mark.parametrize(
    "note",
    [
        "Phiếu xác nhận có giá trị trong 06 tháng",
        "Giấy lập từ ngày 11 tháng 3 năm 2019",
        "Nộp trước 16 giờ, hồ sơ nhận sau 15 giờ chuyển hôm sau",
        "Trẻ em dưới 6 tuổi",
        "Nếu từ chối thì trong 02 ngày phải trả lời bằng văn bản",
    ],
)
def test_other_lengths_are_not_terms(note: str) -> None:
    assert lengths("Không có thông tin", note) == []


def test_a_note_that_counts_otherwise_makes_doubtful() -> None:
    assert codes("9 Ngày", "Không quá 09 ngày làm việc kể từ ngày nhận") == ["term_unit_differs"]
    assert lengths("9 Ngày", "Không quá 09 ngày làm việc kể từ ngày nhận") == [("9", "day")]


@pytest.mark.parametrize(
    ("length", "amount", "unit"),
    [
        (Length(Decimal(6), "month"), 180, "day"),
        (Length(Decimal(1), "year"), 365, "day"),
        (Length(Decimal(2), "week"), 14, "day"),
        (Length(Decimal("0.5"), "hour"), 1, "working_hour"),
        (Length(Decimal(90), "minute"), 2, "working_hour"),
        (Length(Decimal("2.5"), "working_day"), 3, "working_day"),
    ],
)
def test_units_the_calendar_does_not_know_are_counted_in_those_it_knows(length: Length, amount: int, unit: str) -> None:
    reading = read_term(ChannelRow(term="1 Ngày"))
    spec = term_spec(type(reading)((length,)))
    assert spec is not None
    assert (spec.amount, spec.unit) == (amount, unit)
    assert spec.note


def test_many_lengths_do_not_take_long() -> None:
    assert read_term(ChannelRow(note="5 ngày làm việc, " * 20_000)).lengths


def test_a_cell_of_nothing_but_digits_is_read_in_one_pass() -> None:
    digits = "9" * 200_000  # minutes, were every digit a new beginning
    assert with_digits(digits) == digits
    assert with_digits("20 (hai mươi) ngày") == "20 ngày"
