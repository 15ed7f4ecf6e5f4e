"""Mở lô việc: one press for many dossiers is written down before the first of them is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Batch, BatchItem
from motcua.dossiers.rules.batches import problems_of_batch
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.journal.idempotency import fingerprint_of
from motcua.kernel.errors import Conflict, Invalid, NotFound, Problem
from motcua.kernel.inserting import insert, insert_all

WORK_JOB = "dossiers.work_batch"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One dossier as it was on the screen. `facts`: what this one alone needs (draft_number, number …)."""

    dossier_id: int
    revision: int
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_batch(
    *, actor: Actor, act: Act, items: Sequence[Chosen], at: datetime, key: str, facts: Mapping[str, Any] | None = None
) -> Batch:
    """Mở lô việc: keep what was pressed, and ask the worker to do what the request itself will not reach.

    Pressing again with the same `key` gives the same batch. Raises Invalid for an act that is not done in batches,
    for none or more than 200 dossiers, NotFound when one of them is not the actor's to see, Conflict when the key
    comes back with other dossiers.
    """
    items = list({one.dossier_id: one for one in items}.values())
    if problems := problems_of_batch(act, len(items)):
        raise Invalid(problems)
    mark = fingerprint_of(act, repr(sorted((facts or {}).items())), *(repr(one) for one in items))
    before = Batch.objects.filter(actor_id=actor.known_id, key=key).first()
    if before is not None:
        return _same(before, mark)
    if visible_to(actor).filter(pk__in=[one.dossier_id for one in items]).count() != len(items):
        raise NotFound(Problem("no_dossier", "Có hồ sơ không tìm thấy, hoặc không thuộc phạm vi của bạn."))
    batch = Batch(act=act, key=key, fingerprint=mark, facts=dict(facts or {}), actor_id=actor.known_id, opened_at=at)
    try:
        with transaction.atomic():
            insert(batch)
    except IntegrityError:  # the same press came twice at the same moment
        return _same(Batch.objects.get(actor_id=actor.known_id, key=key), mark)
    rows = [
        BatchItem(
            batch_id=batch.pk, position=place, dossier_id=one.dossier_id, revision=one.revision, facts=dict(one.facts)
        )
        for place, one in enumerate(items, start=1)
    ]
    insert_all(rows)
    record(actor, "batch.opened", batch, at=at, data={"act": act, "count": len(rows)}, is_new=True)
    app.configure_task(WORK_JOB, schedule_in={"seconds": 20}).defer(batch_id=batch.pk)
    return batch


def _same(batch: Batch, mark: str) -> Batch:
    if batch.fingerprint != mark:
        message = "Lần bấm này đã dùng cho những hồ sơ khác; hãy mở lại danh sách và chọn lại."
        raise Conflict(Problem("batch_key_reused", message))
    return batch
