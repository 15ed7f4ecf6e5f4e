"""The catalogue as its administrator sees it: how ready each procedure is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models import TextField as Text
from django.db.models.functions import Cast, Coalesce

from motcua.agencies.models.span import holds_on
from motcua.kernel.paging import Page, decode_cursor, encode_cursor
from motcua.kernel.text import fold
from motcua.procedures.models import Offering, Procedure, ProcedureVersion

PAGE_SIZE: Final = 40

#: State in the address → its words.
STATES: Final = {
    "": "Tất cả",
    "tiep-nhan": "Đang tiếp nhận",
    "chua-noi-nao": "Chưa nơi nào tiếp nhận",
    "ban-thao": "Có bản thảo",
    "ra-soat": "Có số liệu cần rà soát",
    "het-hieu-luc": "Không còn hiệu lực",
}
_CONDITIONS: Final = {
    "": Q(),
    "tiep-nhan": Q(in_force=True, places__gt=0),
    "chua-noi-nao": Q(in_force=True, places=0),
    "ban-thao": Q(has_draft=True),
    "ra-soat": Q(in_force=True, doubtful=True),
    "het-hieu-luc": Q(in_force=False, has_draft=False),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure of the list: whether it holds, where it is taken, what is missing."""

    code: str
    name: str
    domain: str
    level: str
    in_force: bool
    has_draft: bool
    doubtful: bool
    places: int


def catalogue(on: date) -> QuerySet[Procedure]:
    """Return every procedure with `in_force`, `has_draft`, `doubtful` and `places` on that day."""
    versions = ProcedureVersion.objects.filter(procedure=OuterRef("pk"))
    holding = versions.filter(holds_on(on), published_at__isnull=False)
    told = holding.annotate(text=Cast("definition", Text())).filter(text__contains='"unverified": true')
    offered = Offering.objects.filter(holds_on(on), procedure=OuterRef("pk")).order_by().values("procedure")
    places = Subquery(offered.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    holds = ExpressionWrapper(Q(is_listed=True) & Exists(holding), output_field=BooleanField())
    return Procedure.objects.annotate(
        in_force=holds,
        has_draft=Exists(versions.filter(published_at__isnull=True)),
        doubtful=Exists(told),
        places=Coalesce(places, 0),
    )


def counts(on: date) -> dict[str, int]:
    """Return how many procedures are in each state (one query)."""
    wanted = {f"n{number}": Count("pk", filter=_CONDITIONS[state]) for number, state in enumerate(STATES)}
    found = catalogue(on).aggregate(**wanted)
    return {state: found[f"n{number}"] for number, state in enumerate(STATES)}


def page_of(on: date, *, text: str, state: str, domain: str, cursor: str) -> Page[Row]:
    """Return a page of the procedures that fit, by code (one query); raises Invalid for a cursor not ours."""
    found = catalogue(on).filter(_CONDITIONS.get(state, Q()))
    if domain:
        found = found.filter(domain__code=domain)
    for word in fold(text).split():
        named = ProcedureVersion.objects.filter(procedure=OuterRef("pk"), name_fold__contains=word)
        found = found.filter(Q(code__startswith=word) | Exists(named))
    if cursor:
        found = found.filter(code__gt=str(decode_cursor(cursor, length=1)[0]))
    columns = ("code", "name", "domain__name", "level", "in_force", "has_draft", "doubtful", "places")
    rows: Sequence[Row] = [Row(*values) for values in found.order_by("code").values_list(*columns)[: PAGE_SIZE + 1]]
    more = encode_cursor([rows[PAGE_SIZE - 1].code]) if len(rows) > PAGE_SIZE else ""
    return Page(rows[:PAGE_SIZE], more)
