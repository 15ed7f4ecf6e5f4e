"""The outbox: at least once, in their own transaction, again later when it fails."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction

from motcua.journal.actions import deliver, emit
from motcua.journal.actions.deliver import deliver_pending, subscribe
from motcua.journal.models import OutboxEvent, StoredReply
from motcua.journal.terms import Event

AT = datetime(2026, 3, 2, 2, 15, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Done(Event):
    name: ClassVar[str] = "test.done"
    number: int
    due_at: datetime | None = None


@pytest.fixture(autouse=True)
def _no_other_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "_handlers", {})
    monkeypatch.setattr(deliver, "_types", {})


def test_handlers_get_the_event_as_it_was(db: None) -> None:
    heard: list[tuple[Done, datetime]] = []
    for _twice in range(2):
        subscribe(Done, heard_by(heard))
    event = Done(number=1, due_at=AT)
    emit(event, at=AT)
    assert deliver_pending(at=AT + timedelta(minutes=1)) == 1
    assert heard == [(event, AT), (event, AT)]
    row = OutboxEvent.objects.get()
    assert (row.delivered_at, row.attempts, row.next_try_at) == (AT + timedelta(minutes=1), 1, None)
    assert str(row) == f"test.done {row.pk}"
    assert deliver_pending(at=AT + timedelta(days=1)) == 0
    assert len(heard) == 2


def heard_by(heard: list[tuple[Done, datetime]]) -> deliver.Handler:
    return lambda event, at: heard.append((event, at))


def test_a_handler_is_subscribed_once(db: None) -> None:
    heard: list[tuple[Done, datetime]] = []
    handler = heard_by(heard)
    subscribe(Done, handler)
    subscribe(Done, handler)
    emit(Done(number=1), at=AT)
    deliver_pending(at=AT)
    assert len(heard) == 1


def test_nobody_listens(db: None) -> None:
    emit(Done(number=1), at=AT)
    assert deliver_pending(at=AT) == 1
    assert OutboxEvent.objects.get().delivered_at == AT


def test_an_act_undone_emits_nothing(db: None) -> None:
    with transaction.atomic():
        emit(Done(number=1), at=AT)
        transaction.set_rollback(True)
    assert not OutboxEvent.objects.exists()


def test_a_failure_waits_undoes_its_own_and_holds_nobody_up(db: None, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[int] = []

    def fail_on_one(event: Done, at: datetime) -> None:
        StoredReply.objects.create(scope="handler", key=str(event.number), fingerprint="", status=200)
        if event.number == 1:
            raise ValueError("không được")
        heard.append(event.number)

    subscribe(Done, fail_on_one)
    for number in (1, 2):
        emit(Done(number=number), at=AT)
    with caplog.at_level(logging.ERROR):
        assert deliver_pending(at=AT) == 2
    assert "test.done" in caplog.text
    assert heard == [2]
    assert list(StoredReply.objects.values_list("key", flat=True)) == ["2"]
    row = OutboxEvent.objects.get(delivered_at__isnull=True)
    assert (row.attempts, row.last_error, row.next_try_at) == (1, "ValueError: không được", AT + timedelta(seconds=10))
    assert deliver_pending(at=AT + timedelta(seconds=9)) == 0
    assert deliver_pending(at=AT + timedelta(seconds=10)) == 1
    row.refresh_from_db()
    assert (row.attempts, row.next_try_at) == (2, AT + timedelta(seconds=30))


def test_a_database_error_in_a_handler_is_only_its_own(db: None) -> None:
    def break_it(event: Done, at: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    subscribe(Done, break_it)
    emit(Done(number=1), at=AT)
    assert deliver_pending(at=AT) == 1
    assert OutboxEvent.objects.get().last_error.startswith("DataError")


@pytest.mark.parametrize("attempts", [9, 50, 5000])
def test_however_often_it_failed_it_is_tried_within_the_hour(db: None, attempts: int) -> None:
    def fail(event: Done, at: datetime) -> None:
        raise ValueError("x" * 5000)

    subscribe(Done, fail)
    emit(Done(number=1), at=AT)
    OutboxEvent.objects.update(attempts=attempts)
    assert deliver_pending(at=AT) == 1
    row = OutboxEvent.objects.get()
    assert row.next_try_at == AT + timedelta(hours=1)
    assert len(row.last_error) == 2000


def test_it_succeeds_in_the_end(db: None) -> None:
    tries: list[int] = []

    def fail_twice(event: Done, at: datetime) -> None:
        tries.append(event.number)
        if len(tries) < 3:
            raise ValueError

    subscribe(Done, fail_twice)
    emit(Done(number=1), at=AT)
    for minute in range(3):
        deliver_pending(at=AT + timedelta(minutes=minute))
    row = OutboxEvent.objects.get()
    assert (row.attempts, row.last_error, row.next_try_at) == (3, "", None)
    assert row.delivered_at == AT + timedelta(minutes=2)


def test_so_many_at_a_time_oldest_first(db: None) -> None:
    heard: list[tuple[Done, datetime]] = []
    subscribe(Done, heard_by(heard))
    for number in range(5):
        emit(Done(number=number), at=AT)
    assert [deliver_pending(at=AT, limit=3), deliver_pending(at=AT, limit=3)] == [3, 2]
    assert [event.number for event, _at in heard] == [0, 1, 2, 3, 4]
