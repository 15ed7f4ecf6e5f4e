"""Lines of the books, with what was corrected, and what waits to be given back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from motcua.certification.models import CertificationBook, CertificationEntry, CertifiedCopy, EntryCorrection
from motcua.certification.terms import CODE, ELECTRONIC, BookKind, Corrected
from motcua.dossiers.access import visible_to
from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.models import Attachment, Dossier, DraftResult
from motcua.dossiers.queries.batches import review
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.payments.models import Bill
from motcua.payments.queries.standing import standings_of
from motcua.signing.queries.batches import in_signing

_MOST = 30
#: As many copies as one gesture signs.
_MOST_SIGNED = 200


def entries_of(dossier: Dossier) -> list[CertificationEntry]:
    """Return the lines of the book for a dossier, in their order."""
    return list(CertificationEntry.objects.filter(dossier=dossier).select_related("book").order_by("number"))


def ready_to_give(desk_ids: Iterable[int]) -> list[tuple[Dossier, int]]:
    """Return the dossiers of certified copies that are signed and sealed at these desks, oldest first, and what each
    still owes in đồng (three queries).
    """
    found = Dossier.objects.filter(
        unit_id__in=list(desk_ids), status=Status.FINISHED, procedure__code=CODE
    ).select_related("owner")
    dossiers = list(found.order_by("finished_at", "pk")[:_MOST])
    bills = list(Bill.objects.filter(subject_kind=KIND, subject_id__in=[one.pk for one in dossiers]))
    standings = standings_of(bills)
    owed = {bill.subject_id: standings[bill.pk].owed for bill in bills}
    return [(one, owed.get(one.pk, 0)) for one in dossiers]


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
            note="; ".join(filter(None, ["Bản điện tử" if entry.is_electronic else "", now["note"]])),
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
    copies = copies.select_related(*related).prefetch_related("entry__corrections").order_by("entry__number")
    found = {one.dossier_id: one for one in copies[:_MOST_SIGNED]}
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


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A dossier of paper copies that waits for an act: its lines in the book."""

    dossier: Dossier
    entries: tuple[CertificationEntry, ...]

    @property
    def numbers(self) -> str:
        """Its numbers in the book: "12" or "12–15"."""
        first, last = self.entries[0].number, self.entries[-1].number
        return str(first) if first == last else f"{first}–{last}"

    @property
    def copies(self) -> int:
        """How many copies are to be stamped."""
        return sum(one.copies for one in self.entries)


def waiting_papers(actor: Actor, act: Act, *, at: datetime) -> list[WaitingPaper]:
    """Return the dossiers of paper copies that wait for the actor's comparing, signature by hand or seal, by number.

    The number of queries does not grow with them.
    """
    status = Status.FINISHED if act == Act.SEAL else Status.PROCESSING
    of_copies = Dossier.objects.filter(procedure__code=CODE, certified_copy__isnull=True).exclude(case_key=ELECTRONIC)
    mine = of_copies.filter(pk__in=visible_to(actor).values("pk"), ended_at__isnull=True)
    wanted = {Status.RECEIVED, status} if act == Act.APPRAISE else {status}
    lines = CertificationEntry.objects.filter(dossier__in=mine.filter(status__in=wanted), book__kind=BookKind.COPY)
    entries: dict[int, list[CertificationEntry]] = {}
    for entry in lines.order_by("book__year", "number"):
        entries.setdefault(entry.dossier_id, []).append(entry)
    rows = review(actor, act, dict.fromkeys(list(entries)[:_MOST_SIGNED]), at=at).offered
    found = [WaitingPaper(row.dossier, tuple(entries[row.dossier.pk])) for row in rows]
    return sorted(found, key=lambda one: one.entries[0].pk)


def most_recent_draft(dossier_id: int) -> int:
    """Return the number of the last draft of a dossier, 0 for none."""
    return DraftResult.objects.filter(dossier_id=dossier_id).aggregate(last=Max("number"))["last"] or 0
