"""How a citizen's words become a search."""

import pytest

from motcua.procedures.rules.language import search_text_of
from motcua.procedures.rules.wording import telling_words, wording_of

from .conftest import definition


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Giấy khai sinh", ["giay", "khai", "sinh"]),
        ("tôi muốn làm giấy khai sinh cho con", ["lam", "giay", "khai", "sinh", "con"]),
        ("thủ tục đăng ký kết hôn", ["dang", "ky", "ket", "hon"]),
        ("thủ tục", ["thu", "tuc"]),
        ("thu hồi sổ đỏ", ["thu", "hoi", "so", "do"]),
        ("", []),
        ("!!!", []),
    ],
)
def test_telling_words(text: str, words: list[str]) -> None:
    assert telling_words(text) == words


@pytest.mark.parametrize(
    ("text", "code"), [("1.001193", "1.001193"), (" 1.0011 ", "1.0011"), ("1.001193x", ""), ("12", "")]
)
def test_a_code_is_known_as_one(text: str, code: str) -> None:
    assert wording_of(text).code == code


def test_nothing_to_look_for() -> None:
    assert wording_of(" ? ").is_empty
    assert wording_of("").strict_query() == ""
    assert not wording_of("1.0").is_empty


def test_the_last_word_may_be_unfinished() -> None:
    assert wording_of("khai sin").strict_query() == "khai & sin:*"
    assert wording_of("khai s").strict_query() == "khai & s:*"
    assert wording_of("s").strict_query() == "s"


@pytest.mark.parametrize(("text", "enough"), [("a", 1), ("a b", 2), ("a b c", 2), ("a b c d", 2), ("a b c d e", 3)])
def test_how_many_words_are_enough(text: str, enough: int) -> None:
    assert wording_of(text).enough_words() == enough


def test_long_texts_are_cut() -> None:
    assert len(wording_of(" ".join(f"chu{n}" for n in range(40))).words) == 12


def test_what_a_procedure_is_found_by() -> None:
    text = search_text_of(definition(keywords=["giấy khai sinh", "làm giấy cho con"]))
    assert text.name == "dang ky khai sinh"
    assert text.keywords == "giay khai sinh | lam giay con"
    assert text.summary == "lam giay khai sinh cho con. ho tich giay khai sinh"


def test_i_and_y_are_one_sound() -> None:
    assert wording_of("chu ki so").strict_query() == "chu & (ki | ky) & so:*"
    assert wording_of("thi ly").strict_query() == "thi & (li:* | ly:*)"
