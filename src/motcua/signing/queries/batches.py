"""How far a gesture has come, for whoever made it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.signing.models import SigningBatch, SigningItem
from motcua.trust.terms import Role

Held, State = SigningBatch.Held, SigningItem.State
_ORDER = (State.FAILED, State.SIGNED, State.PREPARING, State.WAITING, State.APPLIED)


@dataclass(frozen=True, slots=True)
class Progress:
    """A batch with its papers, those that failed first."""

    batch: SigningBatch
    items: Sequence[SigningItem]
    at: datetime

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def applied(self) -> int:
        return sum(item.state == State.APPLIED for item in self.items)

    @property
    def failed(self) -> int:
        return sum(item.state == State.FAILED for item in self.items)

    @property
    def waiting(self) -> int:
        return self.total - self.applied - self.failed

    @property
    def settled(self) -> int:
        return self.applied + self.failed

    @property
    def is_moving(self) -> bool:
        """Whether the house works on it: the page looks again by itself."""
        return self.batch.finished_at is None and not self.needs_pin and self.batch.held_for != Held.OUTSIDE

    @property
    def needs_pin(self) -> bool:
        """Whether it goes on only when the signer types the PIN again; also when nobody worked on it until it ended."""
        if self.batch.finished_at is not None or self.batch.held_for == Held.OUTSIDE:
            return False
        return self.batch.held_for in {Held.KEY_GONE, Held.PIN_NEEDED} or not self.batch.has_secret(self.at)


def batch_of(actor: Actor, batch_id: int) -> SigningBatch:
    """Return a batch of the actor's own; raises NotFound."""
    found = SigningBatch.objects.filter(pk=batch_id, actor_id=actor.account_id or 0).first()
    if found is None:
        raise NotFound(Problem("no_signing", "Không tìm thấy lô ký số này."))
    return found


def progress_of(actor: Actor, batch_id: int, *, at: datetime) -> Progress:
    """Return how far a batch of the actor's own has come (two queries); raises NotFound."""
    batch = batch_of(actor, batch_id)
    items = list(batch.items.order_by("position"))
    items.sort(key=lambda item: _ORDER.index(State(item.state)))
    return Progress(batch, items, at)


def unfinished(actor: Actor, roles: Collection[Role]) -> Sequence[SigningBatch]:
    """Return the actor's batches that are not done, with `left` (how many papers wait), newest first."""
    left = Count("items", filter=Q(items__settled_at__isnull=True))
    mine = SigningBatch.objects.filter(actor_id=actor.account_id, role__in=list(roles), finished_at__isnull=True)
    return list(mine.annotate(left=left).order_by("-id")[:5])


def in_signing(subject_type: str, ids: Collection[int]) -> dict[int, str]:
    """Return which of these lie in a batch that is not done with them, and who signs there."""
    rows = SigningItem.objects.filter(
        subject_type=subject_type, subject_id__in=list(ids), settled_at__isnull=True, batch__finished_at__isnull=True
    )
    return dict(rows.values_list("subject_id", "batch__actor__full_name"))
