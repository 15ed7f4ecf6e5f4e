"""Many dossiers side by side before one press; and what became of them after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from motcua.dossiers.access import facts_of_all, may, visible_to
from motcua.dossiers.access.gate import who_was_first
from motcua.dossiers.models import Batch, BatchItem, Dossier, DossierComponent, DraftResult, Move
from motcua.dossiers.rules.acts import Facts, problems_before
from motcua.dossiers.rules.batches import LARGEST_BATCH, Look, differences
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem

_RELATED = ("procedure", "owner", "submitter", "unit", "holder")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One chosen dossier: what differs, and why it cannot be done at all (then it is not offered)."""

    dossier: Dossier
    draft: DraftResult | None
    differs: Sequence[Problem]
    forbidden: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Review:
    """The chosen dossiers: those that differ first, then the plain ones, then what cannot be done."""

    differing: Sequence[Reviewed]
    plain: Sequence[Reviewed]
    refused: Sequence[Reviewed]
    unknown: int

    @property
    def offered(self) -> Sequence[Reviewed]:
        """What may be done, in the order it is shown."""
        return [*self.differing, *self.plain]


def review(actor: Actor, act: Act, chosen: Mapping[int, int | None], *, at: datetime) -> Review:
    """Return the chosen dossiers for one screen (seven queries, however many they are).

    `chosen`: dossier id → revision that the list showed, None when it showed none; at most `LARGEST_BATCH` are read.
    """
    ids = list(chosen)[:LARGEST_BATCH]
    found = {one.pk: one for one in visible_to(actor).filter(pk__in=ids).select_related(*_RELATED)}
    dossiers = [found[pk] for pk in ids if pk in found]
    facts = facts_of_all(dossiers, at)
    drafts, missing = _last_drafts(dossiers), _missing(dossiers)
    moves = _last_moves([one for one in dossiers if chosen[one.pk] not in {None, one.revision}])
    rows = []
    for one in dossiers:
        draft = drafts.get(one.pk)
        look = Look(
            facts=facts[one.pk],
            at=at,
            revision=one.revision,
            chosen_revision=chosen[one.pk],
            late_since=_promised(one),
            is_negative=one.is_negative or (draft is not None and draft.is_negative),
            draft_is_file=draft is not None and not draft.text and not draft.template,
            missing=missing.get(one.pk, ()),
            changed_by=who_was_first(one, moves[one.pk]).message if one.pk in moves else "",
        )
        rows.append(Reviewed(one, draft, differences(act, look), _forbidden(actor, one, act, facts[one.pk])))
    open_ones = [row for row in rows if not row.forbidden]
    return Review(
        differing=[row for row in open_ones if row.differs],
        plain=[row for row in open_ones if not row.differs],
        refused=[row for row in rows if row.forbidden],
        unknown=len(ids) - len(dossiers),
    )


def _promised(dossier: Dossier) -> datetime | None:
    if dossier.status == Status.FINISHED:
        return None
    return dossier.due_at if dossier.is_received else dossier.answer_due_at


def _forbidden(actor: Actor, dossier: Dossier, act: Act, facts: Facts) -> list[Problem]:
    if not may(actor, dossier, act):
        message = f"Bạn không có quyền «{act.label}» ở bước «{dossier.step.name}»."
        return [Problem("no_right", message)]
    return problems_before(act, facts)


def _last_drafts(dossiers: Sequence[Dossier]) -> dict[int, DraftResult]:
    found = DraftResult.objects.filter(dossier__in=dossiers).select_related("attachment__blob")
    return {draft.dossier_id: draft for draft in found.order_by("number")}


def _missing(dossiers: Sequence[Dossier]) -> dict[int, list[str]]:
    lacking = DossierComponent.objects.filter(dossier__in=dossiers, is_required=True, is_present=False)
    names: dict[int, list[str]] = {}
    for dossier_id, name in lacking.order_by("position").values_list("dossier_id", "name"):
        names.setdefault(dossier_id, []).append(name)
    return names


def _last_moves(changed: Sequence[Dossier]) -> dict[int, Move]:
    if not changed:
        return {}
    return {move.dossier_id: move for move in Move.objects.filter(dossier__in=changed).order_by("number")}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch so far."""

    batch: Batch
    items: Sequence[BatchItem]
    done: int
    refused: int
    waiting: int

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def settled(self) -> int:
        return self.done + self.refused


def outcome_of(actor: Actor, batch_id: int) -> Outcome:
    """Return a batch of the actor's own, its refused items first; raises NotFound."""
    batch = Batch.objects.filter(pk=batch_id, actor_id=actor.account_id).first()
    if batch is None:
        raise NotFound(Problem("no_batch", "Không tìm thấy lô việc này."))
    items = list(batch.items.select_related("dossier__procedure", "dossier__owner").order_by("position"))
    counts = {state: sum(item.state == state for item in items) for state in BatchItem.State}
    order = [BatchItem.State.REFUSED, BatchItem.State.WAITING, BatchItem.State.DONE]
    items.sort(key=lambda item: order.index(BatchItem.State(item.state)))
    return Outcome(
        batch, items, counts[BatchItem.State.DONE], counts[BatchItem.State.REFUSED], counts[BatchItem.State.WAITING]
    )


def open_batches(actor: Actor) -> Sequence[Batch]:
    """Return the actor's batches that were cut off, with `left` (how many dossiers wait), newest first."""
    left = Count("items", filter=Q(items__state=BatchItem.State.WAITING))
    mine = Batch.objects.filter(actor_id=actor.account_id, finished_at__isnull=True)
    return list(mine.annotate(left=left).order_by("-id")[:5])
