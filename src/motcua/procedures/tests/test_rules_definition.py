"""What forbids publishing, and what only asks for a second look."""

from typing import Any

import pytest

from motcua.procedures.rules.definition import longest_hours, problems_in, warnings_in
from motcua.procedures.terms import Definition

from .conftest import definition, raw


def codes(said: Definition) -> list[str]:
    return [problem.code for problem in problems_in(said)]


def step(key: str, forward: list[Any], **facts: Any) -> dict[str, Any]:
    at_desk = key in ("receive", "deliver")
    base = {
        "key": key,
        "name": key,
        "right": "receive" if at_desk else "handle",
        "at": "desk" if at_desk else "handling",
    }
    return {**base, "forward": forward, **facts}


def with_steps(*steps: dict[str, Any]) -> Definition:
    return definition(chain=None, steps=list(steps))


def test_a_faultless_definition_has_neither_problems_nor_warnings() -> None:
    assert problems_in(definition()) == []
    assert warnings_in(definition()) == []


def test_every_problem_is_told_at_once() -> None:
    said = definition(
        chain=None,
        steps=[],
        results=[],
        cases=[
            {"key": "a", "name": "A", "terms": {"any": {"amount": 0, "unit": "day"}}},
            {"key": "a", "name": "A lần nữa", "terms": {}},
        ],
        components=[{"key": "form", "name": "Tờ khai", "cases": ["b"]}],
    )
    assert codes(said) == [
        "duplicate_case",
        "term_not_positive",
        "no_term",
        "unknown_case",
        "no_count",
        "no_result",
        "no_receive_step",
        "no_deliver_step",
    ]


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        ([], "no_case"),
        ([{"key": "a", "name": "A", "terms": {"online": {"amount": 1, "unit": "day"}}}], "no_term_in_person"),
        ([{"key": "a", "name": "A", "terms": {"any": {"amount": 1, "unit": "same_day"}}}], "same_day_with_amount"),
        ([{"key": "a", "name": "A", "terms": {"any": {"amount": -1, "unit": "working_hour"}}}], "term_not_positive"),
        (
            [
                {
                    "key": "a",
                    "name": "A",
                    "terms": {"any": {"unit": "same_day"}},
                    "fees": [{"name": "Phí", "kind": "fee", "amount": -1}],
                }
            ],
            "negative_fee",
        ),
    ],
)
def test_cases(cases: list[dict[str, Any]], code: str) -> None:
    steps = [step("receive", ["deliver"]), step("deliver", [])]
    assert codes(definition(cases=cases, components=[], chain=None, steps=steps)) == [code]


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([{"key": "a", "name": "A", "originals": 1}, {"key": "a", "name": "B", "originals": 1}], "duplicate_component"),
        ([{"key": "a", "name": "A", "originals": 1, "required_in": ["x"]}], "unknown_case"),
        (
            [{"key": "a", "name": "A", "originals": 1, "cases": ["late"], "required_in": ["default"]}],
            "required_outside_cases",
        ),
        ([{"key": "a", "name": "A", "originals": -1}], "negative_count"),
        ([{"key": "a", "name": "A"}], "no_count"),
    ],
)
def test_components(components: list[dict[str, Any]], code: str) -> None:
    assert codes(definition(components=components)) == [code]


def test_a_paper_only_shown_needs_no_count() -> None:
    assert codes(definition(components=[{"key": "a", "name": "A", "present_only": True}])) == []


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([step("deliver", [])], ["no_receive_step"]),
        ([step("receive", ["receive"])], ["no_deliver_step", "step_to_itself"]),
        ([step("appraise", ["deliver"]), step("receive", ["appraise"]), step("deliver", [])], ["receive_not_first"]),
        ([step("receive", ["deliver"]), step("deliver", []), step("deliver", [])], ["duplicate_step"]),
        ([step("receive", ["deliver", "x"]), step("deliver", [])], ["unknown_step"]),
        ([step("receive", ["deliver"]), step("deliver", [], back=["x"])], ["unknown_step"]),
        ([step("receive", ["deliver", "a"]), step("a", []), step("deliver", [])], ["dead_end"]),
        ([step("receive", ["deliver"]), step("a", ["deliver"]), step("deliver", [])], ["unreachable_step"]),
        ([step("receive", ["deliver"]), step("deliver", ["receive"])], ["deliver_goes_on"]),
        (
            [step("receive", ["deliver", "a"]), step("a", ["b"]), step("b", ["a"]), step("deliver", [])],
            ["never_delivers", "never_delivers"],
        ),
        ([step("receive", ["deliver"], at="agency"), step("deliver", [])], ["not_at_desk"]),
        ([step("receive", ["deliver"], term={"amount": 0, "unit": "day"}), step("deliver", [])], ["term_not_positive"]),
    ],
)
def test_steps(steps: list[dict[str, Any]], expected: list[str]) -> None:
    assert codes(with_steps(*steps)) == expected


def test_steps_longer_than_the_term_are_only_a_warning() -> None:
    said = with_steps(step("receive", ["deliver"], term={"amount": 4, "unit": "working_day"}), step("deliver", []))
    assert problems_in(said) == []
    assert [warning.code for warning in warnings_in(said)] == ["no_decision", "steps_exceed_term"]


def test_conditions_read_only_what_there_is() -> None:
    forward = [{"to": "deliver", "when": "form.area > 100"}, "deliver"]
    form = {"title": "Tờ khai", "pages": [{"key": "a", "title": "A", "fields": [AREA]}]}
    steps = [step("receive", forward), step("deliver", [])]
    assert codes(with_steps(*steps)) == ["expression_name"]
    assert codes(definition(chain=None, steps=steps, form=form)) == []


AREA = {"key": "area", "kind": "number", "label": "Diện tích", "unit": "m²"}


def test_what_helps_citizens_is_asked_for() -> None:
    bare = definition(summary="", keywords=[], legal_basis=[])
    assert [warning.code for warning in warnings_in(bare)] == ["no_summary", "no_keywords", "no_legal_basis"]


def test_the_longest_term_counts() -> None:
    assert longest_hours(definition()) == 24
    assert longest_hours(definition(cases=[], chain=None)) == 0


def test_messages_are_whole_vietnamese_sentences() -> None:
    broken = definition(**{**raw(), "chain": None, "steps": [], "results": [], "cases": []})
    assert all(problem.message.endswith(".") for problem in problems_in(broken))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ([{"key": "number", "label": "Số", "anchors": ["Số"]}], []),
        ([{"key": "owner_id", "label": "Số định danh", "kind": "personal_id"}], []),
        ([{"key": "number", "label": "Số"}], ["scan_field_unfindable"]),
        ([{"key": "number", "label": "Số", "pattern": "(a+)+"}], ["bad_pattern"]),
        (
            [
                {"key": "number", "label": "Số", "anchors": ["Số"]},
                {"key": "number", "label": "Ngày", "anchors": ["Ngày"]},
            ],
            ["duplicate_scan_field"],
        ),
    ],
)
def test_what_is_read_from_a_scan_can_be_found_there(fields: list[dict[str, Any]], told: list[str]) -> None:
    papers = [{"key": "don", "name": "Đơn", "originals": 1, "fields": fields}]
    assert codes(definition(components=papers)) == told
