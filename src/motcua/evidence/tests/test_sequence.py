"""Rows become leaves: each once, whatever the order of commits, and nobody waits."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from motcua.evidence.actions.sequence import sequence, sequence_all
from motcua.evidence.models import Alarm, Course, Leaf
from motcua.evidence.queries.tree import prove_growth, root_at, tree_size
from motcua.evidence.terms import LeafKind
from motcua.evidence.tree.merkle import is_consistent
from motcua.files.actions.store import store_paper
from motcua.journal.actions.note_reading import note_reading
from motcua.journal.actions.record import record
from motcua.journal.models import Entry, StoredReply
from motcua.journal.terms import ReadingKind
from motcua.journal.tests.own_database import own_database
from motcua.journal.tests.test_record import AT, Clerk

_N = iter(range(10**6))


def act(verb: str = "thing.done") -> Entry:
    thing = StoredReply.objects.create(scope="s", key=f"k{next(_N)}", fingerprint="f", status=200)
    with transaction.atomic():
        return record(Clerk(), verb, thing, at=AT, data={"code": "H49"})


def entries_in_log() -> list[int]:
    found = Leaf.objects.filter(kind=LeafKind.ENTRY).order_by("seq").values_list("source_id", flat=True)
    return [one or 0 for one in found]


@pytest.mark.django_db
def test_rows_readings_and_files_become_leaves() -> None:
    first, second = act(), act()
    note_reading(Clerk(), first, kind=ReadingKind.WORK, purpose="xem", at=AT, code="H49")
    paper = store_paper(b"%PDF-1.7 giay", name="a.pdf", at=AT)
    assert sequence(at=AT) == 5
    assert sequence(at=AT) == 0
    kinds = list(Leaf.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == [LeafKind.ORIGIN, LeafKind.ENTRY, LeafKind.ENTRY, LeafKind.READING, LeafKind.BLOB]
    assert entries_in_log() == [first.pk, second.pk]
    assert Leaf.objects.get(subject=paper.sha256).seq == 4
    about = Leaf.objects.get(seq=1).about
    assert (about["verb"], about["code"], about["actor"]) == ("thing.done", "H49", Clerk().name)


@pytest.mark.django_db
def test_the_log_only_grows() -> None:
    act()
    sequence(at=AT)
    before = tree_size(), root_at(tree_size())
    for _ in range(5):
        act()
    assert sequence(at=AT, most=2) == 2
    assert sequence_all(at=AT) == 3
    after = tree_size(), root_at(tree_size())
    assert is_consistent(*before, *after, prove_growth(before[0], after[0]))


@pytest.mark.django_db
def test_a_row_that_no_program_sealed_stays_out() -> None:
    act()
    sequence(at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (at, recorded_at, actor_name, actor_title, verb, object_type, object_id, data,"
            " previous_hash, hash) VALUES (now(), now(), 'Kẻ gian', '', 'thing.forged', 'x', '1', '{}', '', 'abc')"
        )
    assert sequence(at=AT) == 0
    assert sequence(at=AT) == 0
    assert "thing.forged" in Alarm.objects.get().message
    assert act().pk not in entries_in_log()
    assert sequence(at=AT) == 1


@pytest.mark.django_db
def test_rows_older_than_seals_are_taken_in_once_for_all() -> None:
    old = act()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET seal = ''")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    sequence(at=AT)
    assert entries_in_log() == [old.pk]


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with own_database(django_db_blocker):
        yield


def test_an_act_that_takes_long_is_not_lost_and_nobody_waits(committing: None) -> None:
    act()
    wrote, end = threading.Event(), threading.Event()
    slow: list[int] = []

    def take_long() -> None:
        with transaction.atomic():
            slow.append(act("thing.slow").pk)
            wrote.set()
            end.wait(timeout=30)
        connection.close()

    thread = threading.Thread(target=take_long)
    thread.start()
    assert wrote.wait(timeout=30)
    quick = act("thing.quick").pk
    assert quick > slow[0]
    sequence(at=AT)
    assert slow[0] not in entries_in_log()
    assert quick in entries_in_log()
    assert Course.objects.get(table="journal_entry").settled < slow[0]
    later = act().pk  # the sequencer, too, stopped nobody
    end.set()
    thread.join(timeout=30)
    sequence(at=AT)
    assert entries_in_log()[-2:] == sorted([slow[0], later])
    assert Course.objects.get(table="journal_entry").settled == later
    assert len(set(entries_in_log())) == len(entries_in_log()) == Entry.objects.count()
