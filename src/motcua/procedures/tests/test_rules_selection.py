"""Which term, fees, papers and steps hold for one dossier."""

import pytest

from motcua.kernel.errors import Invalid
from motcua.procedures.rules import selection

from .conftest import definition


@pytest.mark.parametrize(
    ("case", "channel", "amount", "unit"),
    [
        ("default", "in_person", 3, "working_day"),
        ("default", "post", 3, "working_day"),
        ("default", "proxy_service", 3, "working_day"),
        ("default", "online_portal", 2, "working_day"),
        ("default", "vneid", 2, "working_day"),
        ("late", "vneid", 0, "same_day"),
    ],
)
def test_the_term_of_a_channel(case: str, channel: str, amount: int, unit: str) -> None:
    term = selection.term_for(definition(), case, channel)
    assert (term.amount, term.unit) == (amount, unit)


@pytest.mark.parametrize(("case", "channel"), [("none", "in_person"), ("default", "pigeon")])
def test_no_term_for_what_is_unknown(case: str, channel: str) -> None:
    with pytest.raises(Invalid):
        selection.term_for(definition(), case, channel)


@pytest.mark.parametrize(
    ("channel", "amounts"),
    [("in_person", [5000, 8000]), ("proxy_service", [5000, 8000]), ("vneid", [0, 8000]), ("any", [5000, 0, 8000])],
)
def test_the_fees_of_a_channel(channel: str, amounts: list[int]) -> None:
    assert [fee.amount for fee in selection.fees_for(definition(), "default", channel)] == amounts


def test_a_case_may_cost_nothing() -> None:
    assert selection.fees_for(definition(), "late", "in_person") == ()


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("default", {"form": True, "proof": False, "id": False}),
        ("late", {"form": True, "proof": True, "id": False, "report": True}),
    ],
)
def test_the_papers_of_a_case(case: str, expected: dict[str, bool]) -> None:
    needed = selection.components_for(definition(), case)
    assert {one.component.key: one.required for one in needed} == expected


def test_papers_of_an_unknown_case() -> None:
    with pytest.raises(Invalid):
        selection.components_for(definition(), "none")


def test_moving_along_the_steps() -> None:
    said = definition()
    assert selection.first_step(said).key == "receive"
    assert selection.last_step(said).key == "deliver"
    assert [step.key for step in selection.forward_steps(said, "appraise")] == ["review"]
    assert [step.key for step in selection.back_steps(said, "approve")] == ["appraise"]
    following = selection.next_step(said, "receive")
    assert following is not None
    assert following.key == "assign"
    assert selection.next_step(said, "deliver") is None


def test_an_unknown_step() -> None:
    with pytest.raises(Invalid):
        selection.step_of(definition(), "dream")
