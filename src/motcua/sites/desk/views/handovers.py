"""Bàn giao: what came to my units and nobody has taken over, what they gave today; many at once, and on paper."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import unit
from motcua.agencies.terms import Right
from motcua.dossiers.actions.take_over import take_over
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.handovers import Handover, given_rows, waiting_rows
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError
from motcua.sites.desk.shell import actor_of, desk_page

_WORKING = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)


@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: HttpRequest) -> HttpResponse:
    """`GET` and `POST /mot-cua/ban-giao/`: tick what arrived and confirm it; below, what was given today."""
    at, actor = timezone.now(), actor_of(request)
    units = _units(actor)
    if request.method == "POST":
        _take_over(request, actor, at)
        return HttpResponseRedirect(reverse("desk:handovers"))
    context = {
        "waiting": waiting_rows(units),
        "given": given_rows(units, at=at),
        "places": [unit(unit_id).name for unit_id in sorted(units)],
        "several": len(units) > 1,
    }
    return desk_page(request, "desk/handovers.html", context)


@require_safe
def handover_list(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/ban-giao/danh-sach/`: what was given today, by the unit it went to, to be signed on paper."""
    at, actor = timezone.now(), actor_of(request)
    return desk_page(request, "desk/handover_list.html", {"lists": lists_of_day(actor, at), "day": at})


def lists_of_day(actor: Actor, at: datetime) -> list[tuple[tuple[str, str], list[Handover]]]:
    """Return what the units of this officer gave on the day of `at`, one list for each way from unit to unit."""
    rows = given_rows(_units(actor), at=at)
    ways = sorted({(row.from_unit, row.to_unit) for row in rows})
    return [(way, [row for row in rows if (row.from_unit, row.to_unit) == way]) for way in ways]


def _units(actor: Actor) -> set[int]:
    return {unit_id for right in _WORKING for unit_id in actor.units_with(right)}


def _take_over(request: HttpRequest, actor: Actor, at: datetime) -> None:
    """Take over each that was ticked; one that was taken meanwhile hinders none of the others."""
    codes = request.POST.getlist("code")[:500]
    found = dict(Dossier.objects.filter(code__in=codes).values_list("code", "pk"))
    done = 0
    for code in codes:
        if code not in found:
            continue
        try:
            take_over(actor=actor, dossier_id=found[code], at=at)
        except MotCuaError as refusal:
            messages.warning(request, f"{code}: {refusal.problems[-1].message}")
        else:
            done += 1
    if done:
        messages.success(request, f"Đã nhận bàn giao {done} hồ sơ.")
    elif not codes:
        messages.warning(request, "Chưa chọn hồ sơ nào.")
