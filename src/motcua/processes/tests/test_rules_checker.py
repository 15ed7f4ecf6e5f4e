"""What forbids a process, and what is only worth a second look."""

from typing import Any

import pytest

from motcua.processes.rules.checker import known_names, problems_in_process, warnings_in_process
from motcua.processes.terms import Step

from .samples import Raw, hours, plain, raw, rich, steps_of


def codes(steps: tuple[Step, ...], **facts: Any) -> list[str]:
    return [problem.code for problem in problems_in_process(steps, **facts)]


def warned(steps: tuple[Step, ...], **facts: Any) -> list[str]:
    """Codes of all warnings but those about deciding, which have tests of their own."""
    said = [problem.code for problem in warnings_in_process(steps, **facts)]
    return [code for code in said if code not in {"no_decision", "decides_undrafted", "delivers_undecided"}]


def test_a_sound_process_has_nothing() -> None:
    assert codes(plain()) == []
    assert warned(plain(), limit_hours=17) == []
    assert codes(rich()) == []


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([raw("receive", ["deliver"], unit="so-xay-dung"), raw("deliver", [])], ["unit_not_used"]),
        ([raw("receive", ["a"]), raw("a", ["deliver"], at="unit"), raw("deliver", [])], ["no_unit"]),
        ([raw("receive", ["deliver", "deliver"]), raw("deliver", [])], ["duplicate_move"]),
        ([raw("receive", ["deliver"]), raw("deliver", []), raw("deliver", [])], ["duplicate_step"]),
        ([raw("receive", ["deliver", "x"]), raw("deliver", [])], ["unknown_step"]),
        ([raw("receive", ["a", "deliver"]), raw("a", []), raw("deliver", [])], ["dead_end"]),
        ([raw("receive", ["deliver"]), raw("a", ["deliver"]), raw("deliver", [])], ["unreachable_step"]),
        (
            [raw("receive", ["a", "deliver"]), raw("a", ["b"]), raw("b", ["a"]), raw("deliver", [])],
            ["never_delivers", "never_delivers"],
        ),
    ],
)
def test_the_net_of_steps(steps: list[Raw], expected: list[str]) -> None:
    assert codes(steps_of(*steps)) == expected


def test_a_step_reached_only_by_sending_back_is_reached() -> None:
    steps = steps_of(
        raw("receive", ["a"]), raw("a", ["deliver"], back=["again"]), raw("again", ["a"]), raw("deliver", [])
    )
    assert codes(steps) == []


@pytest.mark.parametrize(
    ("of_appraise", "expected"),
    [
        ({"forward": [{"to": "approve", "when": "paid and"}, "approve"]}, ["expression_syntax"]),
        ({"forward": [{"to": "approve", "when": "payed"}, "approve"]}, ["expression_name"]),
        ({"forward": [{"to": "approve", "when": "copies + 1"}, "approve"]}, ["expression_kind"]),
        ({"gates": ["paid"], "gates_when": "form.nothing"}, ["expression_name"]),
        ({"forward": [{"to": "approve", "when": "paid and not paid"}]}, ["never_open"]),
        ({"forward": [{"to": "approve", "when": "False"}]}, ["never_open"]),
    ],
)
def test_conditions(of_appraise: Raw, expected: list[str]) -> None:
    known = known_names({"area": "number"})
    assert codes(plain(**of_appraise), known=known) == expected


def test_fields_of_the_form_are_known_by_their_names() -> None:
    steps = plain(forward=[{"to": "approve", "when": "form.area > 3"}, "approve"])
    assert codes(steps, known=known_names({"area": "number"})) == []
    assert codes(steps, known=known_names({"name": "text"})) == ["expression_name"]
    assert codes(steps) == []


@pytest.mark.parametrize(
    ("timer", "expected"),
    [
        ({"do": "move", "to": "approve"}, []),
        ({"do": "move", "to": "nowhere"}, ["timer_to_unknown"]),
        ({"do": "move", "to": "seal"}, ["timer_to_unknown"]),
        ({"do": "move"}, ["timer_to_unknown"]),
        ({"do": "remind", "to": "approve"}, ["timer_moves_nothing"]),
        ({"do": "remind", "after": hours(0)}, ["term_not_positive"]),
    ],
)
def test_timers(timer: Raw, expected: list[str]) -> None:
    assert codes(plain(timers=[{"key": "t", "after": hours(4), **timer}])) == expected


def test_no_timer_decides_for_a_leader() -> None:
    steps = list(plain())
    timer = {"key": "t", "after": hours(4), "do": "move", "to": "seal"}
    steps[2] = Step.model_validate({**steps[2].model_dump(), "timers": [timer]})
    assert codes(tuple(steps)) == ["timer_skips_decision"]


def test_two_timers_or_opinions_of_one_key() -> None:
    timer = {"key": "t", "after": hours(4), "do": "remind"}
    consult = {"key": "c", "unit": "so-y-te", "question": "Ý kiến?", "required": False}
    assert codes(plain(timers=[timer, timer], consults=[consult, consult])) == ["duplicate_consult", "duplicate_timer"]


def test_a_clock_that_stops_must_run_again_on_every_way() -> None:
    steps = rich()
    assert codes(steps) == []
    without = tuple(step.model_copy(update={"clock": ""}) if step.key == "approve" else step for step in steps)
    assert codes(without) == ["clock_not_run"]
    assert warned(plain(clock="run")) == ["run_without_stop"]


def test_a_role_nobody_holds_and_a_unit_that_is_not_there() -> None:
    rights = ["receive", "handle", "lead_agency"]
    assert codes(plain(), rights_held=rights) == ["nobody_holds"]
    assert codes(rich(), units=["phong-kinh-te", "chi-cuc-thue", "H49.10"]) == []
    assert codes(rich(), units=["phong-kinh-te"]) == ["unknown_unit", "unknown_unit"]


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (["paid"], ["no_sure_way"]),
        (["paid", "not paid"], []),
        (["form.area < 100", "form.area >= 100"], []),
        (["form.area < 100", "form.area > 100"], ["no_sure_way"]),
        (["case == 'a'", "case != 'a'"], []),
        (["'x' in components", "'x' not in components"], []),
        (["paid and online", "not paid or not online"], []),
        (["paid", ""], []),
        (["paid and not paid", ""], ["way_never_open"]),
    ],
)
def test_ways_that_may_all_be_closed_are_a_warning(ways: list[str], expected: list[str]) -> None:
    forward = [{"to": "approve", "when": when} for when in ways]
    assert warned(plain(forward=forward)) == expected


def test_a_timer_that_moves_on_is_a_way_out() -> None:
    timer = {"key": "t", "after": hours(8), "do": "move", "to": "approve"}
    assert warned(plain(forward=[{"to": "approve", "when": "paid"}], timers=[timer])) == []


def test_terms_are_added_along_ways_not_over_all_steps() -> None:
    assert warned(plain(), limit_hours=16) == ["steps_exceed_term"]
    fork = steps_of(
        raw("receive", ["a", {"to": "b", "when": "online"}], term=hours(1)),
        raw("a", ["deliver"], term=hours(5)),
        raw("b", ["deliver"], term=hours(9)),
        raw("deliver", []),
    )
    assert warned(fork, limit_hours=15) == []
    assert warned(fork, limit_hours=9) == ["longest_way_exceeds_term"]
    assert warned(fork, limit_hours=5) == ["steps_exceed_term"]


def test_while_the_clock_stands_nothing_counts() -> None:
    steps = steps_of(
        raw("receive", ["wait"], term=hours(2)),
        raw("wait", ["a"], term=hours(80), clock="stop"),
        raw("a", ["deliver"], term=hours(3), clock="run"),
        raw("deliver", []),
    )
    assert warned(steps, limit_hours=5) == []
    assert warned(steps, limit_hours=4) == ["steps_exceed_term"]


def test_days_of_one_unit_are_added_before_they_become_hours() -> None:
    day = {"amount": 1, "unit": "day"}
    chain = [raw(f"s{number}", [f"s{number + 1}"], term=day) for number in range(4)]
    steps = steps_of(raw("receive", ["s0"], term=day), *chain, raw("s4", ["deliver"]), raw("deliver", []))
    assert warned(steps, limit_hours=28) == []


def test_opinions_and_reminders_that_serve_nothing() -> None:
    consult = {"key": "c", "unit": "so-y-te", "question": "Ý kiến?", "term": hours(40)}
    assert warned(plain(consults=[consult])) == ["opinion_not_awaited", "opinion_longer_than_step"]
    assert warned(plain(consults=[consult], gates=["opinions"], term=hours(40))) == []
    assert warned(plain(timers=[{"key": "t", "after": hours(8), "do": "remind"}])) == ["reminds_too_late"]


def test_a_process_in_which_nobody_decides_is_warned_of() -> None:
    steps = steps_of(raw("receive", ["deliver"]), raw("deliver", []))
    assert [problem.code for problem in warnings_in_process(steps)] == ["no_decision"]


def test_messages_are_whole_vietnamese_sentences() -> None:
    broken = plain(forward=[{"to": "x", "when": "payed"}], gates_when="(", clock="stop", unit="y")
    said = [*problems_in_process(broken, rights_held=[], units=[]), *warnings_in_process(broken, limit_hours=1)]
    assert len(said) > 8
    assert all(problem.message.endswith((".", "?")) and problem.field.startswith("steps") for problem in said)
