"""Ký số qua API: what waits, one gesture, and the two steps of a key that the server does not open."""

from typing import Annotated, Any, Literal
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.actions.sign_results import (
    Pressed,
    keys_of,
    seal_results,
    sign_results,
    take_signatures,
    wish_signatures,
)
from motcua.dossiers.api import kinds
from motcua.dossiers.api.answers import Json, iso, write_once
from motcua.dossiers.api.routes import router
from motcua.dossiers.api.shapes import Strict
from motcua.dossiers.papers.queue import Queue, Waiting, approval_queue, seal_queue
from motcua.dossiers.queries.steps import StepKind, steps_of
from motcua.dossiers.queries.work import Box, Work
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.signing.actions.outside import decoded, wishes_as_json
from motcua.signing.queries.batches import progress_of
from motcua.signing.rules.batches import LARGEST_SIGNING
from motcua.trust.terms import Role

RoleName = Literal["signer", "seal"]
_BOXES = {"signer": (Box.APPROVE, StepKind.DECIDE), "seal": (Box.SEAL, StepKind.SEAL)}
Base64 = Annotated[str, Field(max_length=20_000)]


class PaperIn(Strict):
    """A paper as it was shown."""

    dossier_id: kinds.Number
    revision: kinds.Number
    draft_number: kinds.Number = 0


class SigningIn(Strict):
    """One gesture. `key_ref` as `GET /signing/queue` names the keys; `pin` only for keys that the server opens."""

    role: RoleName
    key_ref: kinds.Line
    pin: Annotated[str, Field(max_length=64)] = ""
    note: kinds.Long = ""
    items: Annotated[list[PaperIn], Field(max_length=LARGEST_SIGNING)]


class PrepareIn(Strict):
    """The certificate (DER, Base64) whose key will sign."""

    certificate: Base64


class SignatureIn(Strict):
    """A raw signature (Base64) of the digest of that item."""

    id: kinds.Number
    signature: Base64


class SignaturesIn(Strict):
    """Raw signatures, in any order."""

    signatures: Annotated[list[SignatureIn], Field(max_length=LARGEST_SIGNING)]


class SigningQueue(Schema):
    """What waits, and the keys it may be signed with."""

    papers: list[dict[str, Any]]
    keys: list[dict[str, Any]]


class SigningState(Schema):
    """How far a gesture has come. `held_for` is "" while the server works on it."""

    id: int
    total: int
    applied: int
    failed: int
    held_for: str
    finished: bool
    items: list[dict[str, Any]]


class Wishes(Schema):
    """Digests to be signed; none: nothing waits any more."""

    batch: str
    part: str
    title: str
    hash: str
    left: int
    items: list[dict[str, Any]]


@router.get(
    "/signing/queue", response=SigningQueue, operation_id="signing_queue", summary="Văn bản chờ ký, chờ đóng dấu"
)
def signing_queue(request: HttpRequest, role: RoleName = "signer") -> Json:
    """Văn bản chờ chữ ký (`signer`) hoặc dấu (`seal`) của tài khoản này: mức cần đọc, lý do, khóa ký được."""
    actor, at = actor_in(request), timezone.now()
    box, kind = _BOXES[role]
    rows = Work(actor, at).page(box, limit=LARGEST_SIGNING).rows
    steps = steps_of(one.version_id for one in rows)
    chosen = {one.pk: one.revision for one in rows if steps[one.version_id][one.step_key].kind == kind}
    found: Queue = (approval_queue if role == "signer" else seal_queue)(actor, chosen, at=at)
    keys = [
        {"ref": one.ref, "kind": one.kind, "label": one.label, "valid_to": iso(one.valid_to)}
        for one in keys_of(actor, Role(role), at)
    ]
    return {"papers": [_paper(one) for one in found.papers], "keys": keys}


@router.post(
    "/signing/batches", response=SigningState, operation_id="open_signing", summary="Ký, đóng dấu nhiều văn bản"
)
def sign_papers(request: HttpRequest, body: Annotated[SigningIn, kinds.body()], key: kinds.Key) -> HttpResponse:
    """Một lần bấm cho nhiều văn bản; máy chủ ký trong nền, hoặc chờ chữ ký gửi lên (khóa ở ngoài máy chủ)."""
    actor, at = actor_in(request), timezone.now()
    press = sign_results if body.role == "signer" else seal_results
    items = [Chosen(one.dossier_id, one.revision, {"draft_number": one.draft_number}) for one in body.items]

    def act() -> Json:
        pressed = Pressed(key=key, key_ref=body.key_ref, pin=body.pin, note=body.note)
        return _state(actor, press(actor=actor, items=items, pressed=pressed, at=at).pk)

    return write_once(request, key, act)


@router.get(
    "/signing/batches/{int:batch_id}", response=SigningState, operation_id="get_signing", summary="Tiến độ lô ký"
)
def signing_state(request: HttpRequest, batch_id: int) -> Json:
    """Lô ký đã đến đâu, từng văn bản."""
    return _state(actor_in(request), batch_id)


@router.post(
    "/signing/batches/{int:batch_id}/prepare",
    response=Wishes,
    operation_id="prepare_signing",
    summary="Bước một: lấy các giá trị băm để ký",
)
def prepare_signing(
    request: HttpRequest, batch_id: int, body: Annotated[PrepareIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Tối đa 20 văn bản còn chờ; danh sách rỗng là đã hết. Gọi lại được, văn bản đã ký không quay lại."""
    actor, at = actor_in(request), timezone.now()
    certificate = decoded(body.certificate, field="certificate")

    def act() -> Json:
        batch, wishes = wish_signatures(actor=actor, batch_id=batch_id, certificate=certificate, at=at)
        return wishes_as_json(batch, wishes, part=uuid4().hex)

    return write_once(request, key, act)


@router.post(
    "/signing/batches/{int:batch_id}/signatures",
    response=SigningState,
    operation_id="take_signatures",
    summary="Bước hai: nộp chữ ký",
)
def send_signatures(
    request: HttpRequest, batch_id: int, body: Annotated[SignaturesIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Mỗi chữ ký được đối chiếu với chứng thư và văn bản; chữ ký đã nhận không ghi hai lần."""
    actor, at = actor_in(request), timezone.now()
    signatures = {one.id: one.signature for one in body.signatures}

    def act() -> Json:
        take_signatures(actor=actor, batch_id=batch_id, signatures=signatures, at=at)
        return _state(actor, batch_id)

    return write_once(request, key, act)


def _paper(one: Waiting) -> Json:
    return {
        "dossier_id": one.dossier.pk,
        "code": one.dossier.code,
        "revision": one.dossier.revision,
        "draft_number": one.row.draft.number if one.row.draft else 0,
        "name": one.name,
        "owner": one.dossier.owner.name,
        "care": one.care,
        "warnings": [problem.message for problem in one.warnings],
        "number": one.number,
    }


def _state(actor: Actor, batch_id: int) -> Json:
    found = progress_of(actor, batch_id, at=timezone.now())
    items = [
        {"id": one.pk, "dossier_id": one.subject_id, "state": one.state, "error": one.last_error, **_number(one.facts)}
        for one in found.items
    ]
    return {
        "id": found.batch.pk,
        "total": found.total,
        "applied": found.applied,
        "failed": found.failed,
        "held_for": found.batch.held_for,
        "finished": found.batch.finished_at is not None,
        "items": items,
    }


def _number(facts: dict[str, Any]) -> Json:
    return {"number": facts.get("number", ""), "code": facts.get("code", "")}
