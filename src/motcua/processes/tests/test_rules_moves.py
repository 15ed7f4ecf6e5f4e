"""Which ways are open, which gates closed."""

import pytest

from motcua.processes.rules.moves import (
    consults_due,
    formulas_of,
    gates_asked,
    gates_closed,
    holds,
    names_read,
    open_back_moves,
    open_moves,
    timers_running,
)

from .samples import plain, rich

APPRAISE = rich()[1]


def tos(facts: dict[str, object]) -> list[str]:
    return [f"{move.to}:{move.label}" for move in open_moves(APPRAISE, facts)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"form": {"area": 100}}, ["tax:Chuyển cơ quan thuế"]),
        ({"form": {"area": 99}, "components": ["to-khai"]}, ["approve:"]),
        ({"form": {"area": 99}, "components": []}, []),
        ({"form": {}}, ['approve:Trình ký "ngay" & luôn']),
    ],
)
def test_only_ways_whose_condition_is_known_to_hold_are_open(facts: dict[str, object], expected: list[str]) -> None:
    assert tos(facts) == expected


def test_a_way_without_condition_is_always_open() -> None:
    assert [move.to for move in open_moves(plain()[0], {})] == ["appraise"]
    assert [move.to for move in open_back_moves(APPRAISE, {})] == ["receive"]
    assert open_back_moves(rich()[3], {"copies": 1}) == ()


def test_a_condition_that_cannot_be_read_never_holds() -> None:
    assert not holds("paid and", {"paid": True})


def test_gates_are_asked_only_while_their_condition_holds() -> None:
    assert gates_asked(APPRAISE, {"by_post": False}) == ("paid", "opinions")
    assert gates_asked(APPRAISE, {"by_post": True}) == ()
    assert gates_asked(APPRAISE, {}) == ()


@pytest.mark.parametrize(
    ("facts", "closed"),
    [
        ({"paid": True, "open_opinions": 0}, ()),
        ({"paid": False, "open_opinions": 0}, ("paid",)),
        ({"paid": True, "open_opinions": 2}, ("opinions",)),
        ({}, ("paid", "opinions")),
    ],
)
def test_what_is_not_known_to_be_settled_keeps_a_gate_closed(facts: dict[str, object], closed: tuple[str, ...]) -> None:
    assert gates_closed(APPRAISE, {"by_post": False, **facts}) == closed


def test_opinions_and_timers_follow_their_conditions() -> None:
    assert [consult.key for consult in consults_due(APPRAISE, {"case": "default"})] == ["phong-tnmt", "cong-an"]
    assert [consult.key for consult in consults_due(APPRAISE, {"case": "khac"})] == ["cong-an"]
    assert [timer.key for timer in timers_running(APPRAISE, {"paid": False})] == ["nhac", "tra-lai"]


def test_every_condition_of_a_step_is_listed_with_its_place() -> None:
    assert [place for place, _ in formulas_of(APPRAISE)] == [
        "forward.tax",
        "forward.approve",
        "forward.approve",
        "gates_when",
        "consults.phong-tnmt",
        "timers.bao-lanh-dao",
    ]


def test_names_that_conditions_read() -> None:
    assert names_read(["form.area > 1 and paid", "", "kaputt ("]) == {"form.area", "paid"}
