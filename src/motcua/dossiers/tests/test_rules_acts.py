"""May this happen? Without the database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.acts import Facts, known_acts, problems_before, problems_of_moment
from motcua.dossiers.rules.flow import (
    is_assigning,
    is_deciding,
    step_after_decision,
    target_back,
    target_forward,
)
from motcua.dossiers.terms import ENDED, TRANSITIONS, Act, Status
from motcua.dossiers.tests.world import STEPS, definition
from motcua.procedures.rules.selection import step_of

DEFINITION = definition()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
#: The status an act leads to, where it changes it.
_LEADS_TO = {
    Act.RECEIVE: Status.RECEIVED,
    Act.REFUSE: Status.REFUSED,
    Act.REQUEST_SUPPLEMENT: Status.SUPPLEMENT_REQUESTED,
    Act.ASSIGN: Status.PROCESSING,
    Act.FORWARD: Status.PROCESSING,
    Act.APPRAISE: Status.PROCESSING,
    Act.APPROVE: Status.FINISHED,
    Act.REJECT: Status.FINISHED,
    Act.DELIVER: Status.DELIVERED,
    Act.WITHDRAW: Status.WITHDRAWN,
    Act.REQUEST_OBLIGATION: Status.OBLIGATION_REQUESTED,
    Act.FULFIL_OBLIGATION: Status.PROCESSING,
    Act.STOP: Status.STOPPED,
    Act.REFUSE_SUPPLEMENT: Status.STOPPED,
    Act.RECALL: Status.FINISHED,
    Act.REOPEN: Status.PROCESSING,
}


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Any state, also such as never comes to be."""
    status = draw(st.sampled_from(Status))
    early = {Status.SUBMITTED, Status.REFUSED}
    return Facts(
        status=status,
        definition=DEFINITION,
        step=draw(st.sampled_from(DEFINITION.steps)),
        is_received=status not in early and (status not in {5, 7} or draw(st.booleans())),
        has_open_request=draw(st.booleans()),
        supplement_count=draw(st.integers(0, 3)),
        draft_number=draw(st.integers(0, 2)),
    )


@given(facts=facts(), act=st.sampled_from(known_acts()))
def test_what_the_rules_allow_the_transitions_know(facts: Facts, act: Act) -> None:
    if problems_before(act, facts):
        return
    assert facts.status not in ENDED or act in {Act.RECALL, Act.RENEW}
    after = _LEADS_TO.get(act)
    assert after is None or after == facts.status or after in TRANSITIONS[facts.status]


@given(facts=facts(), act=st.sampled_from(known_acts()))
def test_every_problem_speaks(facts: Facts, act: Act) -> None:
    for problem in problems_before(act, facts):
        assert problem.code.isascii()
        assert problem.message.endswith((".", "!"))


@given(facts=facts())
def test_one_way_on_at_most(facts: Facts) -> None:
    ways_on = [act for act in (Act.FORWARD, Act.APPRAISE, Act.SEAL, Act.DELIVER) if not problems_before(act, facts)]
    assert len(ways_on) <= 1
    assert problems_before(Act.APPROVE, facts) == problems_before(Act.REJECT, facts)


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        (NOW, []),
        (NOW + timedelta(minutes=2), []),
        (NOW + timedelta(minutes=2, seconds=1), ["in_future"]),
        (NOW - timedelta(hours=1), []),
        (NOW - timedelta(hours=1, microseconds=1), ["before_last_act"]),
    ],
)
def test_the_moment(at: datetime, wanted: list[str]) -> None:
    found = problems_of_moment(at, last_act_at=NOW - timedelta(hours=1), now=NOW)
    assert [problem.code for problem in found] == wanted


def test_a_moment_can_be_wrong_both_ways() -> None:
    found = problems_of_moment(NOW + timedelta(hours=1), last_act_at=NOW + timedelta(hours=2), now=NOW)
    assert [problem.code for problem in found] == ["before_last_act", "in_future"]


def test_kinds_of_steps() -> None:
    kinds = {step.key: (is_assigning(DEFINITION, step), is_deciding(DEFINITION, step)) for step in DEFINITION.steps}
    assert {key for key, (assigns, _decides) in kinds.items() if assigns} == {"assign"}
    assert {key for key, (_assigns, decides) in kinds.items() if decides} == {"approve"}


@pytest.mark.parametrize(
    ("forward", "after"),
    [
        (["seal"], "seal"),
        (["deliver"], "deliver"),
        (["deliver", "seal"], "seal"),
        (["review", "deliver"], "deliver"),
        (["review"], None),
    ],
)
def test_where_a_decision_leads(forward: list[str], after: str | None) -> None:
    steps = [{**step, "forward": forward} if step["key"] == "approve" else step for step in STEPS]
    changed = definition(steps=steps)
    found = step_after_decision(changed, step_of(changed, "approve"))
    assert (found.key if found else None) == after
    assert is_deciding(changed, step_of(changed, "approve")) == (after is not None)


@pytest.mark.parametrize(("to", "wanted"), [("", "approve"), ("approve", "approve"), ("seal", None), ("nowhere", None)])
def test_forward(to: str, wanted: str | None) -> None:
    found = target_forward(DEFINITION, step_of(DEFINITION, "review"), to)
    assert (found.key if found else None) == wanted


@pytest.mark.parametrize(
    ("step", "to", "wanted"), [("review", "", "appraise"), ("seal", "", None), ("review", "receive", None)]
)
def test_back(step: str, to: str, wanted: str | None) -> None:
    found = target_back(DEFINITION, step_of(DEFINITION, step), to)
    assert (found.key if found else None) == wanted
