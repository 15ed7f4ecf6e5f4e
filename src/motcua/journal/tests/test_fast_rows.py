"""Questions and inserts whose SQL is made once: the same rows as Django's own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from motcua.identity.models import Account, ApiToken
from motcua.journal.models import OutboxEvent, StoredReply
from motcua.kernel.asking import Question
from motcua.kernel.inserting import insert, insert_all, insert_unless_there
from motcua.kernel.lookups import any_of
from motcua.kernel.rows import Rows

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


_NAMED = Question(
    lambda names: OutboxEvent.objects.filter(name__in=names).order_by("id").values_list("name"), names=list[str]
)
_NUMBERED = Rows(lambda ids: OutboxEvent.objects.filter(any_of("id", ids)).order_by("id"), ids=tuple[int, ...])
_TOKENS = Rows(lambda digest: ApiToken.objects.filter(token_hash=digest).select_related("account"), digest=str)
_SORTED = Rows(
    lambda name, order: OutboxEvent.objects.filter(name=name).order_by(order).annotate(again=F("name")),
    name=str,
    order=object,
)


@pytest.mark.django_db
def test_a_question_takes_lists_of_any_length() -> None:
    insert_all([OutboxEvent(name=name, payload={}, at=AT) for name in ("a", "b", "c")])
    assert _NAMED(names=["a", "c"]) == [("a",), ("c",)]
    assert _NAMED(names=["b"]) == [("b",)]
    assert _NAMED(names=[]) == []


@pytest.mark.django_db
def test_an_array_is_one_statement_for_every_length() -> None:
    rows = [OutboxEvent(name=name, payload={"số": 1}, at=AT) for name in ("a", "b", "c")]
    insert_all(rows)
    with CaptureQueriesContext(connection) as captured:
        found = [_NUMBERED(ids=[row.pk for row in rows[:number]]) for number in range(4)]
    assert [[one.name for one in some] for some in found] == [[], ["a"], ["a", "b"], ["a", "b", "c"]]
    assert len(captured) == 3  # nobody asks for none of them
    assert found[1][0].payload == {"số": 1}
    assert not found[1][0]._state.adding


@pytest.mark.django_db
def test_a_value_that_changes_the_statement_is_said_as_it_is() -> None:
    rows = [OutboxEvent(name="a", payload={"số": number}, at=AT) for number in range(2)]
    insert_all(rows)
    assert _SORTED(name="a", order="-id") == rows[::-1]
    assert _SORTED(name="a", order="id") == rows
    first = _SORTED.first(name="a", order="id")
    assert first is not None
    assert vars(first)["again"] == "a"
    assert _SORTED.first(name="b", order="id") is None


@pytest.mark.django_db
def test_objects_come_with_what_hangs_on_them() -> None:
    account = Account.objects.create(username="a", full_name="A", kind="officer", created_at=AT)
    ApiToken.objects.create(account=account, token_hash="x", name="chương trình", created_at=AT)
    found = _TOKENS(digest="x")
    with CaptureQueriesContext(connection) as captured:
        assert [one.account.full_name for one in found] == ["A"]
    assert len(captured) == 0


@pytest.mark.django_db
def test_a_row_that_is_there_stays_as_it_is() -> None:
    insert(StoredReply(scope="s", key="k", fingerprint="f", status=200))
    insert_unless_there(StoredReply(scope="s", key="k", fingerprint="g", status=201))
    assert list(StoredReply.objects.values_list("fingerprint", "status")) == [("f", 200)]
