"""GET /agencies: the units of a day."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from motcua.agencies.directory import UnitInfo
from motcua.agencies.queries import search_units, unit
from motcua.agencies.terms import UnitKind
from motcua.kernel.paging import decode_cursor, encode_cursor

router = Router(tags=["Cơ quan, đơn vị"])
_PAGE = 100


class AgencyOut(Schema):
    """A unit. `agency_code` is root first; `code_is_provisional`: given by this installation, not by the State."""

    slug: str
    name: str
    short_name: str
    kind: UnitKind
    kind_label: str
    agency_code: str
    legacy_code: str
    code_is_provisional: bool
    parent: str | None
    agency: str
    territory_code: str | None
    is_desk: bool
    address: str
    phone: str
    valid_from: date
    valid_to: date | None


class AgenciesOut(Schema):
    """One page of units; `next_cursor` "" on the last."""

    items: list[AgencyOut]
    next_cursor: str


class AgenciesIn(Schema):
    """What to look for: words of the name or code, a kind, a day (today), a page."""

    q: str = ""
    kind: UnitKind | None = None
    on: date | None = None
    cursor: str = ""
    limit: Annotated[int, Query(ge=1, le=500)] = _PAGE


@router.get("/agencies", response=AgenciesOut, url_name="agencies", summary="Danh sách cơ quan, đơn vị")
def list_agencies(request: HttpRequest, wanted: Query[AgenciesIn]) -> AgenciesOut:  # noqa: ARG001 (ninja's signature)
    """Các cơ quan, đơn vị đang tồn tại vào ngày hỏi, theo tên rút gọn."""
    after = decode_cursor(wanted.cursor, length=1)[0] if wanted.cursor else ""
    day = wanted.on or timezone.localdate()
    found = search_units(wanted.q, kind=wanted.kind, on=day, after=str(after), limit=wanted.limit + 1)
    page, more = found[: wanted.limit], len(found) > wanted.limit
    cursor = encode_cursor([page[-1].slug]) if more else ""
    return AgenciesOut(items=[_shown(one) for one in page], next_cursor=cursor)


def _shown(one: UnitInfo) -> AgencyOut:
    values = {name: getattr(one, name) for name in AgencyOut.model_fields if hasattr(one, name)}
    parent = unit(one.parent_id).slug if one.parent_id else None
    return AgencyOut(**values, kind_label=one.kind.label, parent=parent, agency=unit(one.agency_id).slug)
