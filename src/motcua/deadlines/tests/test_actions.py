"""Declaring and removing days, setting clocks, loading what is shipped."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from motcua.agencies.terms import Right
from motcua.deadlines.actions.declare_exception import declare_exception
from motcua.deadlines.actions.load_calendar import load_calendar
from motcua.deadlines.actions.remove_exception import remove_exception
from motcua.deadlines.actions.set_clock import set_clock
from motcua.deadlines.models import CalendarException, ClockSetting
from motcua.deadlines.queries import calendar_of, clocks_of
from motcua.deadlines.terms import ClockKey, DayKind, Half
from motcua.deadlines.tests.conftest import AT, Tree, officer
from motcua.identity.terms import ANONYMOUS, SYSTEM
from motcua.journal.models import Entry, OutboxEvent
from motcua.kernel.errors import Conflict, Invalid, MotCuaError, NotFound, NotPermitted, RuleBroken

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)


def told() -> tuple[int, int, int, int]:
    """Everything an act may leave behind."""
    return (
        Entry.objects.count(),
        OutboxEvent.objects.count(),
        CalendarException.objects.count(),
        ClockSetting.objects.count(),
    )


def refused(error: type[MotCuaError], act: Callable[[], object], code: str = "") -> None:
    """The act is refused and leaves nothing behind."""
    before = told()
    with pytest.raises(error) as refusal:
        act()
    assert not code or refusal.value.problems[0].code == code
    assert told() == before


def declare(**facts: Any) -> CalendarException:
    return declare_exception(
        **({"actor": SYSTEM, "day": DAY, "kind": DayKind.OFF, "name": "Hội làng", "at": AT} | facts)
    )


def test_a_declared_day_is_off_for_the_unit_and_those_below(tree: Tree) -> None:
    admin = officer(tree.commune, Right.ADMIN)
    row = declare(actor=admin, unit_id=tree.commune.pk, name=" Hội  làng ", decision_no="12/QĐ-UBND")
    assert (row.name, row.applies, row.decided, row.verified, row.shipped) == ("Hội làng", True, True, True, False)
    assert not calendar_of(tree.commune.pk, on=DAY).works_on(DAY)
    assert not calendar_of(tree.centre.pk, on=DAY).works_on(DAY)
    assert calendar_of(tree.other.pk, on=DAY).works_on(DAY)
    assert calendar_of(None, on=DAY).works_on(DAY)


def test_a_declared_day_is_told_to_journal_and_outbox(tree: Tree) -> None:
    before = told()
    row = declare(unit_id=tree.commune.pk, half=Half.PM)
    assert told() == (before[0] + 1, before[1] + 1, before[2] + 1, before[3])
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.object_id, entry.at) == ("calendar.day_declared", str(row.pk), AT)
    assert entry.data == {
        "date": "2026-03-05",
        "unit": tree.commune.pk,
        "kind": "OFF",
        "half": "PM",
        "name": "Hội làng",
        "decision_no": "",
        "decided": True,
    }
    event = OutboxEvent.objects.latest("id")
    assert event.name == "deadlines.calendar_changed"


def test_only_administrators_of_the_unit_or_above_may_declare(tree: Tree) -> None:
    commune = tree.commune.pk
    refused(NotPermitted, lambda: declare(actor=ANONYMOUS, unit_id=commune))
    refused(NotPermitted, lambda: declare(actor=officer(tree.commune, Right.HANDLE), unit_id=commune))
    refused(NotPermitted, lambda: declare(actor=officer(tree.other, Right.ADMIN), unit_id=commune))
    refused(NotPermitted, lambda: declare(actor=officer(tree.centre, Right.ADMIN), unit_id=commune))
    refused(NotPermitted, lambda: declare(actor=officer(tree.commune, Right.ADMIN)))
    declare(actor=officer(tree.province, Right.ADMIN), unit_id=commune)
    declare(actor=officer(tree.province, Right.ADMIN), unit_id=None)


def test_what_makes_no_sense_is_refused(tree: Tree) -> None:
    refused(NotFound, lambda: declare(unit_id=10**9), "unit_unknown")
    refused(Invalid, lambda: declare(name=" "), "calendar_name_missing")
    declare()
    refused(Conflict, declare, "calendar_day_taken")
    declare(unit_id=tree.commune.pk, kind=DayKind.WORK, name="Trực")


def test_a_unit_may_work_on_a_national_day_off(tree: Tree, shipped: None) -> None:
    tet = date(2026, 2, 16)
    declare(day=tet, kind=DayKind.WORK, name="Trực Tết", half=Half.AM, unit_id=tree.commune.pk)
    assert calendar_of(tree.centre.pk, on=tet).shifts_on(tet) == ((time(7, 0), time(11, 30)),)
    assert not calendar_of(tree.other.pk, on=tet).works_on(tet)


def test_the_decision_on_a_reported_swap_is_declared(shipped: None) -> None:
    monday, saturday = date(2026, 8, 31), date(2026, 8, 22)
    assert calendar_of(on=monday).works_on(monday)
    declare(day=monday, name="Quốc khánh", decision_no="1/TB-BNV")
    declare(day=saturday, kind=DayKind.WORK, name="Làm bù", decision_no="1/TB-BNV")
    assert not calendar_of(on=monday).works_on(monday)
    assert calendar_of(on=monday).works_on(saturday)
    assert load_calendar(actor=SYSTEM, at=AT) == 0
    assert not calendar_of(on=monday).works_on(monday)


def test_a_removed_day_works_again_and_does_not_come_back(tree: Tree, shipped: None) -> None:
    culture = CalendarException.objects.get(date=date(2026, 11, 24))
    before = told()
    remove_exception(actor=SYSTEM, exception_id=culture.pk, reason="Theo quyết định 5/QĐ", at=AT)
    assert told() == (before[0] + 1, before[1] + 1, before[2], before[3])
    assert Entry.objects.latest("id").verb == "calendar.day_removed"
    assert calendar_of(on=DAY).works_on(culture.date)
    assert load_calendar(actor=SYSTEM, at=AT) == 0
    assert calendar_of(on=DAY).works_on(culture.date)
    refused(
        RuleBroken,
        lambda: remove_exception(actor=SYSTEM, exception_id=culture.pk, reason="Theo quyết định 5/QĐ", at=AT),
        "calendar_day_not_applied",
    )
    declare(day=culture.date, name="Ngày Văn hóa Việt Nam")


def test_who_may_remove(tree: Tree) -> None:
    row = declare(unit_id=tree.commune.pk)

    def remove(actor: Any, exception_id: int = row.pk) -> Callable[[], None]:
        return lambda: remove_exception(actor=actor, exception_id=exception_id, reason="Theo quyết định 5/QĐ", at=AT)

    refused(NotPermitted, remove(officer(tree.other, Right.ADMIN)))
    refused(NotPermitted, remove(officer(tree.commune, Right.LEAD_AGENCY)))
    refused(NotFound, remove(SYSTEM, 10**9), "calendar_day_unknown")
    remove(officer(tree.commune, Right.ADMIN))()
    assert calendar_of(tree.commune.pk, on=DAY).works_on(DAY)


def test_loading_is_done_once_and_by_the_system(tree: Tree) -> None:
    refused(NotPermitted, lambda: load_calendar(actor=officer(tree.province, Right.ADMIN), at=AT))
    assert load_calendar(actor=SYSTEM, at=AT) == 208
    after = told()
    assert load_calendar(actor=SYSTEM, at=AT) == 0
    assert told() == after
    assert Entry.objects.latest("id").data == {"days": 208, "clocks": 5}


def test_loading_corrects_shipped_rows_only(shipped: None) -> None:
    stale = CalendarException.objects.get(date=date(2027, 2, 11))
    CalendarException.objects.filter(pk=stale.pk).update(name="Tên cũ")
    own = CalendarException.objects.get(date=date(2027, 2, 10))
    CalendarException.objects.filter(pk=own.pk).update(name="Tên riêng", shipped=False)
    assert load_calendar(actor=SYSTEM, at=AT) == 1
    stale.refresh_from_db()
    own.refresh_from_db()
    assert (stale.name, own.name) == ("Tết", "Tên riêng")


def test_loading_brings_back_a_missing_clock_without_telling_of_days(shipped: None) -> None:
    ClockSetting.objects.filter(key=ClockKey.DUE_SOON_HOURS).delete()
    events = OutboxEvent.objects.count()
    assert load_calendar(actor=SYSTEM, at=AT) == 0
    assert ClockSetting.objects.count() == 5
    assert OutboxEvent.objects.count() == events


def test_clocks_hold_from_their_day_for_the_unit_and_those_below(tree: Tree, shipped: None) -> None:
    admin, april = officer(tree.commune, Right.ADMIN), date(2026, 4, 1)
    before = told()
    set_clock(
        actor=admin,
        key=ClockKey.SAME_DAY_CUTOFF,
        value="14:00",
        on=april,
        at=AT,
        unit_id=tree.commune.pk,
        source="QC 1",
    )
    assert told() == (before[0] + 1, before[1], before[2], before[3] + 1)
    assert clocks_of(tree.centre.pk, on=DAY).same_day_cutoff == time(15, 0)
    assert clocks_of(tree.centre.pk, on=april).same_day_cutoff == time(14, 0)
    assert calendar_of(tree.centre.pk, on=april).same_day_cutoff == time(14, 0)
    assert clocks_of(tree.other.pk, on=april).same_day_cutoff == time(15, 0)
    assert clocks_of(on=april).online_answer_hours == 8


def test_a_new_clock_value_ends_the_old_one(tree: Tree) -> None:
    def answer_within(hours: str, on: date) -> None:
        set_clock(actor=SYSTEM, key=ClockKey.ONLINE_ANSWER_HOURS, value=hours, on=on, at=AT)

    answer_within("6", date(2026, 1, 1))
    answer_within("4", date(2026, 6, 1))
    answer_within("5", date(2026, 3, 1))
    answer_within("7", date(2026, 3, 1))
    found = [clocks_of(on=date(2026, month, 15)).online_answer_hours for month in (1, 2, 3, 7)]
    assert found == [6, 6, 7, 7]
    assert clocks_of(on=date(2025, 12, 31)).online_answer_hours == 8


def test_clock_refusals(tree: Tree) -> None:
    def put(**facts: Any) -> Callable[[], object]:
        said = {"actor": SYSTEM, "key": ClockKey.HAND_OVER_CUTOFF, "value": "15:30", "on": DAY, "at": AT} | facts
        return lambda: set_clock(**said)

    refused(Invalid, put(value="ba giờ"), "clock_value")
    refused(NotFound, put(unit_id=10**9))
    refused(NotPermitted, put(actor=officer(tree.commune, Right.ADMIN)))
    refused(NotPermitted, put(actor=officer(tree.commune, Right.ADMIN), unit_id=tree.other.pk))


def test_rows_say_what_they_are(shipped: None) -> None:
    assert str(CalendarException.objects.get(date=date(2026, 2, 16))) == "16/02/2026: Nghỉ cả ngày – Tết"
    assert str(ClockSetting.objects.get(key=ClockKey.HAND_OVER_CUTOFF)) == "Giờ chốt chuyển hồ sơ trong ngày: 15:00"
