"""Trao đổi đầu sổ với cơ quan khác."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import transaction

from motcua.evidence.actions.alarm import raise_alarm
from motcua.evidence.models import Witnessed
from motcua.evidence.providers.keys import fits
from motcua.evidence.queries.tree import latest_head, prove_growth
from motcua.evidence.rules.exchange import Told, read_path, read_told, why_not_follows
from motcua.evidence.rules.notes import BadNoteError, PublicKey, read_note, read_public_key, signed_text
from motcua.evidence.terms import FindingKind
from motcua.journal.actions import record
from motcua.journal.terms import Recorder
from motcua.kernel.calling import CallError, call
from motcua.kernel.errors import Problem, RuleBroken

_OK = 200


def exchange_with(*, actor: Recorder, url: str, at: datetime, key: PublicKey | None = None) -> Witnessed:
    """Trao đổi đầu sổ: fetch another house's newest head, check that it continues what we saw, keep it, offer ours.

    `key`: their public key, got by another way; without it the one first seen is held on to. A head that does not
    follow is kept with its problem, and an alarm is raised. Raises CallError, RuleBroken for an answer that is no head.
    Must not be called in a transaction.
    """
    base = url.rstrip("/")
    try:
        told = read_told(_get(f"{base}/bang-chung/dau-so.json"))
        last = Witnessed.objects.filter(origin=told.origin, problem="").order_by("-id").first()
        problem = _problem(told, last, key) or _growth_problem(told, last, base)
    except BadNoteError as error:
        raise RuleBroken(Problem("no_head", f"Địa chỉ {url} không trả lời bằng một đầu sổ: {error}.")) from error
    seen = keep_witnessed(told, url=base, problem=problem, actor=actor, at=at)
    _offer_ours(base)
    return seen


@transaction.atomic
def keep_witnessed(told: Told, *, url: str, problem: str, actor: Recorder, at: datetime) -> Witnessed:
    """Giữ đầu sổ của cơ quan khác: keep for ever what was seen; a head that is there already stays as it is."""
    seen = Witnessed.objects.filter(origin=told.origin, note=told.note, problem=problem).first()
    if seen is not None:
        return seen
    seen = Witnessed.objects.create(
        origin=told.origin,
        url=url,
        size=told.size,
        root=told.root.hex(),
        note=told.note,
        key=told.key.text() if told.key else "",
        seen_at=at,
        problem=problem,
    )
    data = {"origin": told.origin, "leaves": told.size, "root": told.root.hex(), "problem": problem}
    record(actor, "evidence.exchanged", seen, at=at, data=data, is_new=True)
    if problem:
        raise_alarm(FindingKind.WITNESS, {"origin": told.origin, "why": problem}, at=at)
    return seen


def take_offered(*, actor: Recorder, said: dict[str, Any], at: datetime) -> Witnessed | None:
    """Nhận đầu sổ được đưa đến: keep a head that a house we know offers; None for one of a house we do not know.

    Only a head signed by the key that we hold of that house is looked at; growth is proved by the offer itself.
    Raises BadNoteError.
    """
    told = read_told(said)
    last = Witnessed.objects.filter(origin=told.origin, problem="").order_by("-id").first()
    if last is None or _signature_problem(told, _held_key(last)):
        return None
    path = read_path(said) if told.size > last.size and said.get("from") == last.size else []
    if told.size > last.size and not path:
        return None
    problem = why_not_follows((last.size, bytes.fromhex(last.root)), told, path)
    return keep_witnessed(told, url=last.url, problem=problem, actor=actor, at=at)


def _held_key(last: Witnessed) -> PublicKey | None:
    return read_public_key(last.key) if last.key else None


def _problem(told: Told, last: Witnessed | None, given: PublicKey | None) -> str:
    expected = given or (_held_key(last) if last else told.key)
    return _signature_problem(told, expected)


def _signature_problem(told: Told, key: PublicKey | None) -> str:
    """Say why the note is not signed by this key; "" when it is, or when there is none and never was."""
    if key is None:
        return ""
    for name, key_id, signature in read_note(told.note)[1]:
        if (name, key_id) == (key.name, key.id):
            good = fits(key, signed_text(told.note).encode(), signature)
            return "" if good else "chữ ký không khớp văn bản"
    return "không do khóa đã biết của họ ký"


def _growth_problem(told: Told, last: Witnessed | None, base: str) -> str:
    if last is None:
        return ""
    path: list[bytes] = []
    if told.size > last.size:
        asked = urlencode({"tu": last.size, "den": told.size})
        path = read_path(_get(f"{base}/bang-chung/noi-tiep.json?{asked}"))
    return why_not_follows((last.size, bytes.fromhex(last.root)), told, path)


def _get(url: str) -> dict[str, Any]:
    answer = call(url)
    if answer.status != _OK:
        raise CallError(f"máy chủ trả mã {answer.status}")
    try:
        said = json.loads(answer.body)
    except ValueError as error:
        raise BadNoteError("không phải JSON") from error
    if not isinstance(said, dict):
        raise BadNoteError("không phải một đối tượng JSON")
    return said


def _offer_ours(base: str) -> None:
    """Let them keep our newest head, with the proof that it continues the one they hold; whether they do is theirs."""
    head = latest_head()
    if head is None or not head.key_name:
        return
    held = _get(f"{base}/bang-chung/da-giu.json?{urlencode({'so': head.origin})}").get("size")
    if not isinstance(held, int) or not 0 < held <= head.size:
        return
    path = [one.hex() for one in prove_growth(held, head.size)]
    offer = {"note": head.note, "key": head.key_name, "from": held, "path": path}
    call(f"{base}/bang-chung/nhan/", body=json.dumps(offer).encode(), headers={"Content-Type": "application/json"})
