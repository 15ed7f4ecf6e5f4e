"""Several at once, really: in a database of the module's own."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from motcua.journal.actions import deliver, emit, record
from motcua.journal.actions.deliver import deliver_pending, subscribe
from motcua.journal.models import OutboxEvent, StoredReply
from motcua.journal.tests.own_database import at_once, own_database
from motcua.journal.tests.test_deliver import AT, Done
from motcua.journal.tests.test_idempotency import do_once
from motcua.journal.tests.test_record import Clerk
from motcua.kernel.errors import MotCuaError


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with own_database(django_db_blocker):
        yield


def test_the_journal_is_written_in_the_transaction_of_the_act_only(db: None) -> None:
    thing = StoredReply.objects.create(scope="s", key="alone", fingerprint="f", status=200)
    with pytest.raises(transaction.TransactionManagementError):
        record(Clerk(), "thing.done", thing, at=AT)


def test_two_workers_share_the_work(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "_handlers", {})
    heard: list[tuple[Done, datetime]] = []
    subscribe(Done, lambda event, at: heard.append((event, at)))
    for number in range(40):
        emit(Done(number=number), at=AT)
    found = at_once(*[lambda: deliver_pending(at=AT)] * 3)
    assert sum(one for one in found if isinstance(one, int)) == 40
    assert sorted(event.number for event, _at in heard) == list(range(40))


def test_threads_with_one_key_act_once(db: None) -> None:
    for number in range(5):
        before = OutboxEvent.objects.count()
        found = at_once(*[lambda key=f"k{number}": do_once(key=key)] * 4)
        assert len({str(reply) for reply in found}) == 1
        assert OutboxEvent.objects.count() == before + 1


def test_threads_with_one_key_and_two_requests(db: None) -> None:
    before = OutboxEvent.objects.count()
    found = at_once(lambda: do_once("two", "f"), lambda: do_once("two", "g"))
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Reply"]
    assert OutboxEvent.objects.count() == before + 1
    assert any(isinstance(one, MotCuaError) for one in found)
