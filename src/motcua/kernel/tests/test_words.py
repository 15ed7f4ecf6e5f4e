"""Numbers and sums in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.words import LARGEST, in_words, money_in_words

_TABLE = """
0 không
1 một
4 bốn
5 năm
9 chín
10 mười
11 mười một
14 mười bốn
15 mười lăm
19 mười chín
20 hai mươi
21 hai mươi mốt
24 hai mươi tư
25 hai mươi lăm
31 ba mươi mốt
44 bốn mươi tư
45 bốn mươi lăm
51 năm mươi mốt
55 năm mươi lăm
91 chín mươi mốt
94 chín mươi tư
99 chín mươi chín
100 một trăm
101 một trăm linh một
104 một trăm linh bốn
105 một trăm linh năm
110 một trăm mười
111 một trăm mười một
115 một trăm mười lăm
121 một trăm hai mươi mốt
124 một trăm hai mươi tư
155 một trăm năm mươi lăm
200 hai trăm
505 năm trăm linh năm
999 chín trăm chín mươi chín
1000 một nghìn
1001 một nghìn không trăm linh một
1005 một nghìn không trăm linh năm
1010 một nghìn không trăm mười
1015 một nghìn không trăm mười lăm
1021 một nghìn không trăm hai mươi mốt
1100 một nghìn một trăm
2000 hai nghìn
2024 hai nghìn không trăm hai mươi tư
8000 tám nghìn
10000 mười nghìn
11000 mười một nghìn
15000 mười lăm nghìn
21000 hai mươi mốt nghìn
24000 hai mươi tư nghìn
50000 năm mươi nghìn
100000 một trăm nghìn
101000 một trăm linh một nghìn
105005 một trăm linh năm nghìn không trăm linh năm
1000000 một triệu
1000001 một triệu không trăm linh một
1000010 một triệu không trăm mười
1001000 một triệu không trăm linh một nghìn
1050000 một triệu không trăm năm mươi nghìn
1234567 một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy
21021021 hai mươi mốt triệu không trăm hai mươi mốt nghìn không trăm hai mươi mốt
100000000 một trăm triệu
1000000000 một tỷ
1000000005 một tỷ không trăm linh năm
1005000000 một tỷ không trăm linh năm triệu
15000000000 mười lăm tỷ
24000000000 hai mươi tư tỷ
1000000000000 một nghìn tỷ
1200000000000 một nghìn hai trăm tỷ
1000000001000 một nghìn tỷ không trăm linh một nghìn
2005000000000 hai nghìn không trăm linh năm tỷ
1234567890123 một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi nghìn một trăm hai mươi ba
999999999999999 chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín
1000000000000000 một triệu tỷ
"""  # noqa: E501 (a table)
_CASES = [(int(line.split()[0]), line.split(maxsplit=1)[1]) for line in _TABLE.strip().splitlines()]
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}


@pytest.mark.parametrize(("number", "words"), _CASES)
def test_table(number: int, words: str) -> None:
    assert in_words(number) == words


def test_the_table_is_long_enough() -> None:
    assert len(_CASES) >= 60


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_outside(number: int) -> None:
    with pytest.raises(ValueError, match=r"10\^15"):
        in_words(number)


def test_money() -> None:
    assert money_in_words(8000) == "Tám nghìn đồng"
    assert money_in_words(0) == "Không đồng"


_SCALES = {"nghìn": 10**3, "triệu": 10**6}


def _heard(words: str) -> int:
    """Read the words back by another way than they were made: as a listener adds up."""
    total = block = group = last = 0
    for word in words.split():
        if word == "tỷ":
            total, block, group = total + (block + group) * 10**9, 0, 0
        elif word in _SCALES:
            block, group = block + group * _SCALES[word], 0
        elif word in _VALUES:
            last = _VALUES[word]
            group += last
        else:
            group += {"mười": 10, "mươi": last * 9, "trăm": last * 99, "linh": 0}[word]
    return total + block + group


@given(st.integers(0, LARGEST) | st.integers(0, 2_000_000) | st.integers(0, 10**6).map(lambda n: n * 10**9))
def test_heard_is_what_was_said(number: int) -> None:
    assert _heard(in_words(number)) == number
