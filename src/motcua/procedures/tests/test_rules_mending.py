"""Slips of the finger."""

import pytest

from motcua.procedures.rules.mending import fewer_words, mend, rarest
from motcua.procedures.rules.wording import wording_of

KNOWN = {"khai": 4, "sinh": 3, "sao": 9, "ket": 2, "hon": 2, "xay": 5, "dung": 7, "dong": 1, "giay": 30, "phep": 12}


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("khai sihn", "khai sinh"),
        ("ket hom", "ket hon"),
        ("giấy phép xây dnug", "giay phep xay dung"),
        ("sihn", "sinh"),
    ],
)
def test_a_slip_is_mended(asked: str, meant: str) -> None:
    mended = mend(wording_of(asked), KNOWN)
    assert mended is not None
    assert mended.phrase == meant


@pytest.mark.parametrize("asked", ["khai sinh", "khai si", "thoi tiet ngay mot", "qqqq"])
def test_what_is_known_unfinished_or_something_else_stays(asked: str) -> None:
    assert mend(wording_of(asked), KNOWN) is None


def test_the_rarest_words_find_the_candidates() -> None:
    assert rarest(wording_of("giay phep ket hon dong"), KNOWN) == ["dong:*", "ket", "hon"]


def test_of_two_words_both_are_wanted_so_the_rarer_one_is_enough() -> None:
    assert rarest(wording_of("giay ket nay"), {"giay": 30, "ket": 2, "nay": 0}) == ["nay:*", "ket"]


def test_common_words_are_left_out_first() -> None:
    wordings = fewer_words(wording_of("giay phep ket hon hanh tinh"), KNOWN)
    assert [one.phrase for one in wordings] == ["giay phep ket hon", "phep ket hon"]


def test_too_few_known_words_are_no_wording() -> None:
    assert fewer_words(wording_of("giay thoi tiet ngay mai"), KNOWN) == []
