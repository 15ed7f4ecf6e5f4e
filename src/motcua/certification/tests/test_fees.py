"""What copies cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.certification.rules.fees import CopyRow, copy_rates, fee_of, pages_charged, rows_problems

RATES = copy_rates()


@pytest.mark.parametrize(
    ("pages", "copies", "fee"),
    [(1, 1, 2000), (2, 1, 4000), (3, 1, 5000), (10, 3, 36000), (198, 1, 200000), (199, 1, 200000), (500, 2, 400000)],
)
def test_fees(pages: int, copies: int, fee: int) -> None:
    assert fee_of(CopyRow("Bằng", pages, copies), RATES) == fee


@given(st.integers(1, 2000), st.integers(1, 100))
def test_the_counts_come_to_the_fee_and_never_beyond_the_cap(pages: int, copies: int) -> None:
    row = CopyRow("Bằng", pages, copies)
    first, following = pages_charged(row, RATES)
    assert first * RATES.first + following * RATES.next == fee_of(row, RATES) <= RATES.most * copies


def test_rows() -> None:
    assert rows_problems([CopyRow("Bằng", 1, 1)]) == []
    assert [one.code for one in rows_problems([])] == ["no_rows"]
    assert [one.code for one in rows_problems([CopyRow("Bằng", 1, 1)] * 51)] == ["many_rows"]
    wrong = rows_problems([CopyRow("Bằng", 1, 1), CopyRow("", 0, 0), CopyRow("x" * 301, 2001, 1001)])
    assert [one.field for one in wrong] == [
        *("rows.1.name", "rows.1.pages", "rows.1.copies"),
        *("rows.2.name", "rows.2.pages", "rows.2.copies"),
    ]
