"""Tiếp tục và dừng lô ký số."""

from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Problem, RuleBroken
from motcua.signing.actions.open_signing import keep_pin
from motcua.signing.actions.presses import check_pin
from motcua.signing.actions.work_signing import State, fail_item, finish_if_done
from motcua.signing.models import SigningBatch
from motcua.signing.queries.batches import batch_of

_STOPPED = "Người ký đã dừng lô trước khi ký văn bản này."


def continue_signing(*, actor: Actor, batch_id: int, pin: str, at: datetime) -> SigningBatch:
    """Tiếp tục: the signer types the PIN again; what waits is signed, what was signed stays as it is.

    Raises NotFound for a batch of somebody else, Invalid for a wrong PIN (nothing is then changed).
    """
    batch = batch_of(actor, batch_id)
    if batch.finished_at is not None or batch.held_for == SigningBatch.Held.OUTSIDE:
        return batch
    check_pin(batch.key_ref, pin)
    with transaction.atomic():
        batch = SigningBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.finished_at is None:
            keep_pin(batch, pin, at=at)
            batch.held_for, batch.held_detail, batch.next_try = "", "", None
            batch.save(update_fields=["held_for", "held_detail", "next_try", "secret", "secret_until"])
            record(actor, "signing.continued", batch, at=at)
    return batch


@transaction.atomic
def stop_signing(*, actor: Actor, batch_id: int, at: datetime) -> SigningBatch:
    """Dừng lô: what is not signed yet is left; what was signed stays. Raises NotFound, RuleBroken while it runs.

    Stopping twice stops once.
    """
    batch = SigningBatch.objects.select_for_update().get(pk=batch_of(actor, batch_id).pk)
    if batch.finished_at is not None:
        return batch
    if not batch.held_for:
        raise RuleBroken(Problem("signing_runs", "Lô đang được ký; chỉ dừng được lô đang chờ."))
    for item in batch.items.filter(state__in=[State.WAITING, State.PREPARING]):
        fail_item(item, _STOPPED, at)
    record(actor, "signing.stopped", batch, at=at)
    finish_if_done(batch, at)
    batch.refresh_from_db()
    return batch
