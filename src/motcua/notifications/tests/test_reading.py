"""Reading notices and marking them read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.terms import ANONYMOUS
from motcua.kernel.errors import NotFound, NotPermitted
from motcua.notifications import queries
from motcua.notifications.actions import mark_all_read, mark_read, notify_accounts
from motcua.notifications.queries import notices_of, unread_count
from motcua.notifications.terms import NoticeKind
from motcua.notifications.tests.factories import citizen

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
TODAY = date(2026, 2, 13)


@pytest.fixture
def reader() -> Account:
    account = citizen()
    for number in range(3):
        notify_accounts(
            account_ids=[account.pk],
            kind=NoticeKind.INFORMATION,
            subject=f"Tin {number}",
            body="",
            key=f"{number}",
            at=AT,
        )
    return account


def test_the_newest_notice_comes_first(reader: Account) -> None:
    assert [notice.subject for notice in notices_of(reader.pk)] == ["Tin 2", "Tin 1", "Tin 0"]


def test_counting_is_one_query(reader: Account, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert unread_count(reader.pk) == 3


def test_counting_stops_where_the_bell_does(reader: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    assert unread_count(reader.pk) == 2


def test_reading_one_takes_it_from_the_unread(reader: Account) -> None:
    notice = notices_of(reader.pk)[0]
    read = mark_read(actor=actor_of(reader, TODAY), notice_id=notice.pk, at=LATER)
    assert (read.pk, read.read_at) == (notice.pk, LATER)
    assert unread_count(reader.pk) == 2
    assert notice not in notices_of(reader.pk, unread_only=True)
    again = mark_read(actor=actor_of(reader, TODAY), notice_id=notice.pk, at=LATER + timedelta(days=1))
    assert again.read_at == LATER


def test_reading_all_leaves_what_came_after(reader: Account) -> None:
    seen = notices_of(reader.pk)[1]
    assert mark_all_read(actor=actor_of(reader, TODAY), at=LATER, up_to=seen.pk) == 2
    assert [notice.subject for notice in notices_of(reader.pk, unread_only=True)] == ["Tin 2"]
    assert mark_all_read(actor=actor_of(reader, TODAY), at=LATER) == 1
    assert mark_all_read(actor=actor_of(reader, TODAY), at=LATER) == 0


def test_nobody_reads_the_notices_of_others(reader: Account) -> None:
    notice, stranger = notices_of(reader.pk)[0], actor_of(citizen("Phạm Văn Cam"), TODAY)
    with pytest.raises(NotFound):
        mark_read(actor=stranger, notice_id=notice.pk, at=LATER)
    assert mark_all_read(actor=stranger, at=LATER) == 0
    assert unread_count(reader.pk) == 3


def test_one_must_be_signed_in(reader: Account) -> None:
    with pytest.raises(NotPermitted):
        mark_read(actor=ANONYMOUS, notice_id=notices_of(reader.pk)[0].pk, at=LATER)
    with pytest.raises(NotPermitted):
        mark_all_read(actor=ANONYMOUS, at=LATER)
