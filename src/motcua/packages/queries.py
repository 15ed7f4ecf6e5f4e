"""How a package stands to what the catalogue holds already, and definitions to be packed."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.errors import NotFound, Problem
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.terms import Definition


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a package stands. `number`: of the version that says the same (0: none does).

    `in_force`, `in_draft`: the version open without end, or the draft, says the same; `replaced_on`: the version that
    says the same was replaced on that day; `reviewed_later_on`: what holds was held against the law later.
    """

    number: int = 0
    in_force: bool = False
    in_draft: bool = False
    replaced_on: date | None = None
    reviewed_later_on: date | None = None

    def says_so(self, *, publish: bool) -> bool:
        """Whether nothing is left to do: it holds already, or only a draft is wanted and is there."""
        return self.in_force or (self.in_draft and not publish)


def standing_of(definition: Definition) -> Standing:
    """Compare a package with every version of its procedure."""
    wanted = definition.as_json()
    versions = list(ProcedureVersion.objects.filter(procedure__code=definition.code).order_by("-number"))
    same = next((one for one in versions if one.content.as_json() == wanted), None)
    open_one = next((one for one in versions if one.published_at is not None and one.valid_to is None), None)
    if same is None:
        return Standing(reviewed_later_on=_later(open_one, definition))
    if same.published_at is None:
        return Standing(same.number, in_draft=True, reviewed_later_on=_later(open_one, definition))
    if same.valid_to is None:
        return Standing(same.number, in_force=True)
    return Standing(same.number, replaced_on=same.valid_to)


def _later(open_one: ProcedureVersion | None, definition: Definition) -> date | None:
    if open_one is None or definition.reviewed_on is None:
        return None
    day = open_one.content.reviewed_on
    return day if day is not None and day > definition.reviewed_on else None


def definition_named(name: str) -> Definition:
    """Return what "1.001193" says now, or in its version of that number: "1.001193@3"; drafts have a number too.

    Without a number: the version published last, else the draft. Raises NotFound.
    """
    code, _, number = name.partition("@")
    versions = ProcedureVersion.objects.filter(procedure__code=code)
    if number:
        versions = versions.filter(number=int(number) if number.isdigit() else 0)
    published = versions.filter(published_at__isnull=False).order_by("-number").first()
    found = published or versions.order_by("-number").first()
    if found is None:
        what = f"phiên bản {number} của thủ tục {code}" if number else f"thủ tục {code}"
        raise NotFound(Problem("no_version", f"Trong danh mục không có {what}."))
    return found.content
