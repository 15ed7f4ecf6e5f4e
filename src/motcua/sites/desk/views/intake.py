"""Intake at the counter: choose the procedure, type the dossier in on one page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import unit
from motcua.agencies.terms import Right
from motcua.dossiers.actions.take_draft import take_draft
from motcua.dossiers.queries.desks import desks_for
from motcua.dossiers.queries.groups import continued, followed
from motcua.dossiers.queries.pages import most_used_procedures
from motcua.dossiers.queries.saved import favourite_codes
from motcua.files.web.uploads import problems_of_upload
from motcua.identity.terms import Actor
from motcua.journal.idempotency import Reply, once
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, NotPermitted, Problem, RuleBroken
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import current_version, offerings_of, procedures_of_agency, search
from motcua.procedures.queries.nicknames import nicknames_of
from motcua.sites.desk.forms.intake import (
    PARTIES,
    Choice,
    Counter,
    IntakeForm,
    filled_from_card,
    filled_from_draft,
)
from motcua.sites.desk.forms.stored import agreed
from motcua.sites.desk.shell import actor_of, desk_page


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/tiep-nhan/?q=`: choose the procedure; what this desk takes in most comes first."""
    at, actor, text = timezone.now(), actor_of(request), request.GET.get("q", "")[:200]
    desks = actor.units_with(Right.RECEIVE)
    before = followed(actor, request.GET.get("tiep", ""))
    code = before.code if before else ""
    follow = {"before": before, "tiep": code, "follow": f"?tiep={code}" if code else ""}
    if not text.strip():
        return desk_page(request, "desk/intake_choose.html", {**_own_procedures(actor, desks, at), **follow})
    found = search(text, at=at).rows
    exact = next((row for row in found if row.code == text.strip()), None)
    if exact is not None:
        return HttpResponseRedirect(reverse("desk:intake_form", args=[exact.code]) + (f"?tiep={code}" if code else ""))
    return desk_page(request, "desk/intake_choose.html", {"q": text, "found": found, **follow})


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure to choose; `words`: what else it is called."""

    code: str
    name: str
    words: str


def _own_procedures(actor: Actor, desks: Iterable[int], at: datetime) -> dict[str, object]:
    rows = [row for agency in sorted(actor.agencies_with(Right.RECEIVE)) for row in procedures_of_agency(agency, at)]
    words = nicknames_of(row.version_id for row in rows)
    own = [Offered(row.code, row.name, words.get(row.version_id, "")) for row in rows]
    liked = set(favourite_codes(actor))
    favourites = [one for one in own if one.code in liked]
    return {"q": "", "most_used": most_used_procedures(desks, at=at), "own": own, "favourites": favourites}


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """`GET` and `POST /mot-cua/tiep-nhan/<procedure>/`: the whole dossier on one page.

    `fill=owner|submitter` fills from the QR of an identity card, `fill=scanned` (the Enter that a scanner sends)
    from whichever was scanned, `fill=case` shows the papers of another case, `fill=draft`
    fills from what the citizen prepared at home, `fill=store` records the owner's consent and
    offers the papers of their store.
    """
    at, actor = timezone.now(), actor_of(request)
    version = current_version(code, at)
    counter = counter_of(actor, version, at)
    if request.method != "POST":
        form = IntakeForm(counter, actor, at)
        if before := followed(actor, request.GET.get("tiep", "")):
            form.initial.update(continued(before, at=at))
        return _page(request, version, form)
    if problems := problems_of_upload(request):
        raise Invalid(problems)
    fill, pressed = request.POST.get("fill", ""), request.POST.get("go", "")
    if not fill and not pressed:
        return _take_in(request, version, IntakeForm(counter, actor, at, request.POST, request.FILES))
    if fill == "store":
        data, wrong = agreed(actor, request.POST, version.content.name, at)
    else:
        data, wrong = _from_draft(request, code, at) if fill == "draft" else filled(request.POST, fill)
    form = IntakeForm(counter, actor, at, data, request.FILES)
    form.press(pressed)
    form.forget_errors(wrong)
    return _page(request, version, form)


def _from_draft(request: HttpRequest, code: str, at: datetime) -> tuple[QueryDict, list[Problem]]:
    """What was typed, filled from the draft whose code the citizen gave."""
    try:
        draft = take_draft(actor=actor_of(request), code=request.POST.get("draft_code", ""), at=at)
    except NotFound as refusal:
        return request.POST, list(refusal.problems)
    if draft.procedure.code != code:
        message = f"Bản soạn sẵn này thuộc thủ tục {draft.procedure.code} – {draft.procedure.name}."
        return request.POST, [Problem("other_procedure", message, "draft_code")]
    return filled_from_draft(request.POST, draft), []


def filled(data: QueryDict, fill: str) -> tuple[QueryDict, list[Problem]]:
    """Return what was typed, filled from the card that was scanned, and what is wrong with the card."""
    if fill == "scanned":
        fill = next((prefix for prefix in PARTIES if data.get(f"{prefix}.qr")), "")
    return filled_from_card(data, fill) if fill in PARTIES else (data, [])


def counter_of(actor: Actor, version: ProcedureVersion, at: datetime) -> Counter:
    """Return who may solve the procedure (the desk's own agency first, then the others of its province) and the desks.

    Raises RuleBroken when nobody offers it there, NotPermitted for somebody without a desk.
    """
    content = version.content
    actor = actor.at(at).within(procedure=content.code, domain=content.domain.code)
    desks = sorted((unit(one) for one in actor.units_with(Right.RECEIVE)), key=lambda one: one.slug)
    desks = [desk for desk in desks if desk.is_desk]
    if not desks:
        raise NotPermitted(Problem("no_desk", "Bạn không có vị trí tiếp nhận tại Bộ phận Một cửa nào."))
    roots, own = {desk.path[0] for desk in desks}, [desk.agency_id for desk in desks]
    offered = [one.agency for one in offerings_of(version.procedure_id, at) if one.agency.path[0] in roots]
    if not offered:
        raise RuleBroken(Problem("not_offered", "Chưa cơ quan nào trong tỉnh đăng ký giải quyết thủ tục này."))
    offered.sort(key=lambda agency: agency.pk not in own)
    return Counter(
        definition=content,
        agencies=[Choice(agency.pk, agency.name) for agency in offered],
        desks=[Choice(desk.id, desk.name) for desk in desks],
        result_desks=[Choice(desk.id, desk.name) for desk in desks_for(desks[0], on=timezone.localdate(at))],
    )


def _take_in(request: HttpRequest, version: ProcedureVersion, form: IntakeForm) -> HttpResponse:
    status = Invalid.status
    if form.is_valid():
        try:
            return HttpResponseRedirect(_once(form).location)
        except MotCuaError as refusal:
            form.take(refusal.problems)
            status = refusal.status
    return _page(request, version, form, status=status)


def _once(form: IntakeForm) -> Reply:
    def perform() -> Reply:
        return Reply(303, location=reverse("desk:receipt", args=[form.perform().code]))

    return once(
        scope=f"desk:{form.actor.account_id}",
        key=form.cleaned_data["key"],
        fingerprint=form.fingerprint("intake", form.counter.definition.code),
        act=perform,
    )


def _page(request: HttpRequest, version: ProcedureVersion, form: IntakeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "version": version,
        "definition": form.counter.definition,
        "before": followed(form.actor, str(form["after"].value() or "")),
        "is_favourite": version.procedure.code in favourite_codes(form.actor),
        "action": reverse("desk:intake_form", args=[version.procedure.code]),
        "assist_url": reverse("desk:assist_form", args=[version.procedure.code]),
    }
    return desk_page(request, "desk/intake.html", context, status=status)
