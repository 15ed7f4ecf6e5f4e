"""Nhắc hạn: who is reminded when, once for each due moment, and who not."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.agencies.terms import Right
from motcua.dossiers.actions.remind import remind
from motcua.dossiers.jobs import remind_of_due_moments
from motcua.dossiers.models import Dossier, Reminder, ReminderRule
from motcua.dossiers.queries.reminding import due_reminders
from motcua.dossiers.tests.stages import bring
from motcua.dossiers.tests.world import World, moment
from motcua.identity.terms import Actor
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import OutboxEvent
from motcua.notifications.models import Notice
from motcua.project.subscriptions import wire


def _run(at: datetime) -> int:
    wire()
    given = sum(remind(due, at=at) for due in list(due_reminders(at)))
    while deliver_pending(at=at):
        pass
    assert [row.last_error for row in OutboxEvent.objects.filter(delivered_at__isnull=True)] == []
    return given


def _subjects(actor: Actor, since: int) -> list[str]:
    found = Notice.objects.filter(account_id=actor.known_id, pk__gt=since, subject__contains="hạn")
    return [notice.subject.split(":")[0] for notice in found.order_by("id")]


def _everybody_is_there(world: World) -> None:
    assert all(actor.account_id for actor in (world.head, world.chair, world.overseer))


def _marks() -> int:
    return Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0


def test_officer_then_leader_then_overseer(world: World) -> None:
    """Due on Thursday 05/03 at 9:15; the specialist has it and its step is due on Tuesday at 11:00."""
    _everybody_is_there(world)
    bring(world, "handling")
    _run(moment(2, 14))
    since = _marks()
    assert _run(moment(3, 9)) == 1
    assert _subjects(world.specialist, since) == ["Sắp đến hạn"]
    assert _run(moment(4, 9)) == 0
    assert _run(moment(4, 9, 30)) == 1
    assert _subjects(world.specialist, since) == ["Sắp đến hạn", "Sắp đến hạn"]
    assert _subjects(world.head, since) == []
    assert _run(moment(4, 16)) == 1
    assert _subjects(world.head, since) == ["Sắp đến hạn"]
    assert _run(moment(5, 9, 20)) == 1
    assert _subjects(world.head, since) == ["Sắp đến hạn", "Đã quá hạn"]
    assert _subjects(world.overseer, since) == []
    assert _run(moment(6, 9, 20)) == 1
    assert _subjects(world.overseer, since) == ["Đã quá hạn"]
    assert _subjects(world.chair, since) == ["Đã quá hạn"]
    assert _run(moment(6, 9, 30)) == 0


def test_the_desk_hears_of_the_first_answer(world: World) -> None:
    dossier = bring(world, "submitted")
    assert dossier.answer_due_at is not None
    since = _marks()
    assert _run(dossier.answer_due_at - timedelta(minutes=30)) == 1
    assert _subjects(world.clerk, since) == ["Sắp đến hạn"]


@pytest.mark.parametrize("stage", ["asked", "sealing", "delivered", "withdrawn", "refused"])
def test_nobody_is_reminded_of_what_does_not_run(world: World, stage: str) -> None:
    bring(world, stage)
    assert _run(moment(6, 10)) == 0


def test_a_moved_due_moment_is_reminded_again(world: World) -> None:
    dossier = bring(world, "handling")
    _run(moment(4, 9, 30))
    Dossier.objects.filter(pk=dossier.pk).update(due_at=moment(12, 9))
    assert [due.due_at for due in due_reminders(moment(11, 15))][:1] == [moment(12, 9)]


def test_what_was_finished_meanwhile_is_not_told(world: World) -> None:
    dossier = bring(world, "handling")
    due = next(iter(due_reminders(moment(4, 9, 30))))
    assert remind(due, at=moment(4, 9, 30))
    assert not remind(due, at=moment(4, 9, 31))
    Dossier.objects.filter(pk=dossier.pk).update(status=9)
    since = _marks()
    _run(moment(4, 9, 32))
    assert _subjects(world.specialist, since) == []


def test_rules_are_of_a_unit_and_of_a_time(world: World) -> None:
    bring(world, "handling")
    ReminderRule.objects.exclude(about="due", to="holder").delete()
    ReminderRule.objects.update(unit_id=world.desk.pk)
    assert list(due_reminders(moment(5, 9))) == []
    ReminderRule.objects.update(unit=None, valid_to=moment(4, 0).date())
    assert list(due_reminders(moment(5, 9))) == []
    ReminderRule.objects.update(valid_to=None)
    assert len(list(due_reminders(moment(5, 9)))) == 1


def test_where_the_unit_has_no_head_the_agency_s_hears(world: World) -> None:
    _everybody_is_there(world)
    bring(world, "handling")
    since = _marks()
    rule = ReminderRule.objects.filter(about="due", to="leader", hours_before=4)
    ReminderRule.objects.exclude(pk__in=rule).delete()
    post = next(post for post in world.head.postings if Right.LEAD_DIVISION in post.rights)
    Post.objects.filter(pk=post.post_id).update(rights=[Right.HANDLE])
    assert _run(moment(4, 16)) == 1
    assert _subjects(world.chair, since) == ["Sắp đến hạn"]


def test_the_job_gives_what_is_due(world: World) -> None:
    bring(world, "handling")
    with time_machine.travel(moment(4, 9, 30), tick=False):
        remind_of_due_moments(timestamp=0)
    given = Reminder.objects.count()
    assert given == 2
    with time_machine.travel(moment(4, 9, 31), tick=False):
        remind_of_due_moments(timestamp=0)
    assert Reminder.objects.count() == given
