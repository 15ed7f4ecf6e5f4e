"""Lines of the books, with what was corrected, and what waits to be given back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.certification.models import CertificationBook, CertificationEntry, EntryCorrection
from motcua.certification.terms import CODE, Corrected
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Status

_MOST = 30


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
