"""Ký ở ngoài máy chủ, hai bước: digests go out to the key, raw signatures come back; both may be repeated."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.files.actions.hold import hold, release
from motcua.files.actions.store import store_paper
from motcua.files.queries import open_blob
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, Invalid, MotCuaError, NotPermitted, Problem, RuleBroken
from motcua.signing.actions.work_signing import (
    Held,
    Office,
    State,
    apply_item,
    apply_signed,
    fail_item,
    finish_if_done,
    keep_signed,
)
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.pades import Prepared, finish_paper, prepare
from motcua.signing.pades.many import StamperFactory
from motcua.signing.queries.batches import batch_of
from motcua.signing.queries.keys import certificate_of
from motcua.signing.rules.batches import said_of
from motcua.trust.terms import TrustStoppedError

#: Papers that go out together: few enough that a pulled token costs little, enough that the way there is worth it.
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """One digest (SHA-256) to be signed, and what it is."""

    item_id: int
    digest: bytes
    label: str


def prepare_outside(
    *,
    actor: Actor,
    batch_id: int,
    certificate: bytes,
    office: Office,
    at: datetime,
    ask: Callable[[int], object] | None = None,
) -> tuple[SigningBatch, list[Wish]]:
    """Chuẩn bị ký: make up to twenty papers ready that still wait, and return their digests (none: the batch is over).

    `ask` is asked first whether the certificate (its id in the register) is good today. Raises NotFound, RuleBroken for
    a batch that the server signs itself, a certificate that was revoked, or trust services that are away for too long;
    NotPermitted for a certificate that is not the one the batch was opened with.
    """
    batch = _outside(actor, batch_id)
    row = certificate_of(batch.key_ref)
    if bytes(row.content) != certificate:
        message = "Token đang cắm không phải token của chứng thư đã chọn; hãy cắm đúng token."
        raise NotPermitted(Problem("other_certificate", message, "certificate"))
    chain = tuple(bytes(one) for one in row.chain)
    if batch.finished_at is None:
        _ask(ask, row.pk)
    apply_signed(batch, office, actor=actor, at=at)
    wishes: list[Wish] = []
    for item in batch.items.filter(state__in=[State.WAITING, State.PREPARING]).order_by("position"):
        if len(wishes) == AT_ONCE:
            break
        try:
            job = office.paper(item, actor=actor, at=at).made()
            ready = prepare(job.pdf, job.plan, certificate, chain, reserve=job.reserve)
        except MotCuaError as refusal:
            fail_item(item, said_of(refusal.problems), at)
            continue
        _keep_prepared(item, ready, at)
        wishes.append(Wish(item.pk, ready.digest, item.title))
    finish_if_done(batch, at)
    batch.refresh_from_db()
    return batch, wishes


def take_outside(
    *,
    actor: Actor,
    batch_id: int,
    signatures: Mapping[int, str],
    office: Office,
    stampers: StamperFactory | None,
    at: datetime,
    ask: Callable[[int], object] | None = None,
) -> SigningBatch:
    """Nhận chữ ký: fill raw signatures (Base64, by the items' ids) in, and do the act of each paper.

    One that came before is not done twice; one that does not fit its paper is refused and the paper waits again. Raises
    NotFound, RuleBroken, Invalid with every signature that does not fit (the others are done).
    """
    batch = _outside(actor, batch_id)
    if batch.finished_at is None:
        _ask(ask, certificate_of(batch.key_ref).pk)
    stamper = stampers() if stampers else None
    problems: list[Problem] = []
    for item in batch.items.filter(pk__in=list(signatures), state=State.PREPARING).select_related("unsigned"):
        try:
            raw = decoded(signatures[item.pk], field="signatures")
            signed = finish_paper(_prepared(item), raw, stamper=stamper)
        except Invalid as refusal:
            problems += [Problem(one.code, f"{item.title}: {one.message}", "signatures") for one in refusal.problems]
            continue
        except TrustStoppedError as away:
            raise RuleBroken(_stopped(away)) from away
        keep_signed(item, signed, at=at)
        _let_go(item)
        apply_item(item, office, actor=actor, at=at)
    finish_if_done(batch, at)
    if problems:
        raise Invalid(problems)
    batch.refresh_from_db()
    return batch


def _outside(actor: Actor, batch_id: int) -> SigningBatch:
    batch = batch_of(actor, batch_id)
    if batch.finished_at is None and batch.held_for != Held.OUTSIDE:
        raise RuleBroken(Problem("signed_here", "Lô này do máy chủ ký; không nhận chữ ký từ ngoài."))
    return batch


def _ask(ask: Callable[[int], object] | None, certificate_id: int) -> None:
    if ask is None:
        return
    try:
        ask(certificate_id)
    except TrustStoppedError as away:
        raise RuleBroken(_stopped(away)) from away


def _stopped(away: TrustStoppedError) -> Problem:
    return Problem("trust_stopped", f"Chưa ký được: {away} Văn bản chưa ký vẫn chờ; hãy bấm lại khi dịch vụ trở lại.")


def _keep_prepared(item: SigningItem, ready: Prepared, at: datetime) -> None:
    stored = store_paper(ready.content, name=f"{item.title}.pdf", at=at)
    with transaction.atomic():
        hold(stored.sha256)
        if item.unsigned_id:
            release(item.unsigned_id)
        item.unsigned_id, item.prepared = stored.sha256, ready.to_json(with_content=False)
        item.state, item.attempts = State.PREPARING, item.attempts + 1
        item.save(update_fields=["unsigned", "prepared", "state", "attempts"])


@transaction.atomic
def _let_go(item: SigningItem) -> None:
    """The paper as it was prepared is not needed once it is signed."""
    if item.unsigned_id:
        release(item.unsigned_id)
    item.unsigned_id, item.prepared = None, None
    item.save(update_fields=["unsigned", "prepared"])


def _prepared(item: SigningItem) -> Prepared:
    if item.prepared is None or item.unsigned_id is None:
        raise Conflict(Problem("not_prepared", "Văn bản này chưa được chuẩn bị để ký."))
    with open_blob(item.unsigned_id) as content:
        return Prepared.from_json(item.prepared, content.read())


def decoded(text: str, *, field: str) -> bytes:
    """Return what Base64 says; raises Invalid."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(Problem("not_base64", "Dữ liệu không phải Base64.", field)) from error


def wishes_as_json(batch: SigningBatch, wishes: Sequence[Wish], *, part: str) -> dict[str, object]:
    """Return the answer of the first step (signing/README.md, "Hai bước")."""
    left = batch.items.filter(settled_at__isnull=True).count()
    items = [{"id": one.item_id, "digest": base64.b64encode(one.digest).decode(), "label": one.label} for one in wishes]
    return {
        "batch": str(batch.pk),
        "part": part,
        "title": "Ký số kết quả",
        "hash": "sha256",
        "left": left,
        "items": items,
    }
