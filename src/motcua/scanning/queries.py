"""Stacks and their pages as a clerk looks at them; digitised papers of a dossier."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.agencies.queries import unit
from motcua.dossiers.models import Dossier, DossierComponent
from motcua.identity.terms import Actor
from motcua.procedures.terms import Component, ScanField
from motcua.scanning.models import DigitisedPaper, DigitisingRule, ScannedPage, Stack
from motcua.scanning.rules.fields import values_in
from motcua.scanning.rules.papers import Grouped, PageFacts, field_name, grouped, homeless
from motcua.scanning.terms import SURE, Box, FoundValue, PageKind, StackState

_RECENT = 30


@dataclass(frozen=True, slots=True)
class Value:
    """A field of a paper as it is shown: its name in the form, what was read, the page and place of it."""

    field: ScanField
    name: str
    found: FoundValue
    page: ScannedPage | None = None

    @property
    def part(self) -> str:
        """The part of the page to show beside the value: "left,top,width,height" in pixels; "" where none was found."""
        box = crop_of(self.found, width=self.page.width, height=self.page.height) if self.page else None
        return f"{box.left},{box.top},{box.width},{box.height}" if box else ""

    @property
    def is_sure(self) -> bool:
        """Whether the clerk needs no second look."""
        return self.found.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the stack: its component, its pages in order, its values."""

    grouped: Grouped
    component: DossierComponent
    name: str
    pages: tuple[ScannedPage, ...]
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """A stack laid out: papers, pages of no paper yet, pages left out."""

    papers: tuple[Paper, ...]
    homeless: tuple[ScannedPage, ...]
    dropped: tuple[ScannedPage, ...]
    components: tuple[DossierComponent, ...] = field(default_factory=tuple)


def laid_out(stack: Stack, *, with_values: bool = True) -> Laid:
    """Return the stack as papers with the values read from them (3 queries)."""
    pages = list(stack.pages.order_by("order"))
    components = list(stack.dossier.components.order_by("position"))
    keys = [one.key for one in components]
    facts = [PageFacts(one.pk, one.component_key, one.starts_paper, one.is_dropped) for one in pages]
    by_id = {page.pk: page for page in pages}
    said = {one.key: one for one in stack.dossier.definition.components}
    by_key = {one.key: one for one in components}
    papers = tuple(
        _paper(group, by_key[group.component_key], said.get(group.component_key), by_id, with_values=with_values)
        for group in grouped(facts, components=keys)
    )
    return Laid(
        papers,
        tuple(by_id[one] for one in homeless(facts, components=keys)),
        tuple(page for page in pages if page.is_dropped),
        tuple(components),
    )


def _paper(
    group: Grouped,
    component: DossierComponent,
    said: Component | None,
    by_id: dict[int, ScannedPage],
    *,
    with_values: bool,
) -> Paper:
    pages = tuple(by_id[one] for one in group.pages)
    name = component.name if not group.part else f"{component.name} (bản {group.part + 1})"
    fields = said.fields if said is not None and with_values else ()
    found = values_in(fields, [page.read for page in pages]) if fields else []
    values = tuple(
        Value(one, field_name(group, one.key), value, pages[value.page] if value.page >= 0 else None)
        for one, value in zip(fields, found, strict=True)
    )
    return Paper(group, component, name, pages, values)


def crop_of(value: FoundValue, *, width: int, height: int) -> Box | None:
    """Return the box to show beside a value: its place with some paper around it; None where it was not found."""
    if value.box is None:
        return None
    pad_x, pad_y = max(20, value.box.width // 6), max(12, value.box.height // 2)
    left, top = max(0, value.box.left - pad_x), max(0, value.box.top - pad_y)
    right = min(width, value.box.left + value.box.width + pad_x)
    bottom = min(height, value.box.top + value.box.height + pad_y)
    return Box(left, top, max(1, right - left), max(1, bottom - top))


def page_of(stack: Stack, page_id: int) -> ScannedPage | None:
    """Return a page of the stack."""
    return stack.pages.select_related("blob").filter(pk=page_id).first()


def stacks_of(dossier: Dossier) -> QuerySet[Stack]:
    """Return the open stacks of a dossier, the newest first."""
    return dossier.stacks.filter(closed_at__isnull=True).order_by("-pk")


def my_stacks(actor: Actor) -> list[Stack]:
    """Return the actor's own stacks that wait for them, the newest first."""
    found = Stack.objects.filter(opened_by_id=actor.account_id or 0, closed_at__isnull=True)
    return list(found.select_related("dossier__procedure", "dossier__owner").order_by("-pk")[:_RECENT])


def my_papers(actor: Actor) -> list[DigitisedPaper]:
    """Return what the actor digitised last."""
    found = DigitisedPaper.objects.filter(digitised_by_id=actor.account_id or 0)
    return list(found.select_related("dossier", "attachment").order_by("-pk")[:_RECENT])


def papers_of(dossier: Dossier) -> list[DigitisedPaper]:
    """Return the digitised papers of a dossier, the newest first."""
    return list(dossier.digitised_papers.select_related("attachment", "component").order_by("-pk"))


def next_versions(dossier: Dossier, numbers: Iterable[str]) -> dict[str, int]:
    """Return for each number which version the next paper of it is."""
    versions = dict.fromkeys(numbers, 1)
    for number, version in dossier.digitised_papers.filter(number__in=list(versions)).values_list("number", "version"):
        versions[number] = max(versions[number], version + 1)
    return versions


def signature_demanded(dossier: Dossier) -> bool:
    """Return whether who digitises for this dossier must sign; without a rule they must (TT 01/2023/TT-VPCP)."""
    agency_id = unit(dossier.desk_id).agency_id
    rules = DigitisingRule.objects.filter(Q(agency_id=agency_id) | Q(agency__isnull=True), until__isnull=True)
    found = sorted(rules, key=lambda one: one.agency_id is None)
    return found[0].demands_signature if found else True


def standing_rule(agency_id: int | None) -> DigitisingRule | None:
    """Return the rule in force for one agency (None: the one for all)."""
    return DigitisingRule.objects.filter(agency_id=agency_id, until__isnull=True).first()


def waiting_since(at: datetime) -> QuerySet[Stack]:
    """Return the stacks that nobody confirmed and that were opened before `at`."""
    return Stack.objects.filter(closed_at__isnull=True, opened_at__lt=at).exclude(state=StackState.READING)


def kept_pages(stack: Stack) -> int:
    """Return how many pages of the stack are pages of papers."""
    return stack.pages.filter(is_dropped=False, kind=PageKind.PAGE).count()
