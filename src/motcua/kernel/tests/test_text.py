"""Vietnamese text: cleaned, folded, sorted."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.text import clean, fold, name_sort_key, name_words


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Nguyễn   Văn\tAn ", "Nguyễn Văn An"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Ðào Ðức ð", "Đào Đức đ"),
        ("A\u200bn\u202e\u00ad\ufeff", "An"),
        ("e\u200d\u0302", "ê"),  # what an invisible mark kept apart comes together
        ("a\x00b\x07c", "abc"),
        ("một\u00a0hai\u2003ba", "một hai ba"),
        ("a\r\nb\n\n c", "a b c"),
        ("\u200b \n", ""),
        ("=SUM(A1)", "=SUM(A1)"),
        ("Ê-ban, O’Neil – “x”", "Ê-ban, O’Neil – “x”"),
        ("👍🏽", "👍🏽"),
        ("\ud800a\ue000", "a"),
    ],
)
def test_clean(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


def test_lines_are_kept_when_asked_for() -> None:
    assert clean(" a \r\n\r\n  b\rc \n", keep_lines=True) == "a\n\nb\nc"


@given(text=st.text())
def test_cleaning_is_done_once_for_all(text: str) -> None:
    for keep_lines in (False, True):
        cleaned = clean(text, keep_lines=keep_lines)
        assert clean(cleaned, keep_lines=keep_lines) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert keep_lines or "\n" not in cleaned
        assert "\x00" not in cleaned
        assert "  " not in cleaned


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hoà  Đường", "hoa duong"),
        ("Hòa Đường", "hoa duong"),
        ("Ðặng Thị Ngọc Ánh", "dang thi ngoc anh"),
        ("NGUYỄN VĂN ƯỚC", "nguyen van uoc"),
        ("Nguye\u0302\u0303n", "nguyen"),
        ("Y Bhơ̆k Niê Kdăm", "y bhok nie kdam"),
        ("Straße", "strasse"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(text=st.text())
def test_folding_is_done_once_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


_LETTERS = "aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵđ"


@given(text=st.text(_LETTERS + _LETTERS.upper()))
def test_vietnamese_letters_fold_to_ascii(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text.swapcase()) == fold(text)


#: In the order of a class list: given name, family name, middle names; letters before tones.
IN_ORDER = [
    "Nguyễn Văn Ái",
    "Lê Văn An",
    "Nguyễn Văn An",
    "Trần Thị Ảnh",
    "Trần Thị Ánh",
    "Bùi Ân",
    "Phạm Thị Bé",
    "Phạm Văn Bền",
    "Võ Thị Cúc",
    "Nguyễn Thị Dung",
    "Nguyễn Thị Đào",
    "Đặng Văn Đức",
    "Nguyễn Văn Em",
    "Lê Thị Hà",
    "Nguyễn Thị Hà",
    "Nguyễn Thu Hà",
    "Nguyễn Thúy Hà",
    "Lê Văn Hải",
    "Hoa",
    "Lê Hoa",
    "Lê Thị Hoa",
    "Lê Thị Hòa",
    "Lê Thị Hóa",
    "Trần Huy",
    "Trần Lan",
    "Ngô Thị Oanh",
    "Ngô Thị Ô",
    "Ngô Thị Ơn",
    "Lý Sơn",
    "Đỗ Tâm",
    "Đỗ Uyên",
    "Đỗ Ưng",
    "Mai Vân",
    "Mai Yến",
]


def test_names_in_vietnamese_order() -> None:
    mixed = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(mixed, key=name_sort_key) == IN_ORDER


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_no_name(name: str) -> None:
    assert name_sort_key(name) == ""


@given(name=st.text(_LETTERS + " ", max_size=30))
def test_the_same_name_written_otherwise_sorts_alike(name: str) -> None:
    key = name_sort_key(name)
    assert name_sort_key(unicodedata.normalize("NFD", name)) == key
    assert name_sort_key(name.upper()) == key


@given(name=st.text())
def test_any_name_has_a_key(name: str) -> None:
    assert (name_sort_key(name) == "") == (clean(name) == "")


def test_foreign_letters_come_last() -> None:
    assert sorted(["Lê Φ", "Lê Yên", "Lê 7"], key=name_sort_key)[0] == "Lê Yên"


def test_words_of_a_name() -> None:
    assert name_words("Công ty TNHH Ða\u0323i-Phát (Việt Nam) 2") == [
        "cong",
        "ty",
        "tnhh",
        "dai",
        "phat",
        "viet",
        "nam",
        "2",
    ]
