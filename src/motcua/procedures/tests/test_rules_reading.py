"""From a file to a definition."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from motcua.kernel.errors import Invalid
from motcua.procedures.rules.chains import CHAINS, steps_of
from motcua.procedures.rules.definition import problems_in
from motcua.procedures.rules.reading import definition_from
from motcua.procedures.terms import Definition
from motcua.processes.rules.lengths import total_hours

from .conftest import definition, raw


def test_a_chain_becomes_its_steps() -> None:
    keys = [step.key for step in definition().steps]
    assert keys == ["receive", "assign", "appraise", "review", "approve", "seal", "deliver"]


def test_what_is_stored_reads_back_the_same() -> None:
    said = definition()
    assert Definition.model_validate(said.as_json()) == said


def test_a_definition_is_frozen() -> None:
    with pytest.raises(ValidationError):
        definition().name = "Khác"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"chain": "no-such"}, "unknown_chain", "chain"),
        ({"steps": [{"key": "receive"}]}, "chain_and_steps", "chain"),
        ({"cases": []}, "chain_without_term", "chain"),
        ({"cases": [{"key": "a", "name": "A", "terms": {}}]}, "chain_without_term", "chain"),
        (
            {"cases": [{"key": "a", "name": "A", "terms": {"any": {"amount": "x", "unit": "day"}}}]},
            "chain_without_term",
            "chain",
        ),
        ({"code": "1.1193"}, "string_pattern_mismatch", "code"),
        ({"name": ""}, "string_too_short", "name"),
        ({"level": "village"}, "enum", "level"),
        ({"colour": "red"}, "extra_forbidden", "colour"),
        ({"domain": {"code": "HT"}}, "missing", "domain.name"),
        ({"results": [{"name": "A", "code": 1}]}, "string_type", "results.0.code"),
    ],
)
def test_mistakes(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        definition_from(raw(**changes))
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [(code, field)]


def test_every_mistake_is_told() -> None:
    with pytest.raises(Invalid) as refusal:
        definition_from(raw(code="x", level="y", applicants=["cat"]))
    assert {problem.field for problem in refusal.value.problems} == {"code", "level", "applicants.0"}


def test_a_name_of_the_longest_length_seen() -> None:
    assert len(definition(name="Đ" * 1094).name) == 1094


@given(
    chain=st.sampled_from(sorted(CHAINS)),
    amount=st.integers(1, 200),
    unit=st.sampled_from(["working_day", "day", "working_hour"]),
)
def test_the_steps_of_a_chain_add_up_to_the_term(chain: str, amount: int, unit: str) -> None:
    term = {"amount": amount, "unit": unit}
    steps = steps_of(chain, term)
    spent = sum(step["term"]["amount"] for step in steps)
    assert spent == max(total_hours(term), len(steps))
    assert problems_in(definition(chain=None, steps=steps)) == []


def test_a_same_day_chain_takes_one_day() -> None:
    assert sum(step["term"]["amount"] for step in steps_of("desk", {"unit": "same_day"})) == 8
