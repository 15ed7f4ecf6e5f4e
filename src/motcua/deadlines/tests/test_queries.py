"""Calendars of units: hours, days, freshness."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.agencies.actions.set_hours import set_hours
from motcua.deadlines.calendars import forget
from motcua.deadlines.models import CalendarException, CalendarRevision, ClockSetting
from motcua.deadlines.queries import calendar_of, exceptions_of
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import VIET_NAM, DayKind, Term, TermUnit
from motcua.deadlines.tests.conftest import AT, Tree
from motcua.deadlines.tests.test_examples import EXAMPLES
from motcua.identity.terms import SYSTEM
from motcua.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
OFFICE = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(("received", "amount", "unit", "due", "text"), EXAMPLES)
def test_the_worked_examples_on_the_shipped_calendar(
    received: str, amount: int, unit: TermUnit, due: str, text: str
) -> None:
    at = datetime.fromisoformat(received).replace(tzinfo=VIET_NAM)
    found = compute_due(at, Term(amount, unit), calendar_of(on=at.date()))
    assert (found.due_at, found.text) == (datetime.fromisoformat(due).replace(tzinfo=VIET_NAM), text)
    assert found.notes == ()


def test_without_data_the_office_week_holds() -> None:
    calendar = calendar_of()
    assert dict(calendar.shifts) == dict.fromkeys(range(5), OFFICE)
    assert (calendar.exceptions, calendar.covered, calendar.same_day_cutoff) == ({}, None, time(15, 0))


def test_the_covered_years_are_those_of_the_national_days(shipped: None) -> None:
    assert calendar_of(on=DAY).covered == (2014, 2027)


def test_each_day_has_the_hours_of_the_unit_then_without_its_saturday(tree: Tree) -> None:
    long_day = ((time(7, 30), time(16, 30)),)
    week = {**dict.fromkeys(range(5), long_day), 5: ((time(7, 30), time(11, 30)),)}
    set_hours(actor=SYSTEM, unit_id=tree.commune.pk, week=week, on=DAY, at=AT)
    for asked_on in (DAY, date(2026, 3, 4)):
        calendar = calendar_of(tree.centre.pk, on=asked_on)
        assert calendar.shifts_on(DAY) == long_day
        assert calendar.shifts_on(DAY - timedelta(days=1)) == OFFICE
        assert not calendar.works_on(date(2026, 3, 7))
    assert calendar_of(tree.other.pk, on=DAY).shifts_on(DAY) == OFFICE


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(NotFound):
        calendar_of(10**9)


def test_a_calendar_is_remembered(tree: Tree, shipped: None) -> None:
    first = calendar_of(tree.centre.pk, on=DAY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert calendar_of(tree.centre.pk, on=DAY) is first
        assert calendar_of(tree.other.pk, on=date(2026, 3, 6)) is first  # works alike
    assert len(queries) == 0
    forget()
    with CaptureQueriesContext(connection) as queries:
        assert calendar_of(tree.centre.pk, on=DAY) is first
    assert len(queries) == 1


def test_a_write_by_any_way_is_noticed(shipped: None) -> None:
    assert not calendar_of(on=DAY).works_on(date(2026, 11, 24))
    token = CalendarRevision.objects.get().token
    CalendarException.objects.filter(date=date(2026, 11, 24)).update(applies=False)
    assert CalendarRevision.objects.get().token != token
    assert str(CalendarRevision.objects.get()) != str(token)
    forget()
    assert calendar_of(on=DAY).works_on(date(2026, 11, 24))


def test_only_a_few_pictures_are_kept(shipped: None) -> None:
    for number in range(6):
        CalendarException.objects.filter(date=date(2026, 11, 24)).update(note=str(number))
        forget()
        assert not calendar_of(on=DAY).works_on(date(2026, 11, 24))


def test_declared_days_of_a_year_that_concern_a_unit(tree: Tree, shipped: None) -> None:
    CalendarException.objects.create(unit=tree.commune, date=DAY, kind=DayKind.OFF, name="Hội làng")
    CalendarException.objects.create(unit=tree.other, date=DAY, kind=DayKind.OFF, name="Hội khác")
    national = list(exceptions_of(None, year=2026))
    assert len(national) == 17
    assert [row.name for row in exceptions_of(tree.centre.pk, year=2026) if row not in national] == ["Hội làng"]


def test_the_tables_refuse_what_the_rules_would(tree: Tree) -> None:
    CalendarException.objects.create(date=DAY, kind=DayKind.OFF, name="Một")
    ClockSetting.objects.create(key="same_day_cutoff", value="15:00", valid_from=DAY)
    rows = [
        CalendarException(date=DAY, kind=DayKind.OFF, name="Hai"),
        CalendarException(date=date(2026, 3, 6), kind="HALF", name="Sai"),
        CalendarException(date=date(2026, 3, 6), kind=DayKind.OFF, half="EVE", name="Sai"),
        CalendarException(date=date(2026, 3, 6), kind=DayKind.OFF, name=""),
        ClockSetting(key="same_day_cutoff", value="14:00", valid_from=date(2026, 3, 6)),
        ClockSetting(key="lunch", value="14:00", valid_from=DAY),
        ClockSetting(key="same_day_cutoff", value="14:00", unit=tree.other, valid_from=DAY, valid_to=DAY),
    ]
    for row in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    ClockSetting.objects.create(key="same_day_cutoff", value="14:00", unit=tree.other, valid_from=DAY)
