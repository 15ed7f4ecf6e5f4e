"""Codes, search keys, masks, reasons: pure."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.codes import dossier_code, looks_like_code
from motcua.dossiers.rules.masking import mask_name, mask_number
from motcua.dossiers.rules.reasons import (
    REASONS,
    Ground,
    ground_problems,
    ground_text,
    grounds_text,
    note_problems,
    tidy_grounds,
)
from motcua.dossiers.rules.search import number_key, search_keys, wanted_keys

_WORDS = st.lists(
    st.sampled_from(["Nguyễn", "Thị", "Hoà", "Đặng", "Ê-ban", "O’Neil", "Lò", "A"]), min_size=1, max_size=6
)


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)), number=st.integers(1, 10**6))
def test_codes(day: date, number: int) -> None:
    code = dossier_code("H49.61", day, number)
    assert looks_like_code(code)
    assert looks_like_code(f" {code.lower()} ")
    agency, on, sequence = code.split("-")
    assert (agency, on, int(sequence)) == ("H49.61", f"{day:%y%m%d}", number)
    assert len(sequence) >= 4


@pytest.mark.parametrize(
    "text", ["", "H49.61-260302", "H49.61-260302-001", "H49.61 260302 0001", "H49..1-260302-0001", "Nguyễn"]
)
def test_what_is_no_code(text: str) -> None:
    assert not looks_like_code(text)


def test_old_notation_is_a_code() -> None:
    assert looks_like_code("000.00.00.H40-190826-0001")


_KEYS = search_keys(
    code="H49.61-260302-0001",
    names=["Nguyễn Thị Hoà", "CÔNG TY TNHH Ða\u0323i Phát"],
    numbers=["0912345678", "022190001234", "0100109106-001", ""],
    external_code="G22.99-250901-0007",
)


@pytest.mark.parametrize(
    "text",
    [
        "h49.61-260302-0001", "nguyễn thị hoà", "Nguyen Thi Hoa", "thi hoa", "HOÀ", "hoa\u0300", "0912 345 678",
        "+84912345678", "84 912 345 678", "0912.345.678", "022190001234", "0100109106-001",
        "dai phat", "g22.99-250901-0007",
        "",
    ],
)  # fmt: skip
def test_found_by(text: str) -> None:
    assert set(wanted_keys(text)) <= set(_KEYS)


@pytest.mark.parametrize("text", ["Nguyễn Hoà", "hoa thi", "0912345679", "H49.61-260302-0002", "Trần", "-----------"])
def test_not_found_by(text: str) -> None:
    assert not set(wanted_keys(text)) <= set(_KEYS)


@given(words=_WORDS)
def test_a_name_is_found_by_itself_and_by_its_ends(words: list[str]) -> None:
    keys = set(search_keys(code="X", names=[" ".join(words)], numbers=[]))
    for start in range(len(words)):
        assert set(wanted_keys(" ".join(words[start:]))) <= keys
        assert set(wanted_keys(" ".join(words[: start + 1]))) <= keys


@given(text=st.text(max_size=60))
def test_any_search_gives_plain_keys(text: str) -> None:
    for key in wanted_keys(text):
        assert key == key.lower()
    keys = search_keys(code="C", names=[text], numbers=[text])
    assert len(keys) == len(set(keys))
    assert "" not in keys


def test_numbers_are_filed_bare() -> None:
    assert number_key("0100109106-001") == "0100109106001"
    assert number_key("") == ""


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Văn An", "N. V. An"),
        ("Đặng Thị Thu Hà", "Đ. T. T. Hà"),
        ("An", "An"),
        ("", ""),
        ("  Lê   Bình ", "L. Bình"),
    ],
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"), [("022190001234", "•••••••••234"), ("123", "•••"), ("12", "••"), ("", ""), ("1234", "•234")]
)
def test_numbers_are_masked(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(number=st.text(string.digits, max_size=20), shown=st.integers(0, 6))
def test_a_mask_keeps_the_length_and_tells_no_more(number: str, shown: int) -> None:
    masked = mask_number(number, shown=shown)
    assert len(masked) == len(number)
    assert sum(char != "•" for char in masked) == (shown if len(number) > shown else 0)


def test_every_reason_says_what_to_do() -> None:
    for code, (label, remedy) in REASONS.items():
        assert label
        assert remedy.endswith(".") or code == "other"


def test_grounds_in_words() -> None:
    names = {"to-khai": "Tờ khai"}
    grounds = tidy_grounds(
        [
            Ground("missing", "to-khai"),
            Ground("expired", note=" Từ  2020"),
            Ground("other", note="Ảnh mờ", remedy="Chụp lại."),
        ]
    )
    assert ground_problems(grounds, names) == []
    assert grounds_text(grounds, names).splitlines() == [
        "Tờ khai – Thiếu giấy tờ. Nộp thêm giấy tờ này.",
        "Giấy tờ hết hiệu lực: Từ 2020. Nộp bản còn hiệu lực.",
        "Ảnh mờ. Chụp lại.",
    ]
    assert ground_text(grounds[2], {}) == "Ảnh mờ. Chụp lại."


@given(code=st.text(max_size=10), component=st.text(max_size=5), note=st.text(max_size=30), remedy=st.text(max_size=30))
def test_any_ground_is_judged(code: str, component: str, note: str, remedy: str) -> None:
    (ground,) = tidy_grounds([Ground(code, component, note, remedy)])
    if not ground_problems([ground], {"to-khai": "Tờ khai"}):
        assert ground_text(ground, {"to-khai": "Tờ khai"})


def test_notes() -> None:
    assert note_problems("", field="note") == []
    assert [problem.code for problem in note_problems("", field="reason", missing="Thiếu.")] == ["required"]
    assert [problem.code for problem in note_problems("x" * 4001, field="note")] == ["too_long"]
