"""Cursors: what goes in comes out, and anything else is refused."""

import base64
import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.errors import Conflict, Invalid, MotCuaError, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.paging import Page, decode_cursor, encode_cursor

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
_VALUES = st.lists(st.integers(-(2**62), 2**62) | _TEXT, max_size=5)


@given(values=_VALUES)
def test_a_cursor_comes_back(values: list[Any]) -> None:
    cursor = encode_cursor(values)
    assert "=" not in cursor
    assert decode_cursor(cursor, length=len(values)) == values
    with pytest.raises(Invalid):
        decode_cursor(cursor, length=len(values) + 1)


def test_days_become_text() -> None:
    assert decode_cursor(encode_cursor([date(2026, 3, 4)]), length=1) == ["2026-03-04"]


def _coded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "é",
        "W10",
        _coded(b"\xff"),
        _coded(b'{"a":1}'),
        _coded(b"[1,2]"),
        _coded(b"[null]"),
        _coded(b'["\\u0000"]'),
        _coded(b"[1e400]"),
        _coded(b"[" * 100_000),
        _coded(json.dumps("x").encode()),
    ],
)
def test_what_is_no_cursor(cursor: str) -> None:
    with pytest.raises(Invalid) as caught:
        decode_cursor(cursor, length=1)
    assert caught.value.problems[0].code == "bad_cursor"


@given(cursor=st.text(max_size=40))
def test_any_text_is_judged(cursor: str) -> None:
    with suppress(Invalid):
        assert len(decode_cursor(cursor, length=1)) == 1


def test_a_page_is_the_last_unless_it_says_more() -> None:
    assert Page([1]).next_cursor == ""


def test_the_tree_of_errors() -> None:
    assert {error.__name__: error.status for error in (NotPermitted, NotFound, RuleBroken, Conflict, Invalid)} == {
        "NotPermitted": 403, "NotFound": 404, "RuleBroken": 409, "Conflict": 409, "Invalid": 422,
    }  # fmt: skip
    problem = Problem("a", "Sai.", basis="Điều 1")
    assert problem.as_dict() == {"code": "a", "message": "Sai.", "basis": "Điều 1"}
    error = MotCuaError([problem, Problem("b", "Thiếu.", "x")])
    assert str(error) == "Sai.; Thiếu."
    assert NotFound(problem).problems == (problem,)
