"""The frame beside a dossier, one paper at a time; the label for its folder."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.dossiers.access import get_visible_by_code, sees_whole
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.label import label_of
from motcua.dossiers.queries.pages import parts_of
from motcua.files.web.download import content_disposition
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.desk.shell import actor_of
from motcua.sites.desk.story import Sheet, sheets_of
from motcua.sites.desk.views.consulted import papers_only
from motcua.sites.office.purpose import purpose_needed

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_TURNS = (0, 90, 180, 270)


@require_safe
def look(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/xem/?xem=<sheet>&co=<percent>&xoay=<degrees>`: a paper in the frame.

    The frame has its own links: the paper before and after, larger, smaller, turned; only the paper shown is loaded.
    """
    found = get_visible_by_code(actor_of(request), code)
    if way := purpose_needed(request, found, timezone.now(), whole=True):
        return way
    parts = parts_of(found, with_moves=False)
    papers, files = sheets_of(found, parts if sees_whole(actor_of(request), found) else papers_only(parts))
    sheets, asked = [*files, *papers], request.GET.get("xem", "")
    place = next((number for number, sheet in enumerate(sheets) if sheet.key == asked), 0)
    if not sheets:
        raise NotFound(Problem("no_paper", "Hồ sơ không có giấy tờ này."))
    zoom, turn = _one_of(request.GET.get("co", ""), ZOOMS, 100), _one_of(request.GET.get("xoay", ""), _TURNS, 0)
    step = ZOOMS.index(zoom)
    sheet = sheets[place]
    context = {
        "sheet": sheet,
        "is_image": sheet.is_image,
        "place": place + 1,
        "total": len(sheets),
        "zoom": zoom,
        "turn": turn,
        "before": _at(found, sheets[place - 1]) if place else "",
        "after": _at(found, sheets[place + 1]) if place + 1 < len(sheets) else "",
        "smaller": _at(found, sheet, co=ZOOMS[max(0, step - 1)], xoay=turn),
        "larger": _at(found, sheet, co=ZOOMS[min(len(ZOOMS) - 1, step + 1)], xoay=turn),
        "turned": _at(found, sheet, co=zoom, xoay=(turn + 90) % 360),
    }
    response = render(request, "desk/look.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _one_of(text: str, known: tuple[int, ...], other: int) -> int:
    return int(text) if text.isdecimal() and text.isascii() and int(text[:4]) in known else other


def _at(dossier: Dossier, sheet: Sheet, **how: int) -> str:
    return f"{reverse('desk:look', args=[dossier.code])}?{urlencode({'xem': sheet.key, **how})}"


@require_safe
def label(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/nhan.pdf`: the label for the folder, 50 × 30 mm."""
    at = timezone.now()
    found = get_visible_by_code(actor_of(request), code)
    response = HttpResponse(label_of(found, at=at), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(f"nhan-{found.code}.pdf", inline=True)
    response["Cache-Control"] = "private, no-store"
    return response
