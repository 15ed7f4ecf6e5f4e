"""One dossier: its page, its acts, its papers and files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.access import acts_open_to, get_visible_by_code, sees_whole
from motcua.dossiers.access.sight import no_dossier
from motcua.dossiers.actions.watch_files import tell_opened
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.compose import tracking_url
from motcua.dossiers.papers.declaration import declaration_of
from motcua.dossiers.papers.forms import data_from_json, render_form
from motcua.dossiers.papers.templates_of import paper_of as own_paper_of
from motcua.dossiers.papers.templates_of import papers_open
from motcua.dossiers.queries.applicant import file_open_to
from motcua.dossiers.queries.declared import declared_in
from motcua.dossiers.queries.pages import Parts, paper_of, parts_of
from motcua.dossiers.queries.timing import timing_of
from motcua.dossiers.terms import SIGNED_ACTS, Act, Status
from motcua.files.papers import qr_svg
from motcua.files.web.download import content_disposition, wants_web_copy
from motcua.files.web.uploads import problems_of_upload
from motcua.identity.requests import demand_fresh
from motcua.journal.idempotency import Reply, once
from motcua.kernel.errors import Invalid, MotCuaError, NotFound
from motcua.procedures.rules.selection import case_of
from motcua.results.queries.reuses import reuses_of
from motcua.signing.web.download import paper_response, wants_issued
from motcua.sites.desk.between import between_of
from motcua.sites.desk.drafting import with_paper
from motcua.sites.desk.forms.base import ActForm
from motcua.sites.desk.forms.declared import DeclaredForm
from motcua.sites.desk.forms.initials import InitialsForm
from motcua.sites.desk.forms.of_office import AppraiseForm
from motcua.sites.desk.forms.registry import form_for
from motcua.sites.desk.money import money_of, unbilled_fees
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.desk.story import act_url, buttons_of, chosen_sheet, clock_face, sheets_of, thread_of
from motcua.sites.desk.views.consulted import consulted_page, needed_of
from motcua.sites.kit.journeys import journeys_of
from motcua.sites.office.purpose import purpose_needed, sees_people


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/`: who, what, where, the clock, what I may do now, papers, timeline."""
    at, actor = timezone.now(), actor_of(request)
    found = get_visible_by_code(actor, code)
    if not sees_whole(actor, found):
        return consulted_page(request, found, at)
    if way := purpose_needed(request, found, at):
        return way
    parts = parts_of(found)
    acts = acts_open_to(actor, found, at)
    first, others = buttons_of(found, acts)
    timing = timing_of(found, parts.moves)
    about = _about(request, found, parts, at)
    context = about | {
        "timing": timing,
        "face": clock_face(found, parts, at, timing),
        "first_acts": first,
        "other_acts": others,
        "may_scan": Act.CHECK_PAPERS in acts,
        "knots": thread_of(found, parts),
        "own_papers": papers_open(found, at=at, reached=parts.reached) if about["sees_people"] else (),
        **between_of(found, parts.moves, at),
        **journeys_of(found, actor),
    }
    return desk_page(request, "desk/dossier.html", context)


def _about(request: HttpRequest, found: Dossier, parts: Parts, at: datetime, wanted: str = "") -> dict[str, Any]:
    papers, files = sheets_of(found, parts)
    view, sees = money_of(found), sees_people(request, found, at)
    return {
        "dossier": found,
        "sees_people": sees,
        "declared": declared_in(found) if sees else None,
        "parts": parts,
        "reuses": reuses_of(row.component for row in parts.components) if sees else {},
        "case": case_of(found.definition, found.case_key),
        "several_cases": len(found.definition.cases) > 1,
        "face": clock_face(found, parts, at),
        "papers": papers,
        "files": files,
        "is_answered": found.status == Status.SUPPLEMENT_REQUESTED
        and not any(one.answered_at is None for one in parts.requests),
        "view": view,
        "unbilled": unbilled_fees(found, view),
        "ended": not found.is_open,
        "viewed": chosen_sheet([*files, *papers], wanted or request.GET.get("xem", "")),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`GET` and `POST /mot-cua/ho-so/<code>/<act>/`: the form of one act, and the act."""
    at, actor = timezone.now(), actor_of(request)
    found, form_class = get_visible_by_code(actor, code), form_for(slug)
    if form_class.act in SIGNED_ACTS:
        demand_fresh(request)
    if way := purpose_needed(request, found, at):
        return way
    if request.method != "POST":
        form = form_class(found, actor, at)
        acts = acts_open_to(actor, found, at)
        if form.act not in acts:
            messages.warning(request, f"Việc «{form.act.label}» không còn hoặc chưa mở với hồ sơ này.")
            return HttpResponseRedirect(reverse("desk:dossier", args=[found.code]))
        return _act_page(request, form, at, acts)
    if problems := problems_of_upload(request):
        raise Invalid(problems)
    if (fill := request.POST.get("fill", "")) and form_class is AppraiseForm:
        return _filled(request, found, at, fill)
    form = form_class(found, actor, at, request.POST, request.FILES)
    pressed = request.POST.get("go", "")
    if isinstance(form, DeclaredForm) and (pressed or request.POST.get("fill") == "form"):
        form.press(pressed)
        form.forget_errors()
        return _act_page(request, form, at, [form.act])
    return _do(request, form, at)


def _filled(request: HttpRequest, found: Dossier, at: datetime, fill: str) -> HttpResponse:
    """Show the draft with what a button put in: a text ("template"), or a paper of the procedure ("paper:" and key)."""
    actor = actor_of(request)
    what, _, key = fill.partition(":")
    acts = acts_open_to(actor, found, at)
    data, files = request.POST, request.FILES
    if what == "paper" and AppraiseForm.act in acts:
        if way := purpose_needed(request, found, at, whole=True):
            return way
        data, files = with_paper(found, key, request.POST, at=at), MultiValueDict()
    elif what == "template":
        data = AppraiseForm(found, actor, at).filled_from_template(request.POST)
    form = AppraiseForm(found, actor, at, data, files)
    form.forget_errors()
    return _act_page(request, form, at, acts)


def _do(request: HttpRequest, form: ActForm, at: datetime) -> HttpResponse:
    """Do the act once; a refusal shows the form again with everything that was typed."""
    if isinstance(form, InitialsForm) and form.wants_fresh:
        demand_fresh(request)  # a PIN is a proof of its own; a key without one is not
    status = Invalid.status
    if form.is_valid():
        try:
            reply = _once(form)
        except NotFound:
            raise
        except MotCuaError as refusal:
            form.take(refusal.problems)
            status = refusal.status
        else:
            messages.success(request, reply.body)
            return HttpResponseRedirect(reply.location)
    fresh = get_visible_by_code(form.actor, form.dossier.code)
    form.renew(fresh)
    return _act_page(request, form, at, acts_open_to(form.actor, fresh, at), status=status)


def _once(form: ActForm) -> Reply:
    def perform() -> Reply:
        done = form.perform()
        opened = form.opened if isinstance(form, InitialsForm) else None
        way = reverse("desk:signing_batch", args=[opened.pk]) if opened else reverse("desk:dossier", args=[done.code])
        return Reply(303, body=form.done, location=way)

    code, act_name = form.dossier.code, form.act.value
    return once(
        scope=f"desk:{form.actor.account_id}",
        key=form.cleaned_data["key"],
        fingerprint=form.fingerprint(code, act_name),
        act=perform,
    )


def _act_page(
    request: HttpRequest, form: ActForm, at: datetime, acts: Sequence[Act], *, status: int = 200
) -> HttpResponse:
    parts = parts_of(form.dossier, with_moves=False)
    first, others = buttons_of(form.dossier, [one for one in acts if one != form.act])
    limited = not sees_whole(form.actor, form.dossier)
    about = (
        needed_of(form.dossier, form.actor, parts, at)
        if limited
        else _about(request, form.dossier, parts, at, form.looks_at)
    )
    context = about | {
        "form": form,
        "is_open": form.act in acts,
        "other_acts": [*first, *others],
        "action": act_url(form.dossier, form.act),
        "was_refused": status != 200,  # noqa: PLR2004 (OK)
    }
    return desk_page(request, form.template, context, status=status)


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/bien-nhan/`: what the applicant takes home, ready to print; then the next one."""
    at, actor = timezone.now(), actor_of(request)
    found = get_visible_by_code(actor, code)
    if way := purpose_needed(request, found, at, whole=True):
        return way
    if not found.is_received or not sees_whole(actor, found):
        return HttpResponseRedirect(reverse("desk:dossier", args=[found.code]))
    parts = parts_of(found)
    papers, _files = sheets_of(found, parts)
    first, _others = buttons_of(found, acts_open_to(actor, found, at))
    context = {
        "dossier": found,
        "paper": papers[-1] if papers else None,
        "face": clock_face(found, parts, at),
        # The drawing is our own, made of digits and path commands only.
        "qr": mark_safe(qr_svg(tracking_url(found))),  # noqa: S308
        "first_acts": first,
        "unbilled": unbilled_fees(found, money_of(found)),
        "again_url": reverse("desk:intake_form", args=[found.procedure.code]),
    }
    return desk_page(request, "desk/receipt.html", context)


@require_safe
def paper(request: HttpRequest, code: str, paper_id: int) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/giay/<id>.pdf`: an issued paper, printed again from what was stored with it."""
    found = get_visible_by_code(actor_of(request), code)
    if way := purpose_needed(request, found, timezone.now(), whole=True):
        return way
    if not sees_whole(actor_of(request), found):
        raise no_dossier()
    issued = paper_of(found, paper_id)
    content = render_form(issued.form, issued.form_set, data_from_json(issued.form, issued.data))
    return _pdf(content, f"{found.code}-{issued.form}-{issued.version}.pdf")


@require_safe
def declaration(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/to-khai.pdf`: the e-form of the dossier as a sheet of paper."""
    found = get_visible_by_code(actor_of(request), code)
    if way := purpose_needed(request, found, timezone.now(), whole=True):
        return way
    if not sees_whole(actor_of(request), found):
        raise no_dossier()
    return _pdf(declaration_of(found), f"{found.code}-to-khai.pdf")


@require_safe
def own_paper(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/van-ban/<key>.pdf`: a result, letter or record of the procedure, filled in."""
    at = timezone.now()
    found = get_visible_by_code(actor_of(request), code)
    if way := purpose_needed(request, found, at, whole=True):
        return way
    if not sees_whole(actor_of(request), found):
        raise no_dossier()
    return _pdf(own_paper_of(found, key, at=at), f"{found.code}-{key}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(name, inline=True)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def file(request: HttpRequest, code: str, file_id: int) -> HttpResponseBase:
    """`GET /mot-cua/ho-so/<code>/tep/<id>`: a file of the dossier, shown in the browser when that is safe."""
    dossier = get_visible_by_code(actor_of(request), code)
    if way := purpose_needed(request, dossier, timezone.now(), whole=True):
        return way
    found = file_open_to(actor_of(request), dossier, file_id)
    tell_opened(actor=actor_of(request), file=found, code=dossier.code, at=timezone.now())
    small, as_issued = wants_web_copy(request), wants_issued(request)
    return paper_response(found.blob, found.name, inline=True, small=small, as_issued=as_issued)
