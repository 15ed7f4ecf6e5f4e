"""The same write sent twice is done once."""

import pytest

from motcua.journal.idempotency import Reply, fingerprint_of, once
from motcua.journal.models import OutboxEvent, StoredReply
from motcua.journal.tests.test_deliver import AT
from motcua.kernel.errors import Conflict, Invalid, Problem, RuleBroken


def _act(body: object = None, status: int = 201) -> Reply:
    OutboxEvent.objects.create(name="done", payload={}, at=AT)
    return Reply(status, {"id": OutboxEvent.objects.count()} if body is None else body, "/x")


def do_once(key: str = "k", fingerprint: str = "f", scope: str = "s", act: object = _act) -> Reply:
    return once(scope=scope, key=key, fingerprint=fingerprint, act=act)  # type: ignore[arg-type]


def test_the_same_answer_again(db: None) -> None:
    first = do_once()
    assert first == do_once() == Reply(201, {"id": 1}, "/x")
    assert OutboxEvent.objects.count() == 1
    assert str(StoredReply.objects.get()) == "s k"


def test_another_key_or_scope_is_another_write(db: None) -> None:
    assert [do_once(), do_once(key="k2"), do_once(scope="s2")] == [
        Reply(201, {"id": number}, "/x") for number in (1, 2, 3)
    ]


def test_a_key_comes_back_with_another_request(db: None) -> None:
    do_once()
    with pytest.raises(Conflict) as caught:
        do_once(fingerprint="g")
    assert caught.value.problems[0].code == "idempotency_key_reused"
    assert OutboxEvent.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_what_is_no_key(db: None, key: str) -> None:
    with pytest.raises(Invalid):
        do_once(key=key)
    assert not OutboxEvent.objects.exists()


def test_a_refusal_is_not_kept(db: None) -> None:
    def refuse() -> Reply:
        _act()
        raise RuleBroken(Problem("no", "Không được."))

    with pytest.raises(RuleBroken):
        do_once(act=refuse)
    assert not StoredReply.objects.exists()
    assert not OutboxEvent.objects.exists()
    assert do_once().body == {"id": 1}


def test_a_repetition_that_would_now_be_refused_gets_the_first_answer(db: None) -> None:
    def refuse_second() -> Reply:
        if OutboxEvent.objects.exists():
            raise Conflict(Problem("duplicate", "Đã có."))
        return _act()

    assert do_once(act=refuse_second) == do_once(act=refuse_second)


def test_fingerprints() -> None:
    assert fingerprint_of("a", b"b") == fingerprint_of(b"a", "b")
    assert (
        len({fingerprint_of("ab"), fingerprint_of("a", "b"), fingerprint_of("", "ab"), fingerprint_of("ab", "")}) == 4
    )
