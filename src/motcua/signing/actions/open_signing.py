"""Mở lô ký số: one gesture for many papers is written down before the first of them is signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.journal.idempotency import fingerprint_of
from motcua.kernel.errors import Conflict, Invalid, Problem
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.rules.batches import PIN_KEPT, problems_of_signing
from motcua.signing.rules.secrets import lock_up, new_nonce
from motcua.signing.terms import KeyChoice, KeyKind
from motcua.trust.terms import Role


@dataclass(frozen=True, slots=True)
class Subject:
    """One paper as it was shown: what it belongs to, at which revision, what only it needs."""

    subject_type: str
    subject_id: int
    revision: int
    title: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gesture:
    """What was pressed: in which role, with which key; `pin` is "" for keys that the server does not open."""

    role: Role
    choice: KeyChoice
    key: str
    pin: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def pressed_before(actor: Actor, key: str) -> SigningBatch | None:
    """Return the batch of the same press, if it came already."""
    return SigningBatch.objects.filter(actor_id=actor.known_id, key=key).first()


@transaction.atomic
def open_signing(*, actor: Actor, gesture: Gesture, subjects: Sequence[Subject], at: datetime) -> SigningBatch:
    """Mở lô ký số: keep what was pressed, the PIN encrypted for `PIN_KEPT`.

    The caller has opened the key with that PIN already. Pressing again with the same `key` gives the same batch. Raises
    Invalid for none or more than 200 papers, Conflict when the key comes back with other papers.
    """
    if problems := problems_of_signing(len(subjects)):
        raise Invalid(problems)
    mark = mark_of(gesture, subjects)
    if (before := pressed_before(actor, gesture.key)) is not None:
        return same_press(before, mark)
    outside = gesture.choice.kind == KeyKind.AGENT
    batch = SigningBatch(
        role=gesture.role,
        key=gesture.key,
        fingerprint=mark,
        facts=dict(gesture.facts),
        actor_id=actor.known_id,
        key_kind=gesture.choice.kind,
        key_ref=gesture.choice.ref,
        key_label=gesture.choice.label,
        opened_at=at,
        nonce=new_nonce(),
        held_for=SigningBatch.Held.OUTSIDE if outside else "",
    )
    if not outside:
        keep_pin(batch, gesture.pin, at=at)
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError:  # the same press came twice at the same moment
        return same_press(SigningBatch.objects.get(actor_id=actor.known_id, key=gesture.key), mark)
    SigningItem.objects.bulk_create(_item(batch, place, one) for place, one in enumerate(subjects, start=1))
    data = {"role": gesture.role, "count": len(subjects), "key": gesture.choice.label}
    record(actor, "signing.opened", batch, at=at, data=data, is_new=True)
    return batch


def keep_pin(batch: SigningBatch, pin: str, *, at: datetime) -> None:
    """Put the PIN, encrypted, on the batch (which is not saved here)."""
    batch.secret = lock_up(pin, master=settings.SECRET_KEY, nonce=bytes(batch.nonce))
    batch.secret_until = at + PIN_KEPT


def mark_of(gesture: Gesture, subjects: Sequence[Subject]) -> str:
    """Return a short mark of what was pressed; the PIN is no part of it."""
    papers = (f"{one.subject_type}.{one.subject_id}.{one.revision}" for one in subjects)
    return fingerprint_of(gesture.role, gesture.choice.kind, gesture.choice.ref, *papers)


def same_press(batch: SigningBatch, mark: str) -> SigningBatch:
    """Return the batch; raises Conflict when it was opened for other papers."""
    if batch.fingerprint != mark:
        message = "Lần bấm này đã dùng cho những văn bản khác; hãy mở lại danh sách và chọn lại."
        raise Conflict(Problem("batch_key_reused", message))
    return batch


def _item(batch: SigningBatch, place: int, one: Subject) -> SigningItem:
    return SigningItem(
        batch=batch,
        position=place,
        subject_type=one.subject_type,
        subject_id=one.subject_id,
        revision=one.revision,
        title=one.title,
        facts=dict(one.facts),
    )
