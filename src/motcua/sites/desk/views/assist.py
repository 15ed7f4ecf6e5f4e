"""Helping people at the counter to hand in online; how many were helped, by whom; how many one helper may have."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import UnitInfo, desks_on
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.limit_helpers import limit_helpers, may_limit
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.assistance import assisted_counts, brokers, limits_at
from motcua.dossiers.rules.helping import Limit
from motcua.dossiers.terms import Source
from motcua.files.web.uploads import problems_of_upload
from motcua.identity.terms import Actor
from motcua.journal.idempotency import Reply, once
from motcua.kernel.errors import Invalid, MotCuaError, NotPermitted, Problem
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import current_version
from motcua.sites.desk.forms.assist import AssistForm
from motcua.sites.desk.forms.limits import LimitForm
from motcua.sites.desk.shell import actor_of, desk_page, nav_of
from motcua.sites.desk.views.intake import counter_of, filled
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to, day_label

_methods = require_http_methods(["GET", "HEAD", "POST"])
_SPAN = timedelta(days=30)


@_methods
def assist(request: HttpRequest, code: str) -> HttpResponse:
    """`GET` and `POST /mot-cua/ho-tro/<procedure>/`: hand in online for somebody who agrees to it."""
    at, actor = timezone.now(), actor_of(request)
    version = current_version(code, at)
    counter = counter_of(actor, version, at)
    if request.method != "POST":
        return _page(request, version, AssistForm(counter, actor, at))
    if problems := problems_of_upload(request):
        raise Invalid(problems)
    fill, pressed = request.POST.get("fill", ""), request.POST.get("go", "")
    if fill or pressed:
        data, wrong = filled(request.POST, fill)
        form = AssistForm(counter, actor, at, data, request.FILES)
        form.press(pressed)
        form.forget_errors(wrong)
        return _page(request, version, form)
    return _submit(request, version, AssistForm(counter, actor, at, request.POST, request.FILES))


def _submit(request: HttpRequest, version: ProcedureVersion, form: AssistForm) -> HttpResponse:
    status = Invalid.status
    if form.is_valid():
        try:
            reply = _once(form)
        except MotCuaError as refusal:
            form.take(refusal.problems)
            status = refusal.status
        else:
            messages.success(request, "Đã nộp thay người dân; hồ sơ chờ tiếp nhận như mọi hồ sơ trực tuyến.")
            return HttpResponseRedirect(reply.location)
    return _page(request, version, form, status=status)


def _once(form: AssistForm) -> Reply:
    def perform() -> Reply:
        return Reply(303, location=reverse("desk:dossier", args=[form.perform().code]))

    return once(
        scope=f"desk:{form.actor.account_id}",
        key=form.cleaned_data["key"],
        fingerprint=form.fingerprint("assist", form.counter.definition.code),
        act=perform,
    )


def _page(request: HttpRequest, version: ProcedureVersion, form: AssistForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "version": version,
        "definition": form.counter.definition,
        "action": reverse("desk:assist_form", args=[version.procedure.code]),
    }
    return desk_page(request, "desk/assist.html", context, status=status)


@require_safe
def helpers(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/nop-thay/`: dossiers typed for people in the last 30 days, and the limits of helpers.

    Leaders see everybody at their desks, others what they typed themselves.
    """
    actor, at = actor_of(request), timezone.now()
    today = timezone.localdate(at)
    desks = _led_desks(actor, at)
    since = datetime.combine(today - _SPAN, time.min, VIET_NAM)
    found = _of(actor, desks)
    names = {desk.id: desk.name for desk in desks}
    limits = limits_at([desk.id for desk in desks], on=today)
    context = {
        "since": since,
        "assisted": assisted_counts(found, since=since, until=at),
        "brokers": brokers(found, since=since, until=at) if desks else [],
        "limits": [(names[desk_id], source.label, limit) for desk_id, source, limit in limits],
        "leads": bool(desks),
    }
    return desk_page(request, "desk/filings.html", context)


def _of(actor: Actor, desks: list[UnitInfo]) -> QuerySet[Dossier]:
    if desks:
        return Dossier.objects.filter(desk_id__in=[desk.id for desk in desks])
    return Dossier.objects.filter(assisted_by_id=actor.account_id)


def _led_desks(actor: Actor, at: datetime) -> list[UnitInfo]:
    if not (actor.units_with(Right.LEAD_DIVISION) or actor.agencies_with(Right.LEAD_AGENCY)):
        return []
    return [desk for desk in desks_on(timezone.localdate(at)) if may_limit(actor, desk.id)]


@_methods
def limit(request: HttpRequest) -> HttpResponse:
    """`GET, POST /mot-cua/nop-thay/han-muc/`: how many one helper may have at a desk, from a day on."""
    actor, at = actor_of(request), timezone.now()
    desks = _led_desks(actor, at)
    if not desks:
        message = "Chỉ lãnh đạo Bộ phận Một cửa hoặc của cơ quan được đặt hạn mức nộp thay."
        raise NotPermitted(Problem("not_leader", message))
    choices = [(desk.id, desk.name) for desk in desks]
    form = LimitForm(choices, initial={"on": day_label(timezone.localdate(at))}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        limit_helpers(
            actor=actor,
            desk_id=int(said["desk"]),
            source=Source(said["source"]),
            limit=Limit(said["most_a_day"], said["most_open"]),
            on=said["on"],
            at=timezone.now(),
            reason=said["reason"],
        )
        return Done("Đã đặt hạn mức.", reverse("desk:helpers"))

    frame = Frame(
        "Đặt hạn mức nộp thay",
        "Đặt hạn mức",
        [Link("Nộp thay", reverse("desk:helpers"))],
        "Hạn mức áp dụng cho mỗi người nộp thay tại quầy, từ ngày ghi dưới đây.",
        template="desk/delegations/form.html",
        more={"desk_nav": nav_of(request)},
    )
    return form_page(request, form, act, frame)
