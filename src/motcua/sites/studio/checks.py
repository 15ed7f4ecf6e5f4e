"""Everything that is wrong with a draft, each with the page on which it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from motcua.deadlines.queries import calendar_of
from motcua.forms.queries import places
from motcua.kernel.errors import Problem
from motcua.packages.rules.checker import problems_in_package, warnings_in_package
from motcua.packages.rules.testing import TestOutcome, run_tests
from motcua.procedures.terms import Definition

#: First word of a problem's field → the list of the studio, and the attribute whose keys are named.
_KEYED = {"cases": "truong-hop", "components": "giay-to", "steps": "buoc", "papers": "van-ban", "tests": "bai-thu"}
_PAGES = {
    "cases": "truong-hop",
    "components": "giay-to",
    "results": "ket-qua",
    "legal_basis": "can-cu",
    "form": "bieu-mau",
    "pages": "bieu-mau",
    "checks": "bieu-mau",
    "steps": "quy-trinh",
    "papers": "van-ban",
    "linked": "lien-thong",
    "tests": "bai-thu",
}
_LISTS = {"pages": "trang", "fields": "cau-hoi", "columns": "cot", "checks": "rang-buoc"}


@dataclass(frozen=True, slots=True)
class Found:
    """A problem or a warning, and where it is mended."""

    message: str
    url: str


def problems_of(definition: Definition) -> list[Problem]:
    """Return everything that forbids publishing the definition."""
    return problems_in_package(definition)


def warnings_of(definition: Definition) -> list[Problem]:
    """Return what should be looked at again."""
    return warnings_in_package(definition)


def obstacles_of(definition: Definition) -> list[Problem]:
    """Return what keeps a draft from being published: its problems, and tests of its own that fail."""
    found = problems_of(definition)
    outcomes = run_tests(definition, calendar=calendar_of(), places=places()) if definition.tests else ()
    failed = [one for one in outcomes if not one.passed]
    return [*found, *(_failed(one) for one in failed)]


def _failed(outcome: TestOutcome) -> Problem:
    said = "; ".join(finding.text for finding in outcome.findings)
    return Problem("test_failed", f"Bài thử “{outcome.name}” không đạt. {said}.", f"tests.{outcome.key}")


def placed(definition: Definition, problems: Sequence[Problem]) -> list[Found]:
    """Return problems with the address of the page where each is mended."""
    return [Found(one.message, url_of(definition, one.field)) for one in problems]


def url_of(definition: Definition, field: str) -> str:
    """Return the page of the studio that a problem's field belongs to."""
    code, parts = definition.code, [part for part in field.split(".") if part]
    if parts[:1] == ["form"] and len(parts) > 1:
        parts = parts[1:]
    head = parts[0] if parts else ""
    if head in {"pages", "checks"} and len(parts) > 1:
        return reverse("studio:item", args=[code, "/".join(_path(parts))])
    if head in _KEYED and len(parts) > 1 and (index := _index(definition, head, parts[1])) is not None:
        return reverse("studio:item", args=[code, f"{_KEYED[head]}/{index}"])
    if head in _PAGES:
        return reverse("studio:part", args=[code, _PAGES[head]])
    if definition.form and definition.form.field(head):
        return reverse("studio:part", args=[code, "bieu-mau"])
    return reverse("studio:general", args=[code])


def _path(parts: Sequence[str]) -> Iterator[str]:
    """ "pages.0.fields.2.when" → trang, 0, cau-hoi, 2."""
    for name, number in zip(parts[::2], parts[1::2], strict=False):
        if name not in _LISTS or not number.isdigit():
            return
        yield from (_LISTS[name], number)


def _index(definition: Definition, head: str, key: str) -> int | None:
    if key.isdigit():
        return int(key)
    found = (number for number, one in enumerate(getattr(definition, head)) if one.key == key)
    return next(found, None)
