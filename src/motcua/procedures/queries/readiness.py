"""The catalogue by how ready each procedure is: thousands of rows, counted and filtered in the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from motcua.kernel.paging import Page, decode_cursor, encode_cursor
from motcua.kernel.text import fold
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.rules.readiness import Readiness, readiness_of
from motcua.procedures.terms import Definition

READINESS_PAGE: Final = 30

#: Filter → its condition over the version that is shown (the last published, else the draft).
FILTERS: Final[Mapping[str, Q]] = {
    "": Q(),
    "information": Q(service_level="information"),
    "partial": Q(service_level="partial"),
    "full": Q(service_level="full"),
    "with_form": Q(has_form=True),
    "without_form": Q(has_form=False),
    "without_steps": Q(has_steps=False),
    "without_tests": Q(has_tests=False),
    "four_at_centre": Q(appraised_at_desk=True, approved_at_desk=True),
    "five_at_centre": Q(appraised_at_desk=True, approved_at_desk=True, sealed_at_desk=True),
    "term_cut": Q(has_law_terms=True),
    "flagged": Q(has_flags=True),
    "unreviewed": Q(reviewed__isnull=True),
    "drafts": Q(drafts=True),
    "waiting": Q(waits=True),
}


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A procedure of the list: whether it was published, has a draft, waits for its approver; how far it is."""

    code: str
    name: str
    domain: str
    level: str
    is_published: bool
    has_draft: bool
    waits: bool
    definition: Definition
    readiness: Readiness


def _shown() -> QuerySet[ProcedureVersion]:
    """One version a procedure, the last published or else the draft, with whether there is a draft."""
    same = ProcedureVersion.objects.filter(procedure=OuterRef("procedure"))
    published_first = Case(When(published_at__isnull=False, then=Value(0)), default=Value(1))
    first = same.order_by(published_first, "-number").values("pk")[:1]
    drafts = ProcedureVersion.objects.filter(procedure=OuterRef("procedure"), published_at__isnull=True)
    return ProcedureVersion.objects.filter(pk=Subquery(first)).annotate(
        drafts=Exists(drafts), waits=Exists(drafts.filter(drafting__proposed_at__isnull=False))
    )


def readiness_counts() -> dict[str, int]:
    """Return how many procedures fit each filter (one query)."""
    wanted = {f"n{number}": Count("pk", filter=condition) for number, condition in enumerate(FILTERS.values())}
    found = _shown().aggregate(**{name: count for name, count in wanted.items() if name != "n0"}, all=Count("pk"))
    return {name: found["all"] if not name else found[f"n{number}"] for number, name in enumerate(FILTERS)}


def _narrowed(text: str, wanted: str, domain: str) -> QuerySet[ProcedureVersion]:
    found = _shown().filter(FILTERS.get(wanted, Q()))
    if domain:
        found = found.filter(procedure__domain__code=domain)
    for word in fold(text).split():
        found = found.filter(Q(procedure__code__istartswith=word) | Q(name_fold__contains=word))
    return found.select_related("procedure__domain").order_by("procedure__code")


def readiness_page(*, text: str = "", wanted: str = "", domain: str = "", cursor: str = "") -> Page[ReadyRow]:
    """Return a page of the procedures that fit, by code (one query); raises Invalid for a cursor not ours."""
    found = _narrowed(text, wanted, domain)
    if cursor:
        found = found.filter(procedure__code__gt=str(decode_cursor(cursor, length=1)[0]))
    rows = [_row(version) for version in found[: READINESS_PAGE + 1]]
    more = encode_cursor([rows[READINESS_PAGE - 1].code]) if len(rows) > READINESS_PAGE else ""
    return Page(rows[:READINESS_PAGE], more)


def readiness_rows(*, text: str = "", wanted: str = "", domain: str = "") -> Iterator[ReadyRow]:
    """Yield every procedure that fits, by code, holding few of them in memory."""
    for version in _narrowed(text, wanted, domain).iterator(chunk_size=200):
        yield _row(version)


def _row(version: ProcedureVersion) -> ReadyRow:
    procedure: Procedure = version.procedure
    said = version.content
    return ReadyRow(
        code=procedure.code,
        name=said.name,
        domain=procedure.domain.name,
        level=said.level,
        is_published=version.published_at is not None,
        has_draft=version.drafts,  # type: ignore[attr-defined]
        waits=version.waits,  # type: ignore[attr-defined]
        definition=said,
        readiness=readiness_of(said),
    )
