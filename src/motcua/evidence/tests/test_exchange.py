"""Houses keep one another's heads: growth is proved, a rewritten log raises an alarm."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.evidence.actions import exchange
from motcua.evidence.actions.exchange import exchange_with, take_offered
from motcua.evidence.actions.partners import drop_partner, exchange_with_partners, keep_partner
from motcua.evidence.models import Alarm, Head, Partner, Witnessed
from motcua.evidence.queries.tree import prove_growth
from motcua.evidence.tests.rewriting import rebuild_leaves, rehash_chain
from motcua.evidence.tests.scene import Scene, as_superuser, make_scene
from motcua.journal.tests.test_record import AT, Clerk
from motcua.kernel.calling import Answer, CallError
from motcua.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:9"


@pytest.fixture
def scene(tmp_path: Path, settings: Any) -> Scene:
    return make_scene(tmp_path, settings)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch, client: Client) -> Callable[..., Answer]:
    """The way to the other house: here it leads back to this one's own front door."""

    def carry(url: str, *, body: bytes | None = None, **_more: Any) -> Answer:
        path = url.removeprefix(URL)
        answer = client.get(path) if body is None else client.post(path, body, content_type="application/json")
        return Answer(answer.status_code, answer.headers["Content-Type"].partition(";")[0], answer.content)

    monkeypatch.setattr(exchange, "call", carry)
    return carry


def rewrite(scene: Scene) -> None:
    """Rewrite history and sign it as the owner of everything would."""
    from motcua.evidence.providers.keys import read_key
    from motcua.evidence.tests.rewriting import resign_heads

    entry = scene.entries[0]
    with as_superuser() as cursor:
        cursor.execute("UPDATE journal_entry SET at = at - interval '3 days' WHERE id = %s", [entry.pk])
        rehash_chain(cursor, entry.object_type, entry.object_id, seal_key=scene.settings.JOURNAL_KEYS[0])
        rebuild_leaves(cursor)
        resign_heads(cursor, read_key(scene.key, pin="", name=Head.objects.all()[0].origin))
    Path(f"{scene.key}.last").write_text(Head.objects.order_by("-id")[0].note, encoding="utf-8")


def test_a_log_that_grows_is_kept(scene: Scene, wire: Callable[..., Answer]) -> None:
    first = exchange_with(actor=Clerk(), url=URL, at=AT)
    assert (first.size, first.problem) == (Head.objects.order_by("-id")[0].size, "")
    scene.act(scene.thing("d"), "dossier.submitted")
    scene.head()
    second = exchange_with(actor=Clerk(), url=URL, at=AT)
    assert second.size > first.size
    assert not second.problem
    assert not Alarm.objects.exists()


def test_a_rewritten_log_raises_the_alarm(scene: Scene, wire: Callable[..., Answer]) -> None:
    exchange_with(actor=Clerk(), url=URL, at=AT)
    rewrite(scene)
    same_size = exchange_with(actor=Clerk(), url=URL, at=AT)
    assert "gốc khác" in same_size.problem
    scene.act(scene.thing("d"), "dossier.submitted")
    scene.head()
    grown = exchange_with(actor=Clerk(), url=URL, at=AT)
    assert "không chứng minh được" in grown.problem
    assert Alarm.objects.count() == 2


def test_a_head_of_another_key_raises_the_alarm(scene: Scene, wire: Callable[..., Answer], tmp_path: Path) -> None:
    from motcua.evidence.providers.keys import new_key

    exchange_with(actor=Clerk(), url=URL, at=AT)
    other = tmp_path / "other.pem"
    new_key(other, data=scene.settings.DATA_DIR)
    scene.settings.EVIDENCE_KEY = str(other)
    scene.act(scene.thing("d"), "dossier.submitted")
    scene.head()
    assert "không do khóa đã biết" in exchange_with(actor=Clerk(), url=URL, at=AT).problem


def test_offers_are_taken_from_known_houses_only(scene: Scene, wire: Callable[..., Answer], client: Client) -> None:
    head = Head.objects.order_by("-id")[0]
    offer: dict[str, Any] = {"note": head.note, "key": head.key_name, "from": 1, "path": []}
    assert take_offered(actor=Clerk(), said=offer, at=AT) is None
    exchange_with(actor=Clerk(), url=URL, at=AT)
    scene.act(scene.thing("d"), "dossier.submitted")
    newer = scene.head()
    path = [one.hex() for one in prove_growth(head.size, newer.size)]
    offer = {"note": newer.note, "key": newer.key_name, "from": head.size, "path": path}
    forged = {**offer, "note": newer.note.replace(f"\n{newer.size}\n", f"\n{newer.size + 1}\n")}
    assert client.post("/bang-chung/nhan/", json.dumps(forged), content_type="application/json").json() == {
        "kept": False
    }
    assert client.post("/bang-chung/nhan/", json.dumps(offer), content_type="application/json").json() == {"kept": True}
    assert Witnessed.objects.order_by("-id")[0].size == newer.size
    assert client.post("/bang-chung/nhan/", b"[]", content_type="application/json").status_code == 422


def test_an_address_without_a_log(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "call", lambda _url: Answer(200, "application/json", b'{"note": "x"}'))
    with pytest.raises(RuleBroken, match="không trả lời bằng một đầu sổ"):
        exchange_with(actor=Clerk(), url=URL, at=AT)


def test_registered_houses_are_asked_every_hour(scene: Scene, wire: Callable[..., Answer]) -> None:
    keep_partner(exchange_with(actor=Clerk(), url=URL, at=AT), at=AT)
    assert exchange_with_partners(actor=Clerk(), at=AT + timedelta(minutes=30)) == 0
    scene.act(scene.thing("d"), "dossier.submitted")
    newer = scene.head()
    later = AT + timedelta(minutes=57)
    assert exchange_with_partners(actor=Clerk(), at=later) == 1
    assert Witnessed.objects.order_by("-id")[0].size == newer.size
    assert (Partner.objects.get().good_at, Partner.objects.get().error) == (later, "")
    rewrite(scene)
    assert exchange_with_partners(actor=Clerk(), at=AT + timedelta(hours=2)) == 0
    partner = Partner.objects.get()
    assert (partner.good_at, "gốc khác" in partner.error) == (later, True)
    assert Alarm.objects.count() == 1
    assert drop_partner(f"{URL}/")
    assert not drop_partner(URL)


def test_a_house_that_does_not_answer_does_not_hold_up_the_others(
    scene: Scene, wire: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_partner(exchange_with(actor=Clerk(), url=URL, at=AT), at=AT)
    Partner.objects.create(url="http://127.0.0.1:1", since=AT)

    def carry(url: str, **more: Any) -> Answer:
        if url.startswith(URL):
            return wire(url, **more)
        raise CallError("không nối được")

    monkeypatch.setattr(exchange, "call", carry)
    assert exchange_with_partners(actor=Clerk(), at=AT + timedelta(hours=1)) == 1
    away = Partner.objects.get(url="http://127.0.0.1:1")
    assert (away.good_at, away.error) == (None, "Không gọi được: không nối được")
