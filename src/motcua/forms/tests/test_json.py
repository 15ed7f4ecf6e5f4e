"""Values as JSON, as flat names, and the schema of both."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.forms.rules.answers import flatten, from_json, to_json
from motcua.forms.rules.examples import example_typed
from motcua.forms.rules.schema import json_schema
from motcua.forms.tests.samples import PLACES, TODAY, TYPED, WHOLE, answers, form_of
from motcua.forms.tests.schema_reader import faults


def test_values_survive_being_written_and_read() -> None:
    values = answers(WHOLE, TYPED).values
    written = json.loads(json.dumps(to_json(WHOLE, values), ensure_ascii=False))
    assert from_json(WHOLE, written) == values
    assert written["capital"] == 1500000
    assert written["members"][0]["share"] == 60.5
    assert written["owner"]["born"] == "1990-02-01"


def test_flat_names_of_values_read_the_same() -> None:
    found = answers(WHOLE, TYPED)
    again = answers(WHOLE, flatten(WHOLE, to_json(WHOLE, found.values)))
    assert (again.values, again.problems) == (found.values, ())


def test_nested_values_of_python_are_laid_out() -> None:
    nested = {
        "owner": {"name": "An", "born": date(1990, 1, 2), "address": {"province": "01"}},
        "is_shared": True,
        "members": [{"name": "Ba", "share": Decimal("60.5")}, {"name": "Tư", "share": 39.5}],
        "capital": 1500000,
        "opens": datetime(2026, 4, 1, 8, 0),  # noqa: DTZ001 (a moment as YAML reads it)
        "needs": ["safe"],
        "since": {"year": 1990},
        "stranger": 1,
        "words": "bỏ qua",
        "email": None,
    }
    assert flatten(WHOLE, nested) == {
        "owner.name": "An",
        "owner.born": "02/01/1990",
        "owner.address.province": "01",
        "is_shared": "yes",
        "members.0.name": "Ba",
        "members.0.share": "60,5",
        "members.1.name": "Tư",
        "members.1.share": "39,5",
        "capital": "1.500.000",
        "opens": "01/04/2026",
        "needs": ["safe"],
        "since.year": "1990",
        "stranger": "1",
    }


def test_flat_names_may_be_given_as_they_are() -> None:
    assert flatten(WHOLE, {"owner.name": "An", "members.0.share": 5}) == {"owner.name": "An", "members.0.share": "5"}


def test_what_is_no_plain_value_is_written_as_text() -> None:
    form = form_of({"key": "a", "kind": "text"})
    assert to_json(form, {"a": ("x", time(8, 30))}) == {"a": ["x", "08:30:00"]}


def test_computed_values_of_every_kind_survive() -> None:
    formulas = [
        "today",
        "1 / 3",
        "a",
        "[1, today]",
        "True",
        "'2026-13-40'",
        "'2026-01-02'",
        "add_days(today, 1)",
        "1 / 0",
    ]
    fields = [{"key": f"c{number}", "kind": "computed", "value": one} for number, one in enumerate(formulas)]
    form = form_of({"key": "a", "kind": "person", "parts": ["born"]}, *fields)
    found = answers(form, {"a.born": "1/2/1990"}).values
    assert found["c6"] == date(2026, 1, 2)
    assert from_json(form, json.loads(json.dumps(to_json(form, found)))) == found
    assert "c8" not in found


def test_the_schema_accepts_what_was_accepted() -> None:
    schema = json_schema(WHOLE)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert faults(schema, to_json(WHOLE, answers(WHOLE, TYPED).values)) == []


@given(st.sets(st.sampled_from(sorted(TYPED))))
@settings(max_examples=150, deadline=None)
def test_the_schema_accepts_whatever_is_accepted(left_out: set[str]) -> None:
    found = answers(WHOLE, {name: value for name, value in TYPED.items() if name not in left_out})
    if found.is_accepted:
        assert faults(json_schema(WHOLE), to_json(WHOLE, found.values)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("phone",), "12"),
        (("capital",), 5),
        (("capital",), "1500000"),
        (("trade",), "other"),
        (("needs",), ["safe", "safe"]),
        (("agree",), False),
        (("members", 0, "share"), 101),
        (("members", 0, "salary"), 1),
        (("owner", "gender"), "Nam"),
        (("owner", "address", "text"), ""),
        (("since",), {"day": 3, "year": 1990}),
        (("stranger",), 1),
    ],
)
def test_the_schema_refuses_what_is_wrong(path: tuple[str | int, ...], value: object) -> None:
    data: Any = to_json(WHOLE, answers(WHOLE, TYPED).values)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert faults(json_schema(WHOLE), data) != []


def test_a_question_under_a_condition_is_not_required_by_the_schema() -> None:
    form = form_of({"key": "a", "kind": "yes_no"}, {"key": "b", "kind": "text", "required": True, "when": "a"})
    schema: Any = json_schema(form)
    assert schema["required"] == []
    hinted: Any = json_schema(form_of({"key": "a", "kind": "text", "hint": "Ghi rõ"}))
    assert hinted["properties"]["a"]["description"] == "Ghi rõ"


def test_invented_answers_are_accepted() -> None:
    form = WHOLE.model_copy(update={"checks": ()})
    found = answers(form, example_typed(form, today=TODAY, places=PLACES))
    assert found.problems == ()
    assert {field.key for field in form.fields() if field.kind not in {"section", "information"}} == set(found.values)


def test_invented_answers_keep_to_bounds_patterns_and_defaults() -> None:
    form = form_of(
        {"key": "a", "kind": "number", "minimum": 50, "decimals": 1},
        {"key": "b", "kind": "money", "maximum": 1000},
        {"key": "c", "kind": "text", "pattern": "[0-9]{9}"},
        {"key": "d", "kind": "text", "pattern": "zz"},
        {"key": "e", "kind": "text", "default": "có sẵn"},
        {"key": "f", "kind": "choice", "lookup": "provinces"},
        {"key": "g", "kind": "choice", "lookup": "communes"},
        {"key": "h", "kind": "choice", "lookup": "business_lines"},
        {"key": "t", "kind": "table", "min_rows": 3, "columns": [{"key": "n", "kind": "date", "label": "N"}]},
    )
    found = answers(form, example_typed(form, today=TODAY, places=PLACES))
    assert [problem.field for problem in found.problems] == ["d"]
    assert (found.values["a"], found.values["b"], found.values["c"]) == (Decimal(50), Decimal(1000), "123456789")
    assert (found.values["e"], found.values["h"], len(found.values["t"])) == ("có sẵn", "4711", 3)  # type: ignore[arg-type]


def test_a_code_of_a_business_line_has_a_shape_in_the_schema() -> None:
    schema = json_schema(form_of({"key": "b", "kind": "choice", "lookup": "business_lines"}))
    assert faults(schema, {"b": "4711"}) == []
    assert faults(schema, {"b": "47"}) != []
