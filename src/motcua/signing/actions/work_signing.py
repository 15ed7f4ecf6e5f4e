"""Làm lô ký số: sign what waits, keep each signed file, then do the official act of each paper, once."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.files.actions.hold import hold
from motcua.files.actions.store import store_made, store_paper
from motcua.files.terms import StoredFile
from motcua.identity.queries import actor_of
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import MotCuaError
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.pades.many import Outcome, Recipe, SignedFile
from motcua.signing.pades.sign import Signed
from motcua.signing.rules.batches import MOST_ATTEMPTS, pause_after, said_of
from motcua.signing.rules.secrets import take_out
from motcua.signing.terms import KeyGoneError
from motcua.trust.actions.await_completion import await_completion
from motcua.trust.terms import Level, TrustStoppedError, WindowKind

Held = SigningBatch.Held
State = SigningItem.State


class Office(Protocol):
    """What the room does to whose subjects the papers belong."""

    def paper(self, item: SigningItem, *, actor: Actor, at: datetime) -> Recipe:
        """Return the paper as it is to be signed, to be made where it is signed; raises MotCuaError with the reason."""

    def apply(self, item: SigningItem, signed: StoredFile, *, actor: Actor, at: datetime) -> None:
        """Do the official act with the signed paper, inside the caller's transaction; raises MotCuaError."""


class Taker(Protocol):
    """Who takes each paper the moment it is done: its place in the sequence that was given, and what became of it."""

    def __call__(self, place: int, outcome: Outcome, /) -> None: ...


class Press(Protocol):
    """What signs many papers with one key; the key is closed when it is done."""

    def sign(self, papers: Iterable[Recipe], *, taken: Taker) -> None:
        """Sign all as they come, telling each as it is done, in any order; raises KeyGoneError, TrustStoppedError."""


class Presses(Protocol):
    """Gives the press for the key of a batch; raises Invalid for a PIN that is wrong, KeyGoneError."""

    def __call__(self, batch: SigningBatch, pin: str, /) -> Press: ...


def work_signing(*, batch_id: int, office: Office, presses: Presses, at: datetime) -> SigningBatch:
    """Làm lô ký số: do what of the batch still waits, in the name of whoever pressed and with their rights.

    What was signed stays signed; a paper that may not be signed any more keeps its reason and stops no other. A token
    that goes away, a PIN that has run out, a trust service that stops hold the batch. Two at work on the same batch:
    the second finds nothing to do.
    """
    batch = SigningBatch.objects.select_related("actor").get(pk=batch_id)
    with _alone(batch) as is_mine:
        if is_mine and batch.finished_at is None:
            try:
                _work(batch, office, presses, at)
            except Exception:
                hold_batch(batch, Held.PIN_NEEDED, "Hệ thống gặp lỗi giữa chừng; hãy nhập PIN để ký tiếp.")
                raise
    batch.refresh_from_db()
    return batch


def _work(batch: SigningBatch, office: Office, presses: Presses, at: datetime) -> None:
    actor = actor_of(batch.actor, at.astimezone(VIET_NAM).date())
    apply_signed(batch, office, actor=actor, at=at)
    waiting = list(batch.items.filter(state__in=[State.WAITING, State.PREPARING]).order_by("position"))
    if waiting and batch.held_for in {"", Held.TRUST_AWAY}:
        pin = _pin_of(batch, at)
        if pin is None:
            hold_batch(batch, Held.PIN_NEEDED, "")
        else:
            _sign(batch, waiting, office, presses, pin=pin, actor=actor, at=at)
    finish_if_done(batch, at)


def _sign(
    batch: SigningBatch,
    waiting: Sequence[SigningItem],
    office: Office,
    presses: Presses,
    *,
    pin: str,
    actor: Actor,
    at: datetime,
) -> None:
    try:
        press = presses(batch, pin)
    except MotCuaError as refusal:
        hold_batch(batch, Held.PIN_NEEDED, said_of(refusal.problems))
        return
    except KeyGoneError as gone:
        hold_batch(batch, Held.KEY_GONE, str(gone))
        return
    except TrustStoppedError as away:
        _wait_for_trust(batch, str(away), at)
        return
    ready: list[SigningItem] = []
    try:
        press.sign(
            _papers(waiting, ready, office, actor=actor, at=at),
            taken=lambda place, outcome: _taken(ready[place], outcome, office, actor=actor, at=at),
        )
    except KeyGoneError as gone:
        hold_batch(batch, Held.KEY_GONE, str(gone))
    except TrustStoppedError as away:
        _wait_for_trust(batch, str(away), at)
    finally:
        batch.items.filter(state=State.PREPARING).update(state=State.WAITING)


def _papers(
    waiting: Sequence[SigningItem], ready: list[SigningItem], office: Office, *, actor: Actor, at: datetime
) -> Iterator[Recipe]:
    """Give the papers as they are asked for, `ready` in the same order; one that may not be signed is settled here."""
    for item in waiting:
        try:
            paper = office.paper(item, actor=actor, at=at)
        except MotCuaError as refusal:
            fail_item(item, said_of(refusal.problems), at)
            continue
        item.state, item.attempts = State.PREPARING, item.attempts + 1
        item.save(update_fields=["state", "attempts"])
        ready.append(item)
        yield paper


def _taken(item: SigningItem, outcome: Outcome, office: Office, *, actor: Actor, at: datetime) -> None:
    if outcome.signed is None:
        fail_item(item, said_of(outcome.problems), at)
        return
    keep_signed(item, outcome.signed, at=at)
    if outcome.signed.level == Level.B:
        _note_unstamped(item, at)
    apply_item(item, office, actor=actor, at=at)


def _note_unstamped(item: SigningItem, at: datetime) -> None:
    """Signed while no authority answered (the written window lets that be): the paper is completed later."""
    await_completion(
        kind=WindowKind.STAMP,
        subject_type=item.subject_type,
        subject_id=item.subject_id,
        sha256=str(item.signed_id),
        title=item.title,
        signed_at=at,
    )


def keep_signed(item: SigningItem, signed: Signed | SignedFile, *, at: datetime) -> None:
    """Keep the signed file before anything is made of it: whoever comes after a power cut finds it."""
    name = f"{item.title}.pdf"
    if isinstance(signed, SignedFile):
        stored = store_made(signed.path, name=name, at=at)
    else:
        stored = store_paper(signed.content, name=name, at=at)
    with transaction.atomic():
        hold(stored.sha256)
        item.signed_id, item.signed_at, item.state, item.prepared = stored.sha256, at, State.SIGNED, None
        item.save(update_fields=["signed", "signed_at", "state", "prepared"])


def apply_signed(batch: SigningBatch, office: Office, *, actor: Actor, at: datetime) -> None:
    """Do the act of every paper that was signed and not yet applied: what a killed worker left."""
    for item in batch.items.filter(state=State.SIGNED).order_by("position"):
        apply_item(item, office, actor=actor, at=at)


def apply_item(item: SigningItem, office: Office, *, actor: Actor, at: datetime) -> None:
    """Do the official act in one transaction with the state of the item; a refusal keeps its reason."""
    try:
        with transaction.atomic():
            locked = SigningItem.objects.select_for_update(of=("self",)).select_related("signed").get(pk=item.pk)
            if locked.state != State.SIGNED or locked.signed is None:
                return
            blob = locked.signed
            stored = StoredFile(blob.sha256, blob.size, blob.media_type, f"{locked.title}.pdf")
            office.apply(locked, stored, actor=actor, at=locked.signed_at or at)
            locked.state, locked.settled_at, locked.last_error = State.APPLIED, at, ""
            locked.save(update_fields=["state", "settled_at", "last_error"])
        item.state = State.APPLIED
    except MotCuaError as refusal:
        fail_item(item, said_of(refusal.problems), at)


def fail_item(item: SigningItem, why: str, at: datetime) -> None:
    """Settle a paper that is not signed, or whose act was refused, with the reason."""
    item.state, item.last_error, item.settled_at = State.FAILED, why, at
    item.save(update_fields=["state", "last_error", "settled_at", "attempts"])


def hold_batch(batch: SigningBatch, why: Held, detail: str) -> None:
    """Let the batch wait for a person; the PIN is forgotten."""
    batch.held_for, batch.held_detail, batch.secret, batch.secret_until = why, detail, None, None
    batch.save(update_fields=["held_for", "held_detail", "secret", "secret_until"])


def finish_if_done(batch: SigningBatch, at: datetime) -> None:
    """Close the batch when nothing of it waits any more; the PIN is forgotten."""
    with transaction.atomic():
        locked = SigningBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.finished_at is not None or locked.items.filter(settled_at__isnull=True).exists():
            return
        locked.finished_at, locked.held_for, locked.secret, locked.secret_until = at, "", None, None
        locked.save(update_fields=["finished_at", "held_for", "secret", "secret_until"])
        counts = {state: locked.items.filter(state=state).count() for state in (State.APPLIED, State.FAILED)}
        data = {"applied": counts[State.APPLIED], "failed": counts[State.FAILED]}
        record(actor_of(batch.actor, at.astimezone(VIET_NAM).date()), "signing.finished", locked, at=at, data=data)


def _wait_for_trust(batch: SigningBatch, why: str, at: datetime) -> None:
    tried = max((item.attempts for item in batch.items.filter(settled_at__isnull=True)), default=0)
    if tried >= MOST_ATTEMPTS or not batch.has_secret(at):
        hold_batch(batch, Held.TRUST_AWAY, why)
        return
    batch.held_for, batch.held_detail, batch.next_try = Held.TRUST_AWAY, why, at + pause_after(tried)
    batch.save(update_fields=["held_for", "held_detail", "next_try"])


def _pin_of(batch: SigningBatch, at: datetime) -> str | None:
    if not batch.has_secret(at) or batch.secret is None:
        return None
    return take_out(bytes(batch.secret), master=settings.SECRET_KEY, nonce=bytes(batch.nonce))


@contextmanager
def _alone(batch: SigningBatch) -> Iterator[bool]:
    """Whether nobody else works on the batch; the lock goes with the connection, also when the process is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"signing.batch.{batch.pk}"])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"signing.batch.{batch.pk}"])
