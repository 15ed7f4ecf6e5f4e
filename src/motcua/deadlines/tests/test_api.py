"""POST /api/v1/deadlines/compute."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings

from motcua.agencies.actions.set_hours import set_hours
from motcua.deadlines.api import limit
from motcua.deadlines.tests.conftest import AT, Tree
from motcua.deadlines.tests.test_examples import EXAMPLES
from motcua.identity.terms import SYSTEM

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("motcua.deadlines.tests.urls"),
]
PATH = "/api/v1/deadlines/compute"
NO_MIDDLEWARE = override_settings(
    MIDDLEWARE=[], CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
)


def ask(address: str = "127.0.0.1", **question: Any) -> Any:
    said = {"received_at": "2026-03-02T09:15:00+07:00", "amount": 3, "unit": "working_day"} | question
    with NO_MIDDLEWARE:
        return Client().post(PATH, said, content_type="application/json", REMOTE_ADDR=address)


def problems(answer: Any) -> list[tuple[str, str]]:
    return [(problem["code"], problem.get("field", "")) for problem in answer.json()["problems"]]


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(("received", "amount", "unit", "due", "text"), EXAMPLES)
def test_worked_examples(received: str, amount: int, unit: str, due: str, text: str) -> None:
    answer = ask(received_at=received.replace(" ", "T"), amount=amount, unit=unit)
    assert answer.status_code == 200
    assert answer.json()["due_at"] == due.replace(" ", "T") + ":00+07:00"
    assert answer.json()["working"] == text


@pytest.mark.usefixtures("shipped")
def test_the_whole_answer() -> None:
    assert ask(received_at="2026-02-12T09:00:00Z").json() == {
        "due_at": "2026-02-24T16:00:00+07:00",
        "starts_at": "2026-02-12T16:00:00+07:00",
        "working": "3 ngày làm việc: 13/02, 23/02, 24/02; nghỉ Tết 14–22/02",
        "working_days": ["2026-02-13", "2026-02-23", "2026-02-24"],
        "off": [{"first": "2026-02-14", "last": "2026-02-22", "name": "Tết", "half": "ALL", "decided": True}],
        "notes": [],
    }


@pytest.mark.usefixtures("shipped")
def test_indicative_days_are_noted() -> None:
    answer = ask(received_at="2027-02-04T10:00", amount=1).json()
    assert answer["due_at"] == "2027-02-12T10:00:00+07:00"
    assert not answer["off"][0]["decided"]
    assert answer["notes"] == ["Lịch nghỉ Tết 05–11/02 là dự kiến, chưa có thông báo chính thức."]


def test_same_day_and_calendar_days() -> None:
    assert ask(amount=0, unit="same_day").json()["due_at"] == "2026-03-02T17:00:00+07:00"
    assert ask(amount=5, unit="day").json()["due_at"] == "2026-03-09T07:00:00+07:00"
    skipped = ask(amount=1, unit="day", skip_holidays=True)
    assert skipped.json()["due_at"] == "2026-03-03T09:15:00+07:00"


@pytest.mark.parametrize("agency", ["H90.21", "000.00.21.H90", "xa-tan-hoa", "pvhcc-tan-hoa"])
def test_hours_of_the_agency(tree: Tree, agency: str) -> None:
    week = dict.fromkeys(range(5), tree_hours())
    set_hours(actor=SYSTEM, unit_id=tree.commune.pk, week=week, on=date(2026, 1, 1), at=AT)
    assert ask(amount=8, unit="working_hour", agency=agency).json()["due_at"] == "2026-03-03T11:15:00+07:00"
    assert ask(amount=8, unit="working_hour", agency="").json()["due_at"] == "2026-03-03T09:15:00+07:00"


def tree_hours() -> tuple[Any, ...]:
    return ((time(8, 0), time(12, 0)), (time(13, 0), time(15, 0)))


@pytest.mark.parametrize("agency", ["H90.99", "khong-co", "???", "x" * 100])
def test_unknown_agencies(tree: Tree, agency: str) -> None:
    answer = ask(agency=agency)
    assert (answer.status_code, problems(answer)) == (404, [("agency_unknown", "agency")])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"received_at": "hôm qua"}, [("received_at_format", "received_at")]),
        ({"received_at": "2026-02-30"}, [("received_at_format", "received_at")]),
        ({"received_at": "0001-01-01T00:00:00"}, [("moment_out_of_range", "received_at")]),
        ({"received_at": "9999-12-31T23:59:59-12:00"}, [("moment_out_of_range", "received_at")]),
        ({"amount": -1}, [("term_not_positive", "amount")]),
        ({"amount": 10**9}, [("term_too_long", "amount")]),
        ({"unit": "week"}, [("term_unit", "unit")]),
        (
            {"received_at": "", "amount": -5, "unit": "day"},
            [("received_at_format", "received_at"), ("term_not_positive", "amount")],
        ),
    ],
)
def test_bad_questions_are_answered_with_every_problem(
    question: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    answer = ask(**question)
    assert (answer.status_code, problems(answer)) == (422, expected)


@pytest.mark.parametrize("question", [{"amount": "ba"}, {"received_at": None}, {"amount": 2.5}, {"unit": "x" * 21}])
def test_wrong_types_are_refused(question: dict[str, Any]) -> None:
    assert ask(**question).status_code == 422


def test_a_stranger_may_ask_so_often_and_the_machine_itself_without_end() -> None:
    with time_machine.travel("2026-03-02T08:00:10Z", tick=False):
        assert {ask("203.0.113.7").status_code for _ in range(limit.PER_MINUTE)} == {200}
        refused = ask("203.0.113.7")
        assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
        assert refused["Retry-After"] == "50"
        assert "hãy thử lại" in refused.json()["detail"]
        assert ask("203.0.113.8").status_code == 200
        assert ask("unix:").status_code == 200
        assert {ask("::1").status_code for _ in range(limit.PER_MINUTE + 2)} == {200}
    with time_machine.travel("2026-03-02T08:01:00Z", tick=False):
        assert ask("203.0.113.7").status_code == 200
