"""Which pages make which paper, and what may be wrong with what the clerk confirms."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from motcua.forms.rules.patterns import safe_pattern
from motcua.kernel.checks import length_problems, personal_id_problems, tax_code_problems
from motcua.kernel.errors import Problem
from motcua.procedures.terms import ScanField

_LONGEST: Final = 300
_DAY = re.compile(r"([0-3]?[0-9])[/.-]([01]?[0-9])[/.-]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What of a page decides to which paper it belongs."""

    id: int
    component_key: str
    starts_paper: bool
    is_dropped: bool


@dataclass(frozen=True, slots=True)
class Grouped:
    """A paper of a component: `part` counts the papers of the same component from 0; the ids of its pages in order."""

    component_key: str
    part: int
    pages: tuple[int, ...]


def grouped(pages: Iterable[PageFacts], *, components: Sequence[str]) -> list[Grouped]:
    """Return the papers in the order of the components; dropped pages and those without a component are in none."""
    found: list[Grouped] = []
    kept = [page for page in pages if not page.is_dropped]
    for key in components:
        parts: list[list[int]] = []
        for page in (one for one in kept if one.component_key == key):
            if not parts or page.starts_paper:
                parts.append([])
            parts[-1].append(page.id)
        found += [Grouped(key, place, tuple(ids)) for place, ids in enumerate(parts)]
    return found


def homeless(pages: Iterable[PageFacts], *, components: Sequence[str]) -> list[int]:
    """Return the pages that are kept but belong to no component."""
    return [page.id for page in pages if not page.is_dropped and page.component_key not in components]


def field_name(paper: Grouped, key: str) -> str:
    """Return the name under which a value of a paper comes from a form."""
    return f"{paper.component_key}.{paper.part}.{key}"


def value_problems(
    paper: Grouped, fields: Sequence[ScanField], values: Mapping[str, str], *, name: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with the values of a paper as the clerk confirms them."""
    for field in fields:
        place, value = field_name(paper, field.key), values.get(field.key, "")
        if field.required and not value:
            yield Problem("required", f"{name}: chưa có «{field.label}».", place)
        elif value:
            yield from _shape_problems(field, value, place)


def _shape_problems(field: ScanField, value: str, place: str) -> Iterator[Problem]:
    yield from length_problems(value, longest=_LONGEST, label=field.label, field=place)
    if field.kind == "date" and day_of(value) is None:
        yield Problem("date", f"«{field.label}» phải là ngày có thật, dạng 20/11/2026.", place)
    elif field.kind == "personal_id":
        yield from personal_id_problems(value, field=place)
    elif field.kind == "tax_code":
        yield from tax_code_problems(value, field=place)
    if field.pattern and (wanted := safe_pattern(field.pattern)) is not None and wanted.fullmatch(value) is None:
        yield Problem("pattern", f"«{field.label}» không đúng dạng quy định; hãy so với ảnh bên cạnh.", place)


def day_of(value: str) -> date | None:
    """Return the day that is written as 20/11/2026; None for anything else."""
    found = _DAY.fullmatch(value.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
