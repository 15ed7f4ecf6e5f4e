"""The journal: written with the act, chained, never changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.journal.actions import record
from motcua.journal.models import Entry, StoredReply
from motcua.journal.queries import entries_about, entries_of, search, verify_chain
from motcua.journal.rules.chain import EntryContent, Link, entry_hash, problems_in_chain

AT = datetime(2026, 3, 2, 9, 15, 0, 123456, tzinfo=UTC)


@dataclass(frozen=True)
class Clerk:
    account_id: int | None = 7
    name: str = "Cán bộ Hoà"
    kind: str = "officer"
    title: str = "Chuyên viên – Phòng Tư pháp"


@pytest.fixture
def thing(db: None) -> StoredReply:
    return StoredReply.objects.create(scope="s", key="k", fingerprint="f", status=200)


def _three(thing: StoredReply) -> list[Entry]:
    data = [{"mã": "Đ1", "n": 1.5, "list": [1, None, True]}, None, {"b": {"d": 2, "c": "“x”"}}]
    return [
        record(Clerk(), f"thing.{number}", thing, at=AT + timedelta(hours=number), data=one, is_new=number == 0)
        for number, one in enumerate(data)
    ]


def test_an_entry_says_who_what_when(thing: StoredReply) -> None:
    first, second, third = _three(thing)
    stored = list(entries_about(thing))
    assert stored == [first, second, third] == list(entries_of("journal.storedreply", str(thing.pk)))
    assert (stored[0].actor_id, stored[0].actor_name, stored[0].actor_title) == (7, Clerk.name, Clerk.title)
    assert (stored[0].verb, stored[0].at, stored[1].data) == ("thing.0", AT, {})
    assert str(stored[0]) == f"thing.0 journal.storedreply {thing.pk}"
    assert [entry.previous_hash for entry in stored] == ["", first.hash, second.hash]
    assert verify_chain("journal.storedreply", str(thing.pk)) == []
    assert verify_chain("journal.storedreply", "0") == []


def test_chains_are_per_object(thing: StoredReply) -> None:
    _three(thing)
    other = StoredReply.objects.create(scope="s", key="k2", fingerprint="f", status=200)
    assert record(Clerk(account_id=None), "thing.done", other, at=AT).previous_hash == ""


def test_one_chain_never_forks(thing: StoredReply) -> None:
    _three(thing)
    with pytest.raises(IntegrityError), transaction.atomic():
        record(Clerk(), "thing.again", thing, at=AT, is_new=True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET actor_name = 'x'",
        "UPDATE journal_entry SET actor_name = actor_name",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
    ],
)
def test_the_database_refuses_to_change_it(thing: StoredReply, statement: str) -> None:
    _three(thing)
    with (
        pytest.raises(IntegrityError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 3


def test_nor_through_the_model(thing: StoredReply) -> None:
    first = _three(thing)[0]
    first.verb = "thing.other"
    for change in (first.save, first.delete, Entry.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE journal_entry SET actor_name = 'Ai đó' WHERE verb = 'thing.1'", ["entry_changed"]),
        ("UPDATE journal_entry SET actor_id = NULL WHERE verb = 'thing.0'", ["entry_changed"]),
        ("UPDATE journal_entry SET at = at + interval '1 microsecond' WHERE verb = 'thing.2'", ["entry_changed"]),
        ("UPDATE journal_entry SET data = '{\"b\": 1}' WHERE verb = 'thing.2'", ["entry_changed"]),
        ("UPDATE journal_entry SET hash = repeat('0', 64) WHERE verb = 'thing.0'", ["entry_changed", "chain_broken"]),
        ("DELETE FROM journal_entry WHERE verb = 'thing.1'", ["chain_broken"]),
        ("DELETE FROM journal_entry WHERE verb = 'thing.0'", ["chain_broken"]),
        ("UPDATE journal_entry SET verb = 'thing.1' WHERE verb = 'thing.2'", ["entry_changed"]),
        ("DELETE FROM journal_entry WHERE verb = 'thing.2'", []),  # the end alone cannot say that more was there
    ],
)
def test_a_change_past_the_triggers_is_found(thing: StoredReply, statement: str, codes: list[str]) -> None:
    _three(thing)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_append_only")
    assert [problem.code for problem in verify_chain("journal.storedreply", str(thing.pk))] == codes


def test_searching(thing: StoredReply) -> None:
    first, second, third = _three(thing)
    assert list(search()) == [third, second, first]
    assert list(search(since=AT + timedelta(hours=1), until=AT + timedelta(hours=2))) == [second]
    assert list(search(actor_id=8)) == []
    assert list(search(actor_id=7, verb="thing.2", object_type="journal.storedreply", text="hoà")) == [third]
    assert list(search(objects=["0"])) == []
    assert list(search(objects=[str(thing.pk)], text="nobody")) == []


_CONTENT = st.builds(
    EntryContent,
    at=st.datetimes(timezones=st.just(UTC)),
    recorded_at=st.datetimes(timezones=st.just(UTC)),
    actor_id=st.none() | st.integers(1),
    actor_name=st.text(max_size=9),
    actor_title=st.text(max_size=9),
    verb=st.text(max_size=9),
    object_type=st.just("a.b"),
    object_id=st.just("1"),
    data=st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=3), max_size=3),
)


def _chain(contents: list[EntryContent]) -> list[Link]:
    links: list[Link] = []
    for content in contents:
        previous = links[-1].hash if links else ""
        links.append(Link(content, previous, entry_hash(content, previous)))
    return links


@given(contents=st.lists(_CONTENT, max_size=6))
def test_a_chain_is_whole(contents: list[EntryContent]) -> None:
    assert problems_in_chain(_chain(contents)) == []


@given(contents=st.lists(_CONTENT, min_size=2, max_size=6), data=st.data())
def test_any_entry_taken_out_or_swapped_is_found(contents: list[EntryContent], data: st.DataObject) -> None:
    links = _chain(contents)
    gone = data.draw(st.integers(0, len(links) - 2))
    change: Callable[[], list[Link]] = data.draw(
        st.sampled_from(
            [
                lambda: [*links[:gone], *links[gone + 1 :]],
                lambda: [*links[:gone], links[gone + 1], links[gone], *links[gone + 2 :]],
            ]
        )
    )
    assert problems_in_chain(change())


def test_a_moment_is_the_same_in_every_zone() -> None:
    content = EntryContent(AT, AT, None, "", "", "v", "a.b", "1", {})
    there = AT.astimezone(timezone(timedelta(hours=7)))
    assert entry_hash(content, "") == entry_hash(EntryContent(there, there, None, "", "", "v", "a.b", "1", {}), "")
