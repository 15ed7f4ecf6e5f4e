"""Which page belongs to which paper, from the separator sheets of a stack."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from motcua.scanning.terms import PageKind, SheetMark


@dataclass(frozen=True, slots=True)
class Laid:
    """A page of the stack in its order: what it is, the mark when it is a separator sheet."""

    id: int
    kind: PageKind
    mark: SheetMark | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a page goes: the component's key, "" where no separator says so; `is_dropped` leaves it out."""

    id: int
    component_key: str
    is_dropped: bool


def placed(pages: Iterable[Laid], *, dossier_code: str, components: Collection[str]) -> Iterator[Placed]:
    """Yield the place of every page. Separators and blank pages are left out; pages before the first separator, or
    behind one of another dossier, have no place yet; with one component only, everything is of that one."""
    only = next(iter(components)) if len(components) == 1 else ""
    current = only
    for page in pages:
        if page.mark is not None:
            fits = page.mark.dossier_code == dossier_code and page.mark.component_key in components
            current = page.mark.component_key if fits else ""
        yield Placed(page.id, current, page.kind is not PageKind.PAGE)


def foreign_marks(pages: Iterable[Laid], *, dossier_code: str) -> list[str]:
    """Return the codes of other dossiers whose separator sheets lie in the stack, each once."""
    codes = (page.mark.dossier_code for page in pages if page.mark is not None)
    return list(dict.fromkeys(code for code in codes if code != dossier_code))
