"""Faults of forms themselves."""

from typing import Any

import pytest

from motcua.forms.rules.checker import known_names, problems_in_form
from motcua.forms.rules.patterns import pattern_fault
from motcua.forms.terms import Form
from motcua.forms.tests.samples import WHOLE, form_of

_COLUMN = {"key": "n", "kind": "number", "label": "N"}


def test_the_sample_has_no_fault() -> None:
    assert problems_in_form(WHOLE) == []


def test_known_names_reach_into_values() -> None:
    known = known_names(WHOLE)
    assert (known["members"], known["members.share"], known["owner.born"]) == ("rows", "number", "date")
    assert (known["place.commune_name"], known["owner.address.text"], known["today"]) == ("text", "text", "date")
    assert "note" not in known


@pytest.mark.parametrize(
    ("field", "code", "where"),
    [
        ({"when": "zz > 1"}, "expression_name", "when"),
        ({"required_when": "1 +"}, "expression_syntax", "required_when"),
        ({"when": "today"}, "expression_kind", "when"),
        ({"options": [{"value": "a", "label": "A"}]}, "property_unfit", "options"),
        ({"lookup": "relations"}, "property_unfit", "lookup"),
        ({"columns": [_COLUMN]}, "property_unfit", "columns"),
        ({"value": "1"}, "property_unfit", "value"),
        ({"minimum": 1}, "property_unfit", "minimum"),
        ({"parts": ["name"]}, "property_unfit", "parts"),
        ({"pattern": "("}, "pattern_bad", "pattern"),
        ({"pattern": "(a|b)*"}, "pattern_bad", "pattern"),
        ({"prefill": ["heaven.name"]}, "prefill_unknown", "prefill"),
        ({"kind": "choice"}, "options_missing", "options"),
        ({"kind": "choice", "options": [{"value": "a", "label": "A"}] * 2}, "option_repeated", "options"),
        ({"kind": "choice", "options": [{"value": "a", "label": "A"}], "default": "b"}, "default_unknown", "default"),
        ({"kind": "choices", "lookup": "communes"}, "lookup_single", "lookup"),
        ({"kind": "table"}, "columns_missing", "columns"),
        ({"kind": "table", "columns": [_COLUMN], "min_rows": 9, "max_rows": 3}, "bounds", "min_rows"),
        ({"kind": "computed"}, "value_missing", "value"),
        ({"kind": "section", "required": True}, "required_unfit", "required"),
        ({"kind": "number", "minimum": 3, "maximum": 1}, "bounds", "minimum"),
        ({"kind": "money", "maximum": -1}, "bounds", "maximum"),
        ({"kind": "person", "parts": ["name", "weight"]}, "part_unknown", "parts"),
        ({"kind": "person", "parts": ["name"], "optional_parts": ["phone"]}, "part_unknown", "optional_parts"),
        ({"kind": "address", "parts": ["commune"]}, "part_needed", "parts"),
        ({"kind": "address", "units_on": "case"}, "expression_kind", "units_on"),
    ],
)
def test_a_fault_of_a_field_is_found_at_its_place(field: dict[str, Any], code: str, where: str) -> None:
    found = problems_in_form(form_of({"key": "q", "kind": "text", **field}))
    assert (code, f"pages.0.fields.0.{where}") in {(problem.code, problem.field) for problem in found}


def _table(*columns: dict[str, Any]) -> list[tuple[str, str]]:
    found = problems_in_form(form_of({"key": "t", "kind": "table", "columns": list(columns)}))
    return [(problem.code, problem.field.removeprefix("pages.0.fields.0.")) for problem in found]


def test_faults_of_tables() -> None:
    inner = {"key": "i", "kind": "table", "label": "I", "columns": [_COLUMN]}
    assert ("table_in_table", "columns.0") in _table(inner)
    assert ("key_repeated", "columns") in _table(_COLUMN, _COLUMN)
    reads = {"key": "c", "kind": "computed", "label": "C", "value": "n / sum(t.n)"}
    assert ("column_reads_table", "columns.1") in _table(_COLUMN, reads)
    one, two = (
        {"key": key, "kind": "computed", "label": key, "value": other} for key, other in (("x", "y"), ("y", "x"))
    )
    assert ("circle", "columns") in _table(one, two)
    assert ("file_in_table", "columns.0") in _table({"key": "f", "kind": "file", "label": "F"})


def test_faults_of_the_whole() -> None:
    def codes(**changes: Any) -> set[str]:
        field = {"key": "a", "kind": "text", "label": "A"}
        page = {"key": "p", "title": "P", "fields": [field]}
        return {
            problem.code for problem in problems_in_form(Form.model_validate({"title": "T", "pages": [page]} | changes))
        }

    two = [
        {"key": key, "kind": "text", "label": key, "when": f"filled({other})"}
        for key, other in (("a", "b"), ("b", "a"))
    ]
    own = {"key": "p", "title": "P", "when": "filled(a)", "fields": [{"key": "a", "kind": "text", "label": "A"}]}
    today = [{"key": "today", "kind": "date", "label": "T"}]
    assert codes() == set()
    assert codes(pages=[{"key": "p", "title": "P", "fields": two}]) == {"circle"}
    assert codes(pages=[own]) == {"circle"}
    assert codes(pages=[{"key": "p", "title": "P", "fields": [two[0] | {"when": ""}] * 2}]) == {"key_repeated"}
    assert codes(pages=[{"key": "p", "title": "P", "fields": today}]) == {"key_reserved"}
    assert codes(pages=[{"key": "p", "title": "P"}]) == {"page_empty"}
    assert codes(checks=[{"key": "c", "holds": "", "message": "m"}]) == {"expression_missing"}
    assert codes(checks=[{"key": "c", "holds": "filled(a)", "message": "m", "field": "z"}]) == {"check_field_unknown"}


@pytest.mark.parametrize(
    "pattern", ["[0-9]{12}", r"\d{2}[A-Z]{1,2}-\d+", "[^@]+@[^@]+", "([0-9]{9}|[0-9]{12})", "(-[0-9]{3})?x", r"\(a\)+"]
)
def test_patterns_that_end_are_taken(pattern: str) -> None:
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize("pattern", ["(a*)*", "(a|aa)+", "(?=a)b", r"(a)\1", "a*b*c*", "(a{1,90}){2}", "[", "((a+)b)*"])
def test_patterns_that_may_run_for_ever_are_refused(pattern: str) -> None:
    assert pattern_fault(pattern) != ""


@pytest.mark.parametrize("pattern", ["a?" * 28 + "b", "a{0,20}" * 8 + "b", "(?:a|aa)" * 25 + "b", "a*?a*?a{0,20}b"])
def test_patterns_with_too_many_ways_to_match_are_refused(pattern: str) -> None:
    assert pattern_fault(pattern) != ""


def test_many_answers_to_choose_from_are_no_danger() -> None:
    assert pattern_fault("|".join(map(str, range(60)))) == ""
