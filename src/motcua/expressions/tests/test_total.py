"""Whatever the text, it is read or refused; whatever the facts, there is an answer within the bounds."""

from collections.abc import Mapping
from datetime import UTC, date, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motcua.expressions.rules.checking import check
from motcua.expressions.rules.functions import FUNCTIONS
from motcua.expressions.rules.parsing import Expression, parse
from motcua.expressions.terms import LONGEST_LIST, LONGEST_RESULT, MOST_DIGITS, Kind
from motcua.kernel.errors import Invalid

KNOWN: Mapping[str, Kind] = {
    "n": "number",
    "m.n": "number",
    "t": "text",
    "d": "date",
    "b": "boolean",
    "l": "list",
    "r": "rows",
    "r.n": "number",
    "r.t": "text",
    "x": "any",
}
_PIECES = [*"()[],.+-*/<>'\"", "==", "!=", "<=", " ", "\n", "0", "7.5", "'đ'", "True", "None", *FUNCTIONS, *KNOWN]
_PIECES += ["and", "or", "not", "in", "if", "else", "is", "lambda", "for", "=", "\\", "#", "{", "}", ":", "@", "\x00"]


def _read(text: str) -> Expression | None:
    try:
        return parse(text)
    except Invalid as refused:
        problems = refused.problems
    assert problems
    for problem in problems:
        assert problem.code.startswith("expression_")
        assert problem.message[-1] in ".?"
    return None


@given(st.text() | st.lists(st.sampled_from(_PIECES)).map("".join) | st.lists(st.sampled_from(_PIECES)).map(" ".join))
@settings(max_examples=500, deadline=None)
@example("'\ud800'")
@example("é" * 2000)
def test_every_text_is_read_or_refused(text: str) -> None:
    read = _read(text)
    problems = check(text, KNOWN)
    if read is None:
        assert problems
    else:
        assert _is_value(read.evaluate({}))


_LEAVES = [*KNOWN, "0", "2", "0.5", "'Đại'", "''", "'13/02/2026'", "True", "None", "9" * 20]
_SIGNS = ["+", "-", "*", "/", "==", "!=", "<", ">=", "in", "not in", "and", "or"]
_SHAPES = ["({} {} {})", "({} if {} else {})", "[{}, {}]", "(not {})", "(-{})", *FUNCTIONS]


@st.composite
def _expressions(draw: st.DrawFn, levels: int = 3) -> str:
    """Expressions that can be read, sound or not."""
    if not levels or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(_LEAVES))

    def inner() -> str:
        return draw(_expressions(levels - 1))

    shape = draw(st.sampled_from(_SHAPES))
    if shape in FUNCTIONS:
        count = draw(st.sampled_from([count for count in (1, 2, 3) if FUNCTIONS[shape].fits(count)]))
        return f"{shape}({', '.join(inner() for _ in range(count))})"
    if shape == _SHAPES[0]:
        return shape.format(inner(), draw(st.sampled_from(_SIGNS)), inner())
    return shape.format(inner(), inner(), inner())


_NUMBERS = st.integers() | st.floats() | st.decimals() | st.integers(10**29, 10**31)
_MOMENTS = st.datetimes(timezones=st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=-12))))
_ANYTHING = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.text() | st.dates() | _MOMENTS | st.builds(object) | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["n", "t"]), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(_expressions(), st.dictionaries(st.sampled_from([*KNOWN, "m"]), _ANYTHING))
@settings(max_examples=500, deadline=None)
def test_whatever_the_facts_there_is_an_answer(text: str, facts: dict[str, object]) -> None:
    read = parse(text)
    answer = read.evaluate(facts)
    assert _is_value(answer)
    assert read.holds(facts) is (answer is True)
    assert repr(read.evaluate(facts)) == repr(answer)


def _is_value(value: object, *, within: bool = False) -> bool:
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return value.is_finite() and value.copy_abs() < 10**MOST_DIGITS and int(exponent) >= -MOST_DIGITS
    if isinstance(value, list):
        return not within and len(value) <= LONGEST_LIST and all(_is_value(one, within=True) for one in value)
    return value is None or isinstance(value, bool | str | date | Mapping)


_FITTING = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(-100, 100),
        "m": st.fixed_dictionaries({"n": st.decimals(-100, 100, places=2)}),
        "t": st.sampled_from(["", "Đại", "13/02/2026", "12,5"]),
        "d": st.dates() | _MOMENTS,
        "b": st.booleans(),
        "l": st.lists(st.integers(0, 9) | st.text(max_size=3)),
        "r": st.lists(st.fixed_dictionaries({"n": st.integers(0, 9), "t": st.text(max_size=3)})),
        "x": st.none() | st.integers(0, 9) | st.text(max_size=3),
    },
)


def _kind_of(value: object) -> Kind:
    kinds: list[tuple[type, Kind]] = [(bool, "boolean"), (Decimal, "number"), (str, "text"), (date, "date")]
    if isinstance(value, list):
        return "rows" if value and all(isinstance(one, Mapping) for one in value) else "list"
    return next((kind for type_, kind in kinds if isinstance(value, type_)), "any")


@given(_expressions(), _FITTING)
@settings(max_examples=500, deadline=None)
def test_what_was_checked_yields_the_kind_it_was_checked_for(text: str, facts: dict[str, object]) -> None:
    if check(text, KNOWN):
        return
    value = parse(text).evaluate(facts)
    if value is not None:
        assert check(text, KNOWN, expected=_kind_of(value)) == []


_TRUTHS = st.sampled_from(["b", "missing", "True", "False", "n > 3"])


@given(_TRUTHS, _TRUTHS, _FITTING)
def test_the_laws_of_three_truth_values(one: str, other: str, facts: dict[str, object]) -> None:
    def told(text: str) -> object:
        return parse(text).evaluate(facts)

    assert told(f"not ({one} and {other})") is told(f"not {one} or not {other}")
    assert told(f"{one} and {other}") is told(f"{other} and {one}")
    assert told(f"not not {one}") is told(one)


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12).filter(bool))
def test_calculating_is_exact(one: int, other: int) -> None:
    facts = {"a": one, "b": other}
    for sign, exact in (("+", one + other), ("-", one - other), ("*", one * other), ("/", Fraction(one, other))):
        found = parse(f"a {sign} b").evaluate(facts)
        assert isinstance(found, Decimal)
        assert abs(Fraction(found) - exact) <= Fraction(1, 10**MOST_DIGITS)


_BEYOND = [
    ("t + t", {"t": "a" * (LONGEST_RESULT // 2 + 1)}),
    ("join(l, '')", {"l": ["a" * 1001] * 10}),
    ("upper(t)", {"t": "ß" * (LONGEST_RESULT // 2 + 1)}),
    ("l", {"l": [1] * (LONGEST_LIST + 1)}),
    ("r.l", {"r": [{"l": [1] * 1001}] * 10}),
    ("[l, l]", {"l": [1] * (LONGEST_LIST // 2 + 1)}),
    ("r.n", {"r": [{"n": 1}] * (LONGEST_LIST + 1)}),
    ("n * n", {"n": 10**15}),
    ("n", {"n": 10**30}),
    ("n", {"n": 10**100_000}),
    ("n", {"n": float("nan")}),
    ("n", {"n": Decimal("sNaN")}),
    ("n", {"n": Decimal("-Infinity")}),
]


@pytest.mark.parametrize(("text", "facts"), _BEYOND, ids=range(len(_BEYOND)))
def test_beyond_the_bounds_all_is_unknown(text: str, facts: dict[str, object]) -> None:
    assert parse(text).evaluate(facts) is None


def test_just_within_the_bounds() -> None:
    assert parse("t + t").evaluate({"t": "a" * (LONGEST_RESULT // 2)}) == "a" * LONGEST_RESULT
    assert parse("count([l, l])").evaluate({"l": [1] * (LONGEST_LIST // 2)}) == LONGEST_LIST
    assert parse("length(join(l, ''))").evaluate({"l": ["a" * 1000] * 10}) == LONGEST_RESULT
    assert parse("n").evaluate({"n": Decimal("0E+100")}) == 0
    assert parse("n").evaluate({"n": Decimal("1E-100")}) == 0


def test_one_evaluation_looks_at_so_many_members() -> None:
    facts = {"r": [{"n": 1}] * 10_000, "n": 3}
    assert parse("sum(" + ", ".join(["sum(r.n)"] * 9) + ")").evaluate(facts) == 90_000
    assert parse("sum(" + ", ".join(["sum(r.n)"] * 10) + ")").evaluate(facts) is None
    assert parse(" or ".join(["2 in r.n"] * 130)).evaluate(facts) is None
    assert parse(" or ".join([f"r.c{column} == 1" for column in range(60)])).evaluate(facts) is None
    assert parse(" or ".join(["2 in r.n"] * 130) + " or n > 2").evaluate(facts) is None


def test_lists_that_hold_themselves_end() -> None:
    endless: list[object] = [1]
    endless.append(endless)
    assert parse("l").evaluate({"l": endless}) == [Decimal(1), Decimal(1), None]
    assert parse("l.a.b").evaluate({"l": endless}) == [None, None, None]
    assert parse("l == l").evaluate({"l": endless}) is None
