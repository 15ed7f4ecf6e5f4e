"""Làm lô việc: the dossiers of a batch one after the other, each an act of its own in a transaction of its own."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.models import Batch, BatchItem, Dossier
from motcua.dossiers.terms import Act, Collector
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError, NotPermitted, Problem

_log = logging.getLogger(__name__)
_Facts = Mapping[str, Any]


def work_batch(*, actor: Actor, batch_id: int, at: datetime, seconds: float | None = None) -> Batch:
    """Làm lô việc: do what of the batch still waits, for at most `seconds` (None: until it is done).

    A refused dossier keeps its reason and stops no other. Two at work on the same batch share it. What was cut off
    waits for the next call. Raises NotPermitted for anybody but the one who pressed.
    """
    batch = Batch.objects.get(pk=batch_id)
    if batch.actor_id != actor.account_id:
        raise NotPermitted(Problem("not_your_batch", "Lô việc này do người khác bấm."))
    if batch.finished_at is not None:
        return batch
    began, broken = time.monotonic(), set[int]()
    while seconds is None or time.monotonic() - began < seconds:
        if not _settle_next(actor, batch, at, broken):
            break
    _finish(batch, at)
    return batch


def _settle_next(actor: Actor, batch: Batch, at: datetime, broken: set[int]) -> bool:
    """Do the next waiting dossier; False when none is left. What breaks unforeseen waits and goes to `broken`."""
    pk = None
    try:
        with transaction.atomic():
            waiting = BatchItem.objects.filter(batch=batch, state=BatchItem.State.WAITING).exclude(pk__in=broken)
            item = waiting.select_for_update(skip_locked=True).order_by("position").first()
            if item is None:
                return False
            pk = item.pk
            _settle(actor, batch, item, at)
    except Exception:  # whatever it is, the other dossiers of the batch go on
        if pk is None:
            raise
        _log.exception("item %s of batch %s", pk, batch.pk)
        broken.add(pk)
    return True


def _settle(actor: Actor, batch: Batch, item: BatchItem, at: datetime) -> None:
    try:
        with transaction.atomic():
            _do(actor, batch, item, at)
        item.state = BatchItem.State.DONE
    except MotCuaError as refusal:
        item.state = BatchItem.State.REFUSED
        item.said = " ".join(dict.fromkeys(problem.message for problem in refusal.problems))
    item.settled_at = at
    item.save(update_fields=["state", "said", "settled_at"])


def _finish(batch: Batch, at: datetime) -> None:
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        left = locked.items.filter(state=BatchItem.State.WAITING).exists()
        if locked.finished_at is None and not left:
            locked.finished_at = at
            locked.save(update_fields=["finished_at"])
    batch.finished_at = locked.finished_at


def _do(actor: Actor, batch: Batch, item: BatchItem, at: datetime) -> None:
    facts = {**batch.facts, **item.facts}
    _DEEDS[Act(batch.act)]({"actor": actor, "dossier_id": item.dossier_id, "at": at, "revision": item.revision}, facts)


def _receive(common: dict[str, Any], facts: _Facts) -> Dossier:
    """Receive, and hand over to the next step in the same transaction when asked to."""
    dossier = receive_dossier(**common)
    if facts.get("then") == "forward":
        return forward_dossier(actor=common["actor"], dossier_id=dossier.pk, at=common["at"])
    return dossier


def _assign(common: dict[str, Any], facts: _Facts) -> Dossier:
    return assign_dossier(**common, to_account_id=facts["to"], note=facts.get("note", ""))


def _forward(common: dict[str, Any], facts: _Facts) -> Dossier:
    return forward_dossier(**common, note=facts.get("note", ""))


def _approve(common: dict[str, Any], facts: _Facts) -> Dossier:
    return approve_dossier(**common, draft_number=facts["draft_number"], note=facts.get("note", ""))


def _seal(common: dict[str, Any], facts: _Facts) -> Dossier:
    return seal_result(**common, number=facts.get("number", ""), symbol=facts.get("symbol", ""))


def _deliver(common: dict[str, Any], facts: _Facts) -> Dossier:
    collection = Collection(
        collector=Collector(facts.get("collector", Collector.OWNER)),
        signed_by_hand=bool(facts.get("signed_by_hand")),
        note=facts.get("note", ""),
    )
    return deliver_result(**common, collection=collection)


_DEEDS: Mapping[Act, Callable[[dict[str, Any], _Facts], Dossier]] = {
    Act.RECEIVE: _receive,
    Act.ASSIGN: _assign,
    Act.FORWARD: _forward,
    Act.APPROVE: _approve,
    Act.SEAL: _seal,
    Act.DELIVER: _deliver,
}
