"""Absurd and hostile input is told, never a crash; reading is total and quick."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.forms.rules.answers import flatten, from_json, read, to_json
from motcua.forms.rules.examples import example_typed
from motcua.forms.rules.plan import plan_of
from motcua.forms.terms import Form
from motcua.forms.tests.samples import PLACES, TODAY, TYPED, WHOLE, answers, codes, form_of

_ONE = form_of({"key": "q", "kind": "text", "label": "Tên"})
_NAMES = sorted(plan_of(WHOLE).names)
_names = st.sampled_from(_NAMES).map(lambda name: name.replace("#", "0")) | st.sampled_from(_NAMES).map(
    lambda name: name.replace("#", "7")
)
_texts = (
    st.text(max_size=40)
    | st.sampled_from(
        [*(value for value in TYPED.values() if isinstance(value, str)), "1/1/2020", "0", "-1", "1,5", "yes"]
    )
    | st.text(alphabet="0123456789/-.,: ", max_size=20)
)
_typed = st.dictionaries(_names | st.text(max_size=30), _texts | st.lists(_texts, max_size=4), max_size=25)


@given(_typed)
@settings(max_examples=300, deadline=None)
def test_reading_never_raises_and_values_survive_json(typed: dict[str, str | list[str]]) -> None:
    found = read(WHOLE, typed, facts={}, today=TODAY, places=PLACES)
    assert from_json(WHOLE, to_json(WHOLE, found.values)) == found.values
    assert all(problem.message for problem in found.problems)


@given(st.dictionaries(st.sampled_from(sorted(TYPED)), _texts | st.lists(_texts, max_size=3), max_size=6))
@settings(max_examples=150, deadline=None)
def test_reading_what_was_read_gives_the_same(changes: dict[str, str | list[str]]) -> None:
    first = read(WHOLE, {**TYPED, **changes}, facts={}, today=TODAY, places=PLACES)
    if first.is_accepted:
        again = read(WHOLE, flatten(WHOLE, to_json(WHOLE, first.values)), facts={}, today=TODAY, places=PLACES)
        assert (again.values, again.problems) == (first.values, ())


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "\ud800", "x\x85y"])
def test_broken_characters_are_told(bad: str) -> None:
    found = answers(_ONE, {"q": bad})
    assert [problem.code for problem in found.problems] == ["broken_characters"]
    assert found.values == {}


def test_ten_megabytes_are_told_at_once() -> None:
    (found,) = answers(_ONE, {"q": "a" * 10_000_000}).problems
    assert (found.code, found.message) == ("too_long", "“Tên” dài 10000000 ký tự; hãy viết gọn trong 20000 ký tự.")


def test_forged_names_are_told_but_not_all_thousand() -> None:
    found = answers(_ONE, {"q": "x", "q.name": "y", "csrfmiddlewaretoken": "t", "go": "next", "\x00" * 200: "z"})
    assert [problem.code for problem in found.problems] == ["unknown_name", "unknown_name"]
    assert found.values == {"q": "x"}
    assert len(answers(_ONE, {f"x{number}": "" for number in range(1000)}).problems) == 20


@pytest.mark.parametrize("name", ["t.01.n", "t.-1.n", "t.99999.n", "t.n", "t", "t.0", "t.0.zz", "t.0.n.x", "t..n"])
def test_names_that_are_no_cells_are_forged(name: str) -> None:
    form = form_of({"key": "t", "kind": "table", "columns": [{"key": "n", "kind": "text", "label": "N"}]})
    assert codes(form, {name: "1"}) == {name: ["unknown_name"]}


def test_several_values_for_one_question_are_told() -> None:
    assert codes(_ONE, {"q": ["a", "b"]}) == {"q": ["several_values"]}
    assert answers(_ONE, {"q": ["a"]}).values == {"q": "a"}
    assert answers(_ONE, {"q": []}).values == {}
    many = form_of({"key": "r", "kind": "choices", "options": [{"value": "a", "label": "A"}]})
    assert codes(many, {"r": ["a"] * 1000}) == {"r": ["too_many"]}


def test_digits_of_other_scripts_are_no_numbers() -> None:
    form = form_of({"key": "n", "kind": "number"}, {"key": "d", "kind": "date"}, {"key": "f", "kind": "file"})
    assert set(codes(form, {"n": "१२", "d": "१/२/2026", "f": "²"})) == {"n", "d", "f"}


def big_form(fields: int = 100) -> Form:
    """A form of many fields of all common kinds, a third of them with a condition."""
    kinds = ["text", "date", "number", "money", "choice"]
    listed = [
        {
            "key": f"f{number}",
            "kind": kinds[number % 5],
            "label": f"Câu {number}",
            "options": [{"value": "a", "label": "A"}] if number % 5 == 4 else [],
            "when": f"filled(f{number - 1})" if number % 3 == 1 else "",
        }
        for number in range(fields)
    ]
    pages = [{"key": f"p{at}", "title": "T", "fields": listed[at : at + 10]} for at in range(0, fields, 10)]
    return Form.model_validate({"title": "Lớn", "pages": pages})


def test_a_form_of_a_hundred_fields_is_read_whole() -> None:
    form = big_form()
    typed = example_typed(form, today=TODAY, places=PLACES)
    assert len(read(form, typed, facts={}, today=TODAY, places=PLACES).values) == 100


def test_five_hundred_rows_of_formulas_end() -> None:
    columns = [
        {"key": "a", "kind": "number", "label": "A"},
        {"key": "b", "kind": "computed", "label": "B", "value": "a * 2 + count(others)"},
    ]
    form = form_of(
        {"key": "others", "kind": "choices", "options": [{"value": "x", "label": "X"}]},
        {"key": "t", "kind": "table", "columns": columns, "max_rows": 500},
        {"key": "s", "kind": "computed", "value": "sum(t.b)"},
    )
    found = answers(form, {f"t.{row}.a": str(row) for row in range(500)})
    assert found.values["s"] == Decimal(500 * 499)


def test_the_end_of_the_calendar() -> None:
    form = form_of({"key": "d", "kind": "date"}, {"key": "e", "kind": "computed", "value": "add_days(d, 400000)"})
    assert answers(form, {"d": "31/12/2199"}).values["d"] == date(2199, 12, 31)
    assert codes(form, {"d": "31/12/9999"}) == {"d": ["unreadable"]}
