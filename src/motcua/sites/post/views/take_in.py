"""Papers taken in at the post office: choose the procedure, one page, into the desk's list."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.papers.compose import tracking_url
from motcua.identity.models import Account
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem, RuleBroken
from motcua.land.rules.catalogue import land_codes
from motcua.postal.access import get_order
from motcua.postal.actions.take_in import take_in_at_post
from motcua.postal.terms import Direction
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.queries import current_version, offerings_of, search
from motcua.sites.kit.drawings import qr
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to
from motcua.sites.office.shell import office_page
from motcua.sites.post.take_in_form import PostIntakeForm


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """`GET /buu-chinh/nhan-ho-so/?q=`: land procedures first, any other by its words."""
    at, text = timezone.now(), request.GET.get("q", "")[:200]
    found = [(row.code, row.name) for row in search(text, at=at).rows] if text.strip() else _land()
    return office_page(request, "post/choose.html", {"q": text, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """`GET` and `POST /buu-chinh/nhan-ho-so/<procedure>/`: the whole dossier on one page."""
    actor, at = actor_in(request), timezone.now()
    version = current_version(code, at)
    agencies = _agencies(actor, version, at)
    form = PostIntakeForm(version.content, agencies, actor, at, **bound_to(request))
    office_id = min(actor.units_with(Right.POST_OFFICE))

    def perform() -> Done:
        phone = Account.objects.filter(pk=actor.known_id).values_list("phone", flat=True).first() or ""
        made = take_in_at_post(actor=actor, office_id=office_id, application=form.application(phone), at=at)
        order = made.postal_orders.get()
        return Done(f"Đã nhận hồ sơ {made.code}.", reverse("post:taken_in", args=[order.pk]))

    frame = Frame(
        title=version.procedure.name,
        button="Nhận hồ sơ",
        back=[Link("Nhận hồ sơ", reverse("post:take_in"))],
        template="post/take_in.html",
    )
    return form_page(request, form, perform, frame)


@require_safe
def taken_in(request: HttpRequest, order_id: int) -> HttpResponse:
    """`GET /buu-chinh/don/<id>/phieu/`: the slip for the citizen, with the one code that follows the dossier."""
    order = get_order(actor_in(request), order_id)
    if order.direction != Direction.PICK_UP or order.collected_at is None:
        raise NotFound(Problem("no_slip", "Bưu điện chưa nhận giấy tờ của hồ sơ này."))
    papers = [one for one in order.dossier.components.order_by("pk") if one.originals or one.copies]
    context = {"order": order, "dossier": order.dossier, "papers": papers, "qr": qr(tracking_url(order.dossier))}
    return office_page(request, "post/taken_in.html", context)


def _land() -> list[tuple[str, str]]:
    listed = Procedure.objects.filter(code__in=land_codes(), is_listed=True)
    return list(listed.order_by("code").values_list("code", "name"))


def _agencies(actor: Actor, version: ProcedureVersion, at: datetime) -> list[tuple[int, str]]:
    roots = {unit_by_id(one).path[0] for one in actor.units_with(Right.POST_OFFICE)}
    offered = [one.agency for one in offerings_of(version.procedure_id, at) if one.agency.path[0] in roots]
    if not offered:
        raise RuleBroken(Problem("not_offered", "Chưa cơ quan nào trong tỉnh giải quyết thủ tục này."))
    here = {unit_by_id(one).territory_id for one in actor.units_with(Right.POST_OFFICE)}
    offered.sort(key=lambda agency: agency.territory_id not in here)
    return [(agency.pk, agency.name) for agency in offered]
