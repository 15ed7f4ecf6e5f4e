"""Handing in again from a dossier that ended without a result: nothing typed twice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.dossiers.access import acts_open_to, get_visible_by_code
from motcua.dossiers.actions.compose import FORM_MARKS, FORM_TYPED
from motcua.dossiers.actions.keep_answers import answers_again
from motcua.dossiers.actions.renew_online import draft_from_dossier
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.rules.answering import mark
from motcua.dossiers.terms import Act, PartyKind, ResultChannel, Source
from motcua.identity.terms import Actor
from motcua.kernel.errors import Problem, RuleBroken
from motcua.procedures.queries import current_version
from motcua.sites.portal.applying import PARTIES, PLACE, PROXY_KEY, RESULT, WHO
from motcua.sites.portal.citizen import citizen_in


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so/<code>/nop-lai/`: what is taken over, and the button that opens the filled draft."""
    actor, at = citizen_in(request), timezone.now()
    dossier = get_visible_by_code(actor, code)
    if Act.RENEW not in acts_open_to(actor, dossier, at):
        message = "Chỉ nộp lại được từ hồ sơ không được tiếp nhận, đã rút hoặc đã dừng, và chỉ một lần."
        raise RuleBroken(Problem("not_open", message))
    if request.method != "POST":
        return render(request, "portal/renew.html", {"dossier": dossier})
    data = typed_from(dossier, actor)
    draft = draft_from_dossier(actor=actor, dossier_id=dossier.pk, data=data, proxy_key=PROXY_KEY, at=at)
    messages.success(request, f"Đã điền sẵn từ hồ sơ {dossier.code}. Hãy xem lại từng trang rồi nộp.")
    return HttpResponseRedirect(reverse("portal:apply_page", args=[dossier.procedure.code, draft.pk, PLACE]))


def typed_from(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """Return what the pages of the draft hold, as if it had been typed."""
    source = _source(dossier, actor)
    parties = _party(dossier.owner, "owner")
    if source != Source.SELF:
        parties |= _party(dossier.submitter, "submitter")
    result = {"result_channel": dossier.result_channel, "abstract": dossier.abstract}
    if dossier.result_channel == ResultChannel.POST:
        result["result_place"] = dossier.result_place
    again = _form_again(dossier)
    return again | {
        PLACE: {"agency": str(dossier.agency_id), "case": dossier.case_key},
        WHO: {"source": source.value},
        PARTIES: parties,
        RESULT: result,
    }


def _form_again(dossier: Dossier) -> dict[str, Any]:
    """The answers of the old e-form, each from that dossier; the pages have still to be looked at."""
    at = timezone.now()
    typed, keys = answers_again(dossier, current_version(dossier.procedure.code, at).content.form)
    source = dict(mark("dossier", by=dossier.owner.name, at=at.isoformat(), ref=dossier.code))
    return {FORM_TYPED: typed, FORM_MARKS: dict.fromkeys(keys, source)} if typed else {}


def _source(dossier: Dossier, actor: Actor) -> Source:
    if dossier.owner.kind == PartyKind.ORGANISATION:
        return Source.REPRESENTATIVE
    return Source.SELF if dossier.owner.account_id == actor.account_id else Source.PROXY


def _party(party: Party, prefix: str) -> dict[str, str]:
    said = {
        "name": party.name,
        "born": f"{party.born:%d/%m/%Y}" if party.born else "",
        "personal_id": party.personal_id,
        "tax_code": party.tax_code,
        "phone": party.phone,
        "email": party.email,
        "address": party.address,
        "representative": party.representative,
    }
    return {f"{prefix}-{name}": value for name, value in said.items()}
