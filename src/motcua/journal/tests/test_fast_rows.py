"""Questions and inserts whose SQL is made once: the same rows as Django's own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.journal.models import OutboxEvent, StoredReply
from motcua.kernel.asking import Question
from motcua.kernel.inserting import insert, insert_all

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)

_BY_NAME = Question(
    lambda name, at: OutboxEvent.objects.filter(name=name, at__gte=at).order_by("id").values_list("name", "at"),
    name=str,
    at=datetime,
)


@pytest.mark.django_db
def test_an_inserted_row_is_as_a_created_one() -> None:
    fast = insert(OutboxEvent(name="a", payload={"số": [1, None]}, at=AT))
    slow = OutboxEvent.objects.create(name="a", payload={"số": [1, None]}, at=AT)
    columns = [field.attname for field in OutboxEvent._meta.concrete_fields if not field.primary_key]
    first, second = OutboxEvent.objects.filter(pk__in=[fast.pk, slow.pk]).order_by("pk").values_list(*columns)
    assert first == second
    assert not fast._state.adding


@pytest.mark.django_db
def test_moments_of_writing_are_filled_in() -> None:
    reply = insert(StoredReply(scope="s", key="k", fingerprint="f", status=200))
    assert StoredReply.objects.get(pk=reply.pk).at == reply.at


@pytest.mark.django_db
def test_many_rows_take_one_statement_and_keep_their_order() -> None:
    rows = [OutboxEvent(name=str(number), payload={}, at=AT) for number in range(5)]
    with CaptureQueriesContext(connection) as captured:
        insert_all(rows)
        insert_all([])
    assert len(captured) == 1
    assert [OutboxEvent.objects.get(pk=row.pk).name for row in rows] == ["0", "1", "2", "3", "4"]


@pytest.mark.django_db
def test_a_question_is_asked_with_new_values_each_time() -> None:
    insert_all([OutboxEvent(name=name, payload={}, at=AT) for name in ("a", "b", "a")])
    assert _BY_NAME(name="a", at=AT) == [("a", AT), ("a", AT)]
    assert _BY_NAME(name="b", at=AT) == [("b", AT)]
    assert _BY_NAME(name="a", at=LATER) == []


@pytest.mark.django_db
def test_a_question_asks_by_every_value_it_names() -> None:
    forgetful = Question(lambda name: OutboxEvent.objects.values_list("name"), name=str)  # noqa: ARG005
    with pytest.raises(ValueError, match="name"):
        forgetful(name="a")
