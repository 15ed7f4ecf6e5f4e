"""Drafted, then decided, then handed out."""

import pytest

from motcua.processes.rules.deciding import deciding_problems
from motcua.processes.terms import Step, StepRight


def step(key: str, right: StepRight, *forward: str) -> Step:
    at = "desk" if right == "receive" else "agency"
    return Step.model_validate({"key": key, "name": key, "right": right, "at": at, "forward": forward})


def codes(*steps: Step) -> list[str]:
    return [one.code for one in deciding_problems(steps)]


RECEIVE, DELIVER = step("receive", "receive", "appraise"), step("deliver", "receive")
APPRAISE, APPROVE = step("appraise", "handle", "approve"), step("approve", "lead_agency", "deliver")


def test_the_usual_way_is_fine() -> None:
    assert codes(RECEIVE, APPRAISE, APPROVE, DELIVER) == []


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ((step("receive", "receive", "deliver"), DELIVER), ["no_decision"]),
        ((RECEIVE, step("appraise", "handle", "deliver"), DELIVER), ["no_decision"]),
        ((step("receive", "receive", "approve"), APPROVE, DELIVER), ["decides_undrafted"]),
        ((step("receive", "receive", "appraise", "approve"), APPRAISE, APPROVE, DELIVER), ["decides_undrafted"]),
        ((step("receive", "receive", "appraise", "deliver"), APPRAISE, APPROVE, DELIVER), ["delivers_undecided"]),
        ((APPRAISE, APPROVE), []),
    ],
)
def test_what_comes_undecided_or_undrafted(steps: tuple[Step, ...], found: list[str]) -> None:
    assert codes(*steps) == found
