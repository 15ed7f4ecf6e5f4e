"""Chứng thực nhanh: take in, give numbers, give back; each with one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.queries import unit
from motcua.agencies.terms import Right
from motcua.certification.actions.collect_and_give import collect_and_give
from motcua.certification.actions.take_in_copies import take_in_copies
from motcua.certification.queries import entries_of, ready_to_give
from motcua.dossiers.access import get_visible_by_code
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError, NotPermitted, Problem
from motcua.sites.desk.forms.certified import CertifiedForm
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.office.acting import Done, try_act
from motcua.sites.office.forms import bound_to


@require_http_methods(["GET", "HEAD", "POST"])
def certified(request: HttpRequest) -> HttpResponse:
    """`GET` and `POST /mot-cua/chung-thuc/`: name once, a row a paper, one press; below: what is ready to be given.

    `fill=fee` only adds the fee up.
    """
    actor, at = actor_of(request), timezone.now()
    desk_id = _desk_of(actor)
    form, status = CertifiedForm(**bound_to(request)), 200
    asked = request.POST.get("fill") == "fee"
    if request.method == "POST" and not asked:

        def perform() -> Done:
            dossier, _ = take_in_copies(
                actor=actor, agency_id=unit(desk_id).agency_id, desk_id=desk_id, copies=form.copies(), at=at
            )
            return Done("", reverse("desk:certified_done", args=[dossier.code]))

        answer, status = try_act(request, form, perform)
        if answer is not None:
            return answer
    context = {"form": form, "fee": form.fee if asked else None, "ready": ready_to_give([desk_id])}
    return desk_page(request, "desk/certified.html", context, status=status)


@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/chung-thuc/<code>/`: numbers and fee; receipt and label to print; Enter goes on to the next one."""
    found = get_visible_by_code(actor_of(request), code)
    entries = entries_of(found)
    paper = found.papers.order_by("pk").last()
    context = {
        "dossier": found,
        "entries": entries,
        "fee": sum(entry.fee for entry in entries),
        "paper": paper,
        "why": found.due_working.get("text", ""),
    }
    return desk_page(request, "desk/certified_done.html", context)


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """`POST /mot-cua/chung-thuc/tra/`: give the copies back; a second press changes nothing.

    `thu`: what is owed is taken in cash with it, into the open shift.
    """
    actor, at = actor_of(request), timezone.now()
    found = get_visible_by_code(actor, request.POST.get("code", ""))
    try:
        collect_and_give(actor=actor, dossier_id=found.pk, at=at, collects="thu" in request.POST)
    except MotCuaError as refusal:
        messages.warning(request, " ".join(problem.message for problem in refusal.problems))
    else:
        messages.success(request, f"Đã trả {found.code} cho {found.submitter.name}.")
    answer = HttpResponseRedirect(reverse("desk:certified"))
    answer.status_code = 303
    return answer


def _desk_of(actor: Actor) -> int:
    desks = sorted(one for one in actor.units_with(Right.RECEIVE) if unit(one).is_desk)
    if not desks:
        raise NotPermitted(Problem("no_desk", "Bạn không có vị trí tiếp nhận tại Bộ phận Một cửa nào."))
    return desks[0]
