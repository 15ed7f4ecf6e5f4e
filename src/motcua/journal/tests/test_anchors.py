"""Marks of the journal: nothing behind them is taken away or changed unseen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from motcua.journal.actions.anchor import set_anchor
from motcua.journal.actions.prune import prune_events, prune_replies
from motcua.journal.actions.record import record
from motcua.journal.models import Anchor, OutboxEvent, StoredReply
from motcua.journal.queries import verify_anchors, verify_chain
from motcua.journal.tests.test_record import Clerk

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def thing() -> StoredReply:
    return StoredReply.objects.create(scope="s", key="k", fingerprint="f", status=200)


def write(thing: StoredReply, count: int) -> None:
    for number in range(count):
        record(Clerk(), f"thing.{number}", thing, at=AT)


def past_the_triggers(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_append_only")


def test_marks_follow_the_journal(thing: StoredReply) -> None:
    assert set_anchor(at=AT) is None
    write(thing, 3)
    first = set_anchor(at=AT)
    assert first is not None
    assert (first.entries, first.verbs) == (3, {"thing.0": 1, "thing.1": 1, "thing.2": 1})
    assert set_anchor(at=AT) is None
    write(thing, 2)
    second = set_anchor(at=AT)
    assert second is not None
    assert (second.entries, second.verbs["thing.0"]) == (5, 2)
    assert verify_anchors() == []


def test_a_long_journal_is_marked_bit_by_bit_to_the_same_end(thing: StoredReply) -> None:
    write(thing, 5)
    while set_anchor(at=AT, most=2):
        pass
    assert [one.entries for one in Anchor.objects.all()] == [2, 4, 5]
    bit_by_bit = Anchor.objects.latest("last_entry_id").digest
    Anchor.objects.all().delete()
    at_once = set_anchor(at=AT)
    assert at_once is not None
    assert at_once.digest == bit_by_bit


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal_entry WHERE verb = 'thing.2'",  # the end, which its chain cannot miss
        "DELETE FROM journal_entry",
        "UPDATE journal_entry SET hash = repeat('0', 64) WHERE verb = 'thing.2'",
    ],
)
def test_what_is_gone_from_behind_a_mark_is_missed(thing: StoredReply, statement: str) -> None:
    write(thing, 3)
    set_anchor(at=AT)
    past_the_triggers(statement)
    assert [problem.code for problem in verify_anchors()] == ["anchor_broken"]


def test_one_loss_is_told_once(thing: StoredReply) -> None:
    write(thing, 3)
    set_anchor(at=AT)
    write(thing, 3)
    set_anchor(at=AT)
    past_the_triggers("DELETE FROM journal_entry WHERE id = (SELECT min(id) FROM journal_entry)")
    assert len(verify_anchors()) == 1
    assert verify_chain("journal.storedreply", str(thing.pk)) != []


def test_old_replies_go(thing: StoredReply) -> None:
    old = StoredReply.objects.create(scope="s", key="old", fingerprint="f", status=200)
    StoredReply.objects.filter(pk=old.pk).update(at=AT - timedelta(days=40))
    assert prune_replies(before=AT - timedelta(days=30)) == 1
    assert StoredReply.objects.get() == thing


def test_only_delivered_events_go() -> None:
    waiting = OutboxEvent.objects.create(name="n", payload={}, at=AT - timedelta(days=90))
    young = OutboxEvent.objects.create(name="n", payload={}, at=AT, delivered_at=AT)
    OutboxEvent.objects.create(name="n", payload={}, at=AT, delivered_at=AT - timedelta(days=31))
    assert prune_events(before=AT - timedelta(days=30)) == 1
    assert set(OutboxEvent.objects.all()) == {waiting, young}
