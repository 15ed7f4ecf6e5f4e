"""Hàng đợi ký: what waits for a leader's signature or the clerk's seal, grouped by how closely it has to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices, prefetch_related_objects

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, DraftInitials, ReservedNumber, Result
from motcua.dossiers.papers.initialled import asks_initials, standing
from motcua.dossiers.papers.result import Signing, changes_of, kind_of, result_name
from motcua.dossiers.queries.batches import Review, Reviewed, review
from motcua.dossiers.rules.likeness import Piece
from motcua.dossiers.rules.titles import signing_title
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.kernel.errors import Problem, RuleBroken
from motcua.signing.queries.batches import in_signing


class Care(TextChoices):
    """How closely a paper has to be read before it is signed."""

    CLOSE = "close", "Cần đọc kỹ"
    CHANGED = "changed", "Sửa so với mẫu"
    PLAIN = "plain", "Đúng mẫu"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One paper of the queue: why it needs care, how its words differ, the number it has already, who initialled it."""

    row: Reviewed
    care: Care
    name: str
    changes: tuple[tuple[Piece, ...], ...] = ()
    warnings: tuple[Problem, ...] = ()
    number: str = ""
    initials: Sequence[DraftInitials] = ()

    @property
    def dossier(self) -> Dossier:
        return self.row.dossier


@dataclass(frozen=True, slots=True)
class Queue:
    """What can be signed, most careful first; what cannot be by a key; how many somebody is signing already."""

    papers: Sequence[Waiting]
    by_hand: Sequence[Waiting]
    busy: Mapping[int, str]

    def of(self, care: Care) -> list[Waiting]:
        """Return the papers of one group."""
        return [one for one in self.papers if one.care == care]


def approval_queue(actor: Actor, chosen: Mapping[int, int | None], *, at: datetime) -> Queue:
    """Return the queue of a leader over these dossiers (the same number of queries, however many they are)."""
    busy = in_signing("dossier", chosen)
    found = review(actor, Act.APPROVE, {pk: revision for pk, revision in chosen.items() if pk not in busy}, at=at)
    compared = [row.dossier for row in found.offered if row.draft and row.draft.template and row.draft.text]
    prefetch_related_objects(compared, "components", "answers")
    drafts = [row.draft for row in found.offered if row.draft and asks_initials(row.dossier)]
    prefetch_related_objects(drafts, "initials")
    numbers = _numbers(found)
    papers: list[Waiting] = []
    by_hand: list[Waiting] = []
    for row in found.offered:
        one = _waiting(actor, row, numbers.get(row.dossier.pk, ""), at)
        (papers if one.row.draft is not None and not _unfit(one) else by_hand).append(one)
    return Queue(papers, by_hand, busy)


def seal_queue(actor: Actor, chosen: Mapping[int, int | None], *, at: datetime) -> Queue:
    """Return the queue of the clerk: results that leaders signed by key; those signed by hand are sealed as before."""
    busy = in_signing("dossier", chosen)
    found = review(actor, Act.SEAL, {pk: revision for pk, revision in chosen.items() if pk not in busy}, at=at)
    numbers = _numbers(found)
    results = {
        one.dossier_id: one
        for one in Result.objects.filter(dossier__in=[row.dossier for row in found.offered]).select_related("signed")
    }
    papers: list[Waiting] = []
    by_hand: list[Waiting] = []
    for row in found.offered:
        result = results.get(row.dossier.pk)
        care = Care.CLOSE if row.differs else Care.PLAIN
        name = result.name if result else row.dossier.procedure.name
        one = Waiting(row, care, name, (), tuple(row.differs), numbers.get(row.dossier.pk, ""))
        row.dossier.result = result
        (papers if result is not None and result.signed_id and one.number else by_hand).append(one)
    return Queue(papers, by_hand, busy)


def draft_signing(actor: Actor, dossier: Dossier, at: datetime) -> Signing:
    """Return what a draft shows of its signing before there is any: who would sign, and dots for number and day."""
    title = signing_title(dossier.acting_as(actor), unit_ids=(dossier.unit_id, dossier.agency_id))
    return Signing(actor.name, title, at.astimezone(VIET_NAM).date())


def _waiting(actor: Actor, row: Reviewed, number: str, at: datetime) -> Waiting:
    dossier, draft = row.dossier, row.draft
    if draft is None:
        return Waiting(row, Care.CLOSE, dossier.procedure.name, (), (*row.differs, _NO_DRAFT))
    changes = changes_of(dossier, draft, draft_signing(actor, dossier, at), at=at)
    warnings = tuple(row.differs)
    try:
        if kind_of(draft, dossier) == "typed":
            warnings += (_TYPED,)
    except RuleBroken as refusal:
        warnings += tuple(refusal.problems)
    care = Care.CLOSE if warnings else Care.CHANGED if changes else Care.PLAIN
    initials = standing(draft) if asks_initials(dossier) else ()
    return Waiting(row, care, result_name(dossier, draft), changes, warnings, number, initials)


_TYPED = Problem("typed", "Văn bản tự soạn, không theo mẫu của thủ tục.")
_NO_DRAFT = Problem("no_draft", "Chưa có dự thảo kết quả.")
_UNFIT = frozenset({"draft_not_pdf", "no_draft"})


def _unfit(one: Waiting) -> bool:
    return any(problem.code in _UNFIT for problem in one.warnings)


def _numbers(found: Review) -> dict[int, str]:
    kept = ReservedNumber.objects.filter(
        dossier__in=[row.dossier for row in found.offered], used_at__isnull=True, cancelled_at__isnull=True
    )
    return {one.dossier_id: str(one) for one in kept}
