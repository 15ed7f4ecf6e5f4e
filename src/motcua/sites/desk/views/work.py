"""Lists: my work, what waits for approval, search; as pages, on paper, as Excel files."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers.actions.export_list import may_export_people, note_export
from motcua.dossiers.queries.finding import find, found_by
from motcua.dossiers.queries.narrowing import Due, Wanted
from motcua.dossiers.queries.saved import saved_lists
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.rules.codes import looks_like_code
from motcua.dossiers.terms import Act, Status
from motcua.files.web.download import content_disposition
from motcua.identity.terms import Actor
from motcua.sites.desk import filters
from motcua.sites.desk.exporting import MOST_ROWS, excel_of
from motcua.sites.desk.forms.registry import SLUGS
from motcua.sites.desk.rows import rows_of
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.thread import Link
from motcua.sites.office.sheets import XLSX

PRINTED_ROWS = 500
_IN_BATCHES = {
    Box.RECEIVE: Act.RECEIVE,
    Box.FORWARD: Act.FORWARD,
    Box.ASSIGN: Act.ASSIGN,
    Box.APPROVE: Act.APPROVE,
    Box.SEAL: Act.SEAL,
    Box.DELIVER: Act.DELIVER,
}


@dataclass(frozen=True)
class Listing:
    """The list that an address asks for: box, filters, order."""

    work: Work
    box: Box
    wanted: Wanted
    sort: str
    query: str

    @classmethod
    def asked(cls, request: HttpRequest, at: datetime) -> "Listing":
        """Return the list; an unknown box is all work."""
        work, name = Work(actor_of(request), at), request.GET.get(filters.BOX, "")
        box = Box(name) if name in work.boxes() else Box.ALL
        sort = request.GET.get(filters.SORT, "")
        return cls(work, box, filters.wanted_of(request), sort, filters.list_query(request.GET))

    @property
    def title(self) -> str:
        """What stands above the list on paper and in the file."""
        return f"Việc của tôi: {self.box.label}" + ("" if self.wanted.is_empty else " (có lọc)")


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/`: everything this officer may act on, the most urgent first.

    `?loc=` narrows to one box, the other filters are those of `filters.NAMES`; without any the officer's first list
    opens.
    """
    at, actor = timezone.now(), actor_of(request)
    saved = saved_lists(actor)
    mine = [one for one in saved if one.owner_id == actor.account_id]
    first = next((one for one in mine if one.is_default), None)
    if first is not None and not request.GET:
        return HttpResponseRedirect(f"{request.path}?{first.query or 'loc=tat-ca'}")
    asked = Listing.asked(request, at)
    counts = asked.work.counts()
    page = asked.work.page(asked.box, asked.wanted, sort=asked.sort, cursor=request.GET.get(filters.PAGE, ""))
    context = {
        "asked": asked,
        "boxes": _boxes(asked, counts),
        "rows": rows_of(page.rows, at),
        "next_url": filters.with_page(request, page.next_cursor),
        "overdue": counts[Box.OVERDUE],
        "saved": [Link(one.name, f"{request.path}?{one.query}", one.query == asked.query) for one in saved],
        "may_people": may_export_people(actor),
        "batches": _batches(asked),
        "at": at,
        **_filters(asked, actor),
    }
    return desk_page(request, "desk/work.html", context)


def _filters(asked: Listing, actor: Actor) -> dict[str, Any]:
    selects = filters.selects_of(asked.wanted, actor, asked.work.kinds(), asked.work.holders())
    return {
        "selects": selects,
        "chosen": [one for one in selects if one.chosen],
        "sorts": filters.sorts(),
        "is_narrowed": not asked.wanted.is_empty,
    }


def _batches(asked: Listing) -> list[Link]:
    """Return the acts that the chosen dossiers can be taken to, those of this box alone when it is one of them."""
    boxes = [asked.box] if asked.box in _IN_BATCHES else [box for box in asked.work.boxes() if box in _IN_BATCHES]
    return [Link(_IN_BATCHES[box].label, reverse("desk:batch", args=[SLUGS[_IN_BATCHES[box]]])) for box in boxes]


def _boxes(asked: Listing, counts: dict[Box, int]) -> list[Link]:
    at = reverse("desk:home")
    return [
        Link(one.label, f"{at}?{filters.BOX}={one}", one == asked.box, counts[one], alarm=one == Box.OVERDUE)
        for one in asked.work.boxes()
    ]


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/danh-sach/in/`: the list as a sheet to print, at most `PRINTED_ROWS` dossiers."""
    at = timezone.now()
    asked = Listing.asked(request, at)
    page = asked.work.page(asked.box, asked.wanted, sort=asked.sort, limit=PRINTED_ROWS)
    context = {"asked": asked, "rows": rows_of(page.rows, at), "at": at, "is_cut": bool(page.next_cursor)}
    return desk_page(request, "desk/work_print.html", context)


@require_POST
def export(request: HttpRequest) -> FileResponse:
    """`POST /mot-cua/danh-sach.xlsx?…`: the list as an Excel file; `people=1` with numbers, phones, addresses."""
    at, actor = timezone.now(), actor_of(request)
    asked = Listing.asked(request, at)
    people = request.POST.get("people") == "1"
    note_export(actor=actor, what="work", query=asked.query, people=people, at=at)
    return _excel(excel_of(asked.title, asked.work.listing(asked.box, asked.wanted, sort=asked.sort), people=people))


@require_POST
def export_found(request: HttpRequest) -> FileResponse:
    """`POST /mot-cua/tim.xlsx?…`: what a search found as an Excel file."""
    at, actor, wanted = timezone.now(), actor_of(request), filters.wanted_of(request)
    people = request.POST.get("people") == "1"
    note_export(actor=actor, what="search", query=filters.list_query(request.GET), people=people, at=at)
    return _excel(excel_of("Kết quả tìm hồ sơ", found_by(actor, wanted, at=at), people=people))


def _excel(file: Any) -> FileResponse:
    response = FileResponse(file, content_type=XLSX)
    name = f"Danh sách hồ sơ {timezone.localtime():%d-%m-%Y %Hh%M}.xlsx"
    response["Content-Disposition"] = content_disposition(name, inline=False)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/tim/?q=`: dossiers this officer may see, by code, name, phone or identity number."""
    at, actor, wanted = timezone.now(), actor_of(request), filters.wanted_of(request)
    page = find(actor, wanted, at=at, cursor=request.GET.get(filters.PAGE, "")) if not wanted.is_empty else None
    if page and len(page.rows) == 1 and looks_like_code(wanted.text):
        return HttpResponseRedirect(reverse("desk:dossier", args=[page.rows[0].code]))
    context = {
        "wanted": wanted,
        "asked": page is not None,
        "rows": rows_of(page.rows, at) if page else [],
        "next_url": filters.with_page(request, page.next_cursor) if page else "",
        "query": filters.list_query(request.GET),
        "statuses": Status.choices,
        "dues": Due.choices,
        "units": filters.units_of(actor),
        "may_people": may_export_people(actor),
        "most_rows": MOST_ROWS,
    }
    return desk_page(request, "desk/find.html", context)
