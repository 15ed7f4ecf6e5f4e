"""Synthetic dossiers through processes: everybody arrives or it is said why not; nothing is skipped."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.deadlines.rules.calendar import Calendar, add_working, align, working_time_between
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import DayException, DayKind, Term, TermUnit
from motcua.kernel.errors import Invalid
from motcua.processes.rules.drawing_facts import Draw, draws_for
from motcua.processes.rules.simulation import Practice, Simulation, simulate
from motcua.processes.rules.simulation_clock import WorkClock
from motcua.processes.rules.simulation_terms import FIRST_MORNING
from motcua.processes.rules.structure import ways_of
from motcua.processes.rules.walk import by_key
from motcua.processes.terms import Step, TermSpec

from .samples import hours, plain, raw, rich, steps_of

OFFICE = Calendar()
CALM = Practice(send_back=0, other_way=0)


def run(steps: tuple[Step, ...], **facts: Any) -> Simulation:
    return simulate(steps, **{"calendar": OFFICE, "dossiers": 60, "practice": CALM, **facts})


def whys(steps: tuple[Step, ...], **facts: Any) -> set[str]:
    return {one.why for one in run(steps, **facts).unfinished}


def test_every_dossier_of_a_plain_process_arrives_by_the_one_way_there_is() -> None:
    done = run(plain())
    assert (done.dossiers, done.finished, done.unfinished, done.never_visited) == (60, 60, (), ())
    assert done.paths == ((("receive", "appraise", "approve", "seal", "deliver"), 60),)
    assert [step.visits for step in done.steps] == [60] * 5


def test_the_same_seed_gives_the_same_office_another_seed_another_one() -> None:
    busy = Practice()
    assert run(rich(), seed=7, practice=busy) == run(rich(), seed=7, practice=busy)
    assert run(rich(), seed=7, practice=busy) != run(rich(), seed=8, practice=busy)


def test_everything_in_a_rich_process_is_visited_and_nothing_is_skipped() -> None:
    done = run(rich(), dossiers=200, practice=Practice())
    assert done.finished + len(done.unfinished) == 200
    assert done.never_visited == ()
    allowed = {key: ways_of(step) for key, step in by_key(rich()).items()}
    for path, _ in done.paths:
        assert path[0] == "receive"
        assert path[-1] == "deliver"
        assert all(to in allowed[key] for key, to in pairwise(path))
    assert all("đều đóng" in one.why or "Đi vòng" in one.why for one in done.unfinished)


def test_more_people_wait_less() -> None:
    crowd = Practice(per_day=40, send_back=0, other_way=0)
    few, many = (
        run(plain(), practice=crowd),
        run(plain(), practice=crowd, staff={"receive": 5, "handle": 9, "approve": 3}),
    )
    assert sum(step.mean_wait for step in many.steps) < sum(step.mean_wait for step in few.steps)
    assert max(step.longest_queue for step in many.steps) <= max(step.longest_queue for step in few.steps)
    assert [step.people for step in many.steps] == [5, 9, 3, 1, 5]
    assert all(0 <= step.load <= 1 for step in [*few.steps, *many.steps])


def test_late_is_what_comes_after_the_term_and_a_stopped_clock_does_not_count() -> None:
    slow = plain(consults=[{"key": "c", "unit": "x", "question": "?", "term": hours(40)}], gates=["opinions"])
    term = TermSpec(amount=1, unit="working_day")
    assert run(slow, term=term).late > 30
    assert run(slow, term=TermSpec(amount=30, unit="working_day")).late == 0
    stopped = tuple(
        step.model_copy(update={"clock": {"appraise": "stop", "approve": "run"}.get(step.key, "")}) for step in slow
    )
    assert run(stopped, term=term).late == 0
    assert run(slow).late == 0


def test_holidays_are_kept() -> None:
    off = {date(2026, 3, day): DayException(DayKind.OFF, name="Nghỉ") for day in range(3, 13)}
    one = run(plain(), dossiers=1, calendar=Calendar(exceptions=off), practice=Practice(effort=2, most_effort=40))
    assert one.ended_at.date() >= date(2026, 3, 13)


def test_who_has_to_pay_pays_later_unless_the_facts_say_nobody_does() -> None:
    steps = plain(gates=["paid"])
    assert run(steps).finished == 60
    stuck = run(steps, facts={"paid": False})
    assert stuck.finished == 0
    assert whys(steps, facts={"paid": False}) == {"Nằm lại ở bước “Bước appraise”: chưa nộp đủ tiền."}
    assert stuck.unfinished[0].facts == {"paid": False}


def test_linked_parts_are_waited_for() -> None:
    steps = plain(gates=["parts"])
    assert run(steps).finished == run(steps, facts={"open_parts": 0}).finished == 60
    assert whys(steps, facts={"open_parts": 1}) == {"Nằm lại ở bước “Bước appraise”: hồ sơ liên thông chưa xong."}


def test_conditions_that_never_hold_are_reported_in_words() -> None:
    steps = plain(forward=[{"to": "approve", "when": "copies > 3"}])
    assert whys(steps, facts={"copies": 2}) == {
        "Nằm lại ở bước “Bước appraise”: mọi đường đi tiếp đều đóng (tới “approve” khi số bản lớn hơn 3)."
    }
    assert run(steps, facts={"copies": 4}).finished == 60
    half = run(steps, facts={"copies": Draw((2, 4))})
    assert 0 < half.finished < 60
    assert half.finished + len(half.unfinished) == 60


def test_waiting_opens_ways_and_timers_move() -> None:
    waits = plain(forward=[{"to": "approve", "when": "waiting_hours > 20"}])
    assert run(waits).finished == 60
    timer = {"key": "t", "after": hours(16), "do": "move", "to": "approve"}
    moved = run(plain(forward=[{"to": "approve", "when": "copies > 3"}], timers=[timer]), facts={"copies": 1})
    assert {one.why for one in moved.unfinished} == {
        "Bước “Bước approve” quyết định mà chưa bước nào thẩm định, dự thảo kết quả."
    } or moved.finished == 60


def test_nothing_is_decided_without_a_draft_nor_delivered_without_a_decision() -> None:
    no_draft = steps_of(
        raw("receive", ["approve"]),
        raw("approve", ["deliver"], right="lead_agency", at="agency"),
        raw("deliver", []),
    )
    assert whys(no_draft) == {"Bước “Bước approve” quyết định mà chưa bước nào thẩm định, dự thảo kết quả."}
    undecided = steps_of(raw("receive", ["a"]), raw("a", ["deliver"]), raw("deliver", []))
    assert whys(undecided) == {"Tới bước “Bước deliver” mà chưa lãnh đạo nào quyết định kết quả."}


def test_circles_and_standing_clocks_are_reported() -> None:
    circle = steps_of(raw("receive", ["a"]), raw("a", ["b"]), raw("b", ["a"]), raw("deliver", []))
    assert whys(circle, dossiers=2) == {"Đi vòng quá 60 bước mà không tới bước trả kết quả."}
    assert run(circle, dossiers=2).never_visited == ("deliver",)
    assert whys(plain(clock="stop"), dossiers=2) == {"Thời hạn vẫn dừng khi trả kết quả: không bước nào cho tính tiếp."}


def test_what_cannot_be_simulated_is_refused() -> None:
    for steps, dossiers in ((plain()[1:], 1), (plain(), 0), (plain(), 100_001)):
        with pytest.raises(Invalid):
            run(steps, dossiers=dossiers)


def test_facts_are_drawn_for_what_conditions_read() -> None:
    formulas = ["form.area >= 100 and paid", "case in ['a', 'b']", "'to-khai' in components", "filled(form.name)", "("]
    draws = draws_for(formulas, {"paid": True, "form": {"name": "x"}})
    assert sorted(draws) == ["case", "components", "form.area"]
    assert [int(str(value)) for value in draws["form.area"].values] == [99, 100, 101]
    assert draws["case"].values == ("a", "khác", "b")
    assert draws["components"].values == (["to-khai"], [], ["to-khai"])


@given(st.integers(0, 10_000), st.integers(1, 12))
@settings(max_examples=25, deadline=None)
def test_whatever_the_seed_the_report_adds_up(seed: int, number: int) -> None:
    done = run(rich(), seed=seed, dossiers=number, practice=Practice(), term=TermSpec(amount=9, unit="day"))
    assert done.finished + len(done.unfinished) == number == done.dossiers
    assert sum(times for _, times in done.paths) == done.finished
    visits = {step.key: step.visits for step in done.steps}
    assert visits["receive"] >= number
    assert done.late <= done.finished


@given(
    st.integers(0, 60 * 24 * 60),
    st.integers(0, 60 * 90),
    st.sampled_from(["working_hour", "working_day", "day", "same_day"]),
)
@settings(max_examples=80, deadline=None)
def test_the_clock_of_the_simulation_is_that_of_the_law(minutes: int, length: int, unit: str) -> None:
    off = {date(2026, 3, day): DayException(DayKind.OFF, name="Nghỉ") for day in range(16, 20)}
    law = Calendar(exceptions=off)
    clock = WorkClock(law, FIRST_MORNING)
    begins = FIRST_MORNING + timedelta(minutes=minutes)
    span = timedelta(minutes=length)
    assert clock.align(begins) == align(begins, law)
    assert clock.add(begins, span) == add_working(begins, span, law)
    assert clock.between(begins, begins + span) == working_time_between(begins, begins + span, law)
    amount = 0 if unit == "same_day" else length % 30 + 1
    due = compute_due(begins, Term(amount, TermUnit(unit)), law).due_at
    spec = TermSpec.model_validate({"amount": amount, "unit": unit})
    assert clock.due(begins, spec) == due
    for moment in (due, due + timedelta(seconds=1), begins + span):
        assert clock.is_late(begins, spec, moment) == (moment > due)
