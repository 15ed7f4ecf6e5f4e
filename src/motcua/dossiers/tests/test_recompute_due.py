"""Tính lại hẹn trả: what a change of the working calendar does to open dossiers, and to no other."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from motcua.agencies.actions.set_hours import set_hours
from motcua.deadlines.actions.declare_exception import declare_exception
from motcua.deadlines.actions.remove_exception import remove_exception
from motcua.deadlines.calendars import forget
from motcua.deadlines.models import CalendarException
from motcua.deadlines.rules.calendar import Calendar
from motcua.deadlines.terms import DayKind
from motcua.dossiers.actions.recompute_due import recompute_due
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.history import moved_along, settled
from motcua.dossiers.terms import CLOCK_RUNS_IN
from motcua.dossiers.tests.checks import snapshot
from motcua.dossiers.tests.stages import AT, STAGES, bring
from motcua.dossiers.tests.world import World, moment
from motcua.identity.terms import SYSTEM
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import OutboxEvent
from motcua.journal.queries import entries_about, verify_chain
from motcua.notifications.models import Notice
from motcua.project.subscriptions import wire

#: The dossiers of the stages are received on Monday 02/03/2026 at 9:15 and due on Thursday at 9:15.
_THURSDAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def _calendars() -> Iterator[None]:
    """A test that is rolled back leaves no picture of its days behind."""
    yield
    forget()


def _declare(day: date, *, at: datetime, kind: DayKind = DayKind.OFF, unit_id: int | None = None) -> CalendarException:
    return declare_exception(
        actor=SYSTEM, day=day, kind=kind, name="Nghỉ bão", decision_no="12/QĐ-UBND", at=at, unit_id=unit_id
    )


def _deliver(at: datetime) -> None:
    wire()
    while deliver_pending(at=at):
        pass
    assert [row.last_error for row in OutboxEvent.objects.filter(delivered_at__isnull=True)] == []


@pytest.mark.parametrize("stage", STAGES)
def test_without_a_change_nothing_moves(world: World, stage: str) -> None:
    dossier = bring(world, stage)
    before = snapshot()
    assert recompute_due(dossier_id=dossier.pk, at=AT, cause="không đổi") is False
    assert snapshot() == before


@pytest.mark.parametrize("stage", ["received", "handling", "answered", "sealing", "delivered", "withdrawn"])
def test_a_day_off_moves_open_dossiers_only(world: World, stage: str) -> None:
    dossier = bring(world, stage)
    _deliver(AT)
    before = Dossier.objects.get(pk=dossier.pk)
    _declare(_THURSDAY, at=AT)
    _deliver(AT + timedelta(minutes=1))
    after = Dossier.objects.get(pk=dossier.pk)
    if before.status not in CLOCK_RUNS_IN:
        assert after.__dict__.keys() == before.__dict__.keys()
        assert (after.due_at, after.revision) == (before.due_at, before.revision)
        return
    assert before.due_at is not None
    assert after.due_at == before.due_at + timedelta(days=1)
    assert after.original_due_at == before.original_due_at
    assert "tính lại theo lịch: nghỉ ngày 05/03/2026 – Nghỉ bão (12/QĐ-UBND)" in after.due_working["text"]
    last = after.moves.latest("number")
    assert (last.act, last.actor_name) == ("recompute", "Hệ thống")
    entry = list(entries_about(after))[-1]
    assert entry.verb == "dossier.due_recomputed"
    assert entry.data["before"] == before.due_at.isoformat()
    assert verify_chain("dossiers.dossier", str(after.pk)) == []
    told = Notice.objects.filter(account_id=world.citizen.known_id).latest("id")
    assert "Hẹn trả mới" in told.body
    assert "06/03/2026" in told.body
    _deliver(AT + timedelta(minutes=2))
    assert Dossier.objects.get(pk=dossier.pk).revision == after.revision


def test_taking_the_day_back_brings_the_old_moment_back(world: World) -> None:
    dossier = bring(world, "received")
    row = _declare(_THURSDAY, at=moment(2, 10))
    _deliver(moment(2, 10, 1))
    remove_exception(actor=SYSTEM, exception_id=row.pk, reason="Theo quyết định 5/QĐ", at=moment(2, 11))
    _deliver(moment(2, 11, 1))
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at


def test_an_earlier_moment_leaves_a_working_day(world: World) -> None:
    dossier = bring(world, "received")
    far = _declare(_THURSDAY, at=moment(2, 10))
    _deliver(moment(2, 10, 1))
    remove_exception(actor=SYSTEM, exception_id=far.pk, reason="Theo quyết định 5/QĐ", at=moment(4, 16))
    _deliver(moment(4, 16))
    assert Dossier.objects.get(pk=dossier.pk).due_at == moment(5, 16)


def test_only_below_the_unit(world: World) -> None:
    dossier = bring(world, "received")
    other = world.desk.pk if world.desk.pk != dossier.agency_id else 0
    _declare(_THURSDAY, at=AT, unit_id=other)
    _deliver(AT + timedelta(minutes=1))
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at
    _declare(_THURSDAY, at=AT, unit_id=dossier.agency_id)
    _deliver(AT + timedelta(minutes=2))
    assert Dossier.objects.get(pk=dossier.pk).due_at == (dossier.due_at or AT) + timedelta(days=1)


def test_winter_hours_move_what_is_due_when_they_hold(world: World) -> None:
    finished = bring(world, "delivered")
    dossier = bring(world, "received")
    until_nine = {day: ((time(7, 30), time(9, 0)), (time(13, 0), time(16, 30))) for day in range(5)}
    set_hours(actor=SYSTEM, unit_id=dossier.agency_id, week=until_nine, on=date(2026, 3, 6), at=AT)
    _deliver(AT + timedelta(minutes=1))
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at == moment(5, 9, 15)
    set_hours(actor=SYSTEM, unit_id=dossier.agency_id, week=until_nine, on=_THURSDAY, at=AT)
    _deliver(AT + timedelta(minutes=2))
    after = Dossier.objects.get(pk=dossier.pk)
    assert after.due_at == moment(5, 13)
    assert "tính lại theo lịch: giờ làm việc thay đổi từ ngày 05/03/2026" in after.due_working["text"]
    assert Dossier.objects.get(pk=finished.pk).revision == finished.revision


def test_the_first_answer_moves_too(world: World) -> None:
    dossier = bring(world, "submitted")
    assert dossier.answer_due_at is not None
    _declare(dossier.answer_due_at.date(), at=moment(2, 8, 30))
    _deliver(moment(2, 8, 31))
    after = Dossier.objects.get(pk=dossier.pk)
    assert after.answer_due_at is not None
    assert after.answer_due_at > dossier.answer_due_at
    assert after.step_due_at == after.answer_due_at


def test_what_a_leader_named_stays_unless_nobody_works_then(world: World) -> None:
    dossier = bring(world, "handling")
    named = moment(10, 15)
    Dossier.objects.filter(pk=dossier.pk).update(extension_count=1, due_at=named)
    _declare(date(2026, 3, 9), at=AT)
    _deliver(AT + timedelta(minutes=1))
    assert Dossier.objects.get(pk=dossier.pk).due_at == named
    _declare(date(2026, 3, 10), at=AT)
    _deliver(AT + timedelta(minutes=2))
    assert Dossier.objects.get(pk=dossier.pk).due_at == moment(11, 7)


def test_steps_move_along() -> None:
    calendar, old, new = Calendar(), moment(5, 9), moment(6, 9)
    assert moved_along(moment(4, 9), old, new, calendar) == moment(5, 9)
    assert moved_along(moment(6, 9), new, old, calendar) == old
    assert moved_along(moment(4, 9), new, old, calendar) == moment(4, 9)
    assert settled(moment(3, 9), old, at=moment(3, 15), calendar=calendar) == moment(4, 15)
    assert settled(moment(3, 9), old, at=moment(10, 15), calendar=calendar) == old
