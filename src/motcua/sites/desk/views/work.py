"""Lists: my work, what waits for approval, search."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.queries import units_on
from motcua.agencies.terms import Right
from motcua.dossiers.models import DraftResult
from motcua.dossiers.queries.finding import Due, Wanted, find
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.rules.codes import looks_like_code
from motcua.dossiers.terms import Status
from motcua.identity.terms import Actor
from motcua.sites.desk.rows import rows_of
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.thread import Link


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/`: everything this officer may act on, the most urgent first; `?loc=` narrows to one box."""
    at, actor = timezone.now(), actor_of(request)
    mine = Work(actor, at)
    wanted = request.GET.get("loc", "")
    box = Box(wanted) if wanted in mine.boxes() else Box.ALL
    counts, page = mine.counts(), mine.page(box, cursor=request.GET.get("sau", ""))
    context = {
        "box": box,
        "filters": _filters(mine, counts, box),
        "rows": rows_of(page.rows, at),
        "next_url": _next(request, page.next_cursor),
        "overdue": counts[Box.OVERDUE],
        "posts": actor.postings,
    }
    return desk_page(request, "desk/work.html", context)


def _filters(mine: Work, counts: dict[Box, int], box: Box) -> list[Link]:
    at = reverse("desk:home")
    return [
        Link(one.label, f"{at}?loc={one}" if one != Box.ALL else at, one == box, counts[one]) for one in mine.boxes()
    ]


def _next(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["sau"] = cursor
    return f"{request.path}?{query.urlencode()}"


@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/phe-duyet/`: what waits for this leader, with what is proposed and how it stands."""
    at = timezone.now()
    page = Work(actor_of(request), at).page(Box.APPROVE, cursor=request.GET.get("sau", ""))
    drafts = {
        draft.dossier_id: draft
        for draft in DraftResult.objects.filter(dossier__in=[one.pk for one in page.rows]).order_by("number")
    }
    rows = [(row, drafts.get(row.dossier.pk)) for row in rows_of(page.rows, at)]
    return desk_page(request, "desk/approvals.html", {"rows": rows, "next_url": _next(request, page.next_cursor)})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/tim/?q=`: dossiers this officer may see, by code, name, phone or identity number."""
    at, actor, wanted = timezone.now(), actor_of(request), _wanted(request)
    page = find(actor, wanted, at=at, cursor=request.GET.get("sau", "")) if not wanted.is_empty else None
    context = {
        "wanted": wanted,
        "asked": page is not None,
        "rows": rows_of(page.rows, at) if page else [],
        "is_code": looks_like_code(wanted.text),
        "next_url": _next(request, page.next_cursor) if page else "",
        "statuses": Status.choices,
        "dues": Due.choices,
        "units": _units_of(actor),
    }
    return desk_page(request, "desk/find.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    status, unit_id = asked.get("trang-thai", ""), asked.get("don-vi", "")
    return Wanted(
        text=asked.get("q", "")[:200],
        status=int(status) if status.isdecimal() and int(status) in Status.values else None,
        unit_id=int(unit_id) if unit_id.isdecimal() else None,
        due=asked.get("han", ""),
    )


def _units_of(actor: Actor) -> list[tuple[int, str]]:
    agencies = {agency for right in Right if right != Right.ADMIN for agency in actor.agencies_with(right)}
    found = [(unit.id, unit.name) for unit in units_on(timezone.localdate()) if unit.agency_id in agencies]
    return sorted(found, key=lambda pair: pair[1])
