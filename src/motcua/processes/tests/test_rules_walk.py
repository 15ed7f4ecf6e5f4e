"""Ways through a process, lengths along them, conditions in words."""

import pytest

from motcua.processes.rules.lengths import hours_together, in_days
from motcua.processes.rules.walk import forward_order, longest_path, usual_path, walk
from motcua.processes.rules.wording import in_words
from motcua.processes.rules.works import after_decision, work_at
from motcua.processes.terms import Step, TermSpec

from .samples import hours, plain, raw, rich, steps_of

FORK = steps_of(
    raw("receive", [{"to": "long", "when": "online"}, "short"]),
    raw("short", ["deliver"], term=hours(2)),
    raw("long", ["deliver"], term=hours(9)),
    raw("deliver", []),
)


def keys(steps: tuple[Step, ...]) -> list[str]:
    return [step.key for step in steps]


def test_the_usual_and_the_longest_way() -> None:
    assert keys(usual_path(FORK)) == ["receive", "short", "deliver"]
    assert keys(longest_path(FORK)) == ["receive", "long", "deliver"]
    assert keys(usual_path(rich())) == ["receive", "appraise", "tax", "approve", "seal", "deliver"]


def test_facts_lead_along_a_way() -> None:
    assert walk(FORK, {"online": True}).path == ("receive", "long", "deliver")
    assert walk(FORK, {"online": False}).path == ("receive", "short", "deliver")
    assert walk(FORK, {}).arrived


def test_a_way_may_be_closed_or_a_circle() -> None:
    closed = walk(plain(forward=[{"to": "approve", "when": "paid"}]), {"paid": False})
    assert (closed.path, closed.stopped) == (("receive", "appraise"), "closed")
    circle = walk(steps_of(raw("receive", ["a"]), raw("a", ["receive"]), raw("deliver", [])), {})
    assert circle.stopped == "circle"
    assert walk((), {}).path == ()


def test_steps_done_are_known_on_the_way() -> None:
    steps = steps_of(
        raw("receive", ["a"]),
        raw("a", [{"to": "b", "when": "'b' not in done"}, {"to": "deliver", "when": "'b' in done and step == 'a'"}]),
        raw("b", ["a"]),
        raw("deliver", []),
    )
    assert walk(steps, {"done": ["b"]}).path == ("receive", "a", "b", "a", "deliver")


def test_circles_do_not_lengthen_ways() -> None:
    steps = steps_of(raw("receive", ["a"]), raw("a", ["b"]), raw("b", ["a", "deliver"]), raw("deliver", []))
    assert forward_order(steps) == {"receive": 0, "a": 1, "b": 2, "deliver": 3}
    assert keys(longest_path(steps)) == ["receive", "a", "b", "deliver"]


def test_what_work_a_step_is() -> None:
    steps = steps_of(
        raw("receive", ["assign"]),
        raw("assign", ["appraise"], right="lead_division"),
        raw("appraise", ["review"]),
        raw("review", ["approve"], right="lead_division"),
        raw("approve", ["fee"], right="lead_agency", at="agency"),
        raw("fee", ["seal"], right="receive", at="desk"),
        raw("seal", ["deliver"], right="seal", at="agency"),
        raw("deliver", []),
    )
    works = [work_at(steps, step) for step in steps]
    assert works == ["take_in", "assign", "appraise", "pass_on", "decide", "pass_on", "seal", "deliver"]
    after = after_decision(steps, steps[4].forward)
    assert after is not None
    assert after.key == "fee"
    assert after_decision(steps, steps[1].forward) is None


def test_lengths() -> None:
    day, same = TermSpec(amount=1, unit="day"), TermSpec(unit="same_day")
    assert hours_together([day] * 7) == 40
    assert hours_together([same, None, TermSpec(amount=2, unit="working_day")]) == 24
    assert in_days(12) == "12 giờ làm việc (1,5 ngày)"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("", "luôn luôn"),
        ("paid and not online", "đã nộp đủ tiền và không nộp trực tuyến"),
        ("(paid or online) and copies > 2.5", "(đã nộp đủ tiền hoặc nộp trực tuyến) và số bản lớn hơn 2,5"),
        ("1 < copies <= 3", "1 nhỏ hơn số bản và số bản không quá 3"),
        ("case in ['a', 'b']", "trường hợp thuộc “a”, “b”"),
        ("'x' not in components", "giấy tờ đã nộp không có “x”"),
        ("not filled(form.note)", "không phải đã khai “note”"),
        ("form.area * 2 >= -form.b", "(diện tích * 2) từ âm “b” trở lên"),
        ("not (copies == 1)", "không phải (số bản bằng 1)"),
        ("form.a if paid else None", "(“a” nếu đã nộp đủ tiền, nếu không thì chưa biết)"),
        ("form.a == True and [] == form.b", "“a” bằng đúng và danh sách rỗng bằng “b”"),
        ("paid and", "“paid and”"),
    ],
)
def test_conditions_in_words(formula: str, said: str) -> None:
    assert in_words(formula, {"area": "diện tích"}) == said
