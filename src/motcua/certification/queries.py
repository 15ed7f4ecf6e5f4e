"""Lines of the books, with what was corrected, and what waits to be given back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.certification.models import CertificationBook, CertificationEntry, CertifiedCopy, EntryCorrection
from motcua.certification.terms import CODE, Corrected
from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Attachment, Dossier, DraftResult
from motcua.dossiers.queries.batches import review
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.signing.queries.batches import in_signing

_MOST = 30
#: As many copies as one gesture signs.
_MOST_SIGNED = 200


def entries_of(dossier: Dossier) -> list[CertificationEntry]:
    """Return the lines of the book for a dossier, in their order."""
    return list(CertificationEntry.objects.filter(dossier=dossier).select_related("book").order_by("number"))


def ready_to_give(desk_ids: Iterable[int]) -> list[Dossier]:
    """Return the dossiers of certified copies that are signed and sealed at these desks, oldest first."""
    found = Dossier.objects.filter(
        unit_id__in=list(desk_ids), status=Status.FINISHED, procedure__code=CODE
    ).select_related("owner")
    return list(found.order_by("finished_at", "pk")[:_MOST])


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line as the book shows it: every correction applied, and the corrections themselves."""

    entry: CertificationEntry
    number: int
    day: datetime
    requester_name: str
    requester_number: str
    paper_name: str
    certifier_name: str
    pages: str
    copies: str
    fee: int
    note: str
    corrections: tuple[EntryCorrection, ...]


def value_now(entry: CertificationEntry, field: Corrected) -> str:
    """Return what holds in a column: the last correction, else what was entered (one query)."""
    last = entry.corrections.filter(field=field).order_by("-pk").first()
    return last.after if last else str(getattr(entry, field.value))


def lines_of(book: CertificationBook, *, search: str = "") -> QuerySet[CertificationEntry]:
    """Return the lines of a book in their order; `search`: a number, or part of a name, a paper, an identity number."""
    found = book.entries.select_related("dossier").prefetch_related("corrections").order_by("number")
    if not search:
        return found
    words = Q(paper_name__icontains=search) | Q(requester_name__icontains=search) | Q(requester_number=search)
    words |= Q(corrections__after__icontains=search) | Q(dossier__code=search.upper())
    if search.isdecimal() and len(search) < len("9" * 9):
        words |= Q(number=int(search))
    return found.filter(words).distinct()


def shown(entries: Iterable[CertificationEntry]) -> Iterator[BookLine]:
    """Yield lines as the book shows them; the corrections were fetched with `lines_of`."""
    for entry in entries:
        said = sorted(entry.corrections.all(), key=lambda one: one.pk)
        now = {field.value: str(getattr(entry, field.value)) for field in Corrected}
        now |= {one.field: one.after for one in said}
        yield BookLine(
            entry=entry,
            number=entry.number,
            day=entry.entered_at,
            requester_name=now["requester_name"],
            requester_number=now["requester_number"],
            paper_name=now["paper_name"],
            certifier_name=entry.certifier_name,
            pages=now["pages"],
            copies=now["copies"],
            fee=entry.fee,
            note="; ".join(filter(None, ["bản điện tử" if entry.is_electronic else "", now["note"]])),
            corrections=tuple(said),
        )


@dataclass(frozen=True, slots=True)
class WaitingCopy:
    """An electronic copy that waits for the certifier or the seal: its dossier's revision, the paper to look at."""

    copy: CertifiedCopy
    revision: int
    paper: Attachment | None


def waiting_copies(actor: Actor, act: Act, *, at: datetime) -> list[WaitingCopy]:
    """Return the copies whose approval (`Act.APPROVE`) or seal (`Act.SEAL`) waits for the actor, by their numbers.

    Those that lie in a batch that is not done are left out; the number of queries does not grow with the copies.
    """
    copies = CertifiedCopy.objects.filter(dossier__in=visible_to(actor), sealed_at__isnull=True)
    copies = copies.filter(certified_at__isnull=act != Act.SEAL, dossier__ended_at__isnull=True)
    related = ("entry__book", "dossier__owner", "dossier__result__signed")
    found = {one.dossier_id: one for one in copies.select_related(*related).order_by("entry__number")[:_MOST_SIGNED]}
    busy = in_signing("certified_copy", list(found))
    rows = review(actor, act, {pk: None for pk in found if pk not in busy}, at=at).offered
    drafts = {row.dossier.pk: row.draft for row in rows}
    revisions = {row.dossier.pk: row.dossier.revision for row in rows}
    return [
        WaitingCopy(copy, revisions[pk], _paper_to_see(copy, act, drafts[pk]))
        for pk, copy in found.items()
        if pk in revisions
    ]


def _paper_to_see(copy: CertifiedCopy, act: Act, draft: DraftResult | None) -> Attachment | None:
    if act == Act.SEAL:
        result = getattr(copy.dossier, "result", None)
        return result.signed if result else None
    return draft.attachment if draft else None
