"""My dossiers: the list, one dossier, its papers and files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers.access import acts_open_to, get_visible_by_code
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.papers.compose import tracking_url
from motcua.dossiers.papers.forms import data_from_json, render_form
from motcua.dossiers.queries.applicant import file_open_to
from motcua.dossiers.queries.declared import declared_in
from motcua.dossiers.queries.drafts import drafts_of
from motcua.dossiers.queries.finding import Wanted, find
from motcua.dossiers.queries.pages import Parts, paper_of, parts_of
from motcua.dossiers.queries.timing import Timing, timing_of
from motcua.dossiers.rules.openness import OWN_PURPOSES
from motcua.dossiers.terms import Act, ResultChannel, Status
from motcua.files.web.download import content_disposition, wants_web_copy
from motcua.signing.web.download import paper_response, wants_issued
from motcua.sites.kit.clock import Clock
from motcua.sites.kit.drawings import qr
from motcua.sites.kit.face import face_of
from motcua.sites.kit.journeys import journeys_of
from motcua.sites.kit.thread import Paper
from motcua.sites.portal.citizen import citizen_in
from motcua.sites.portal.family import stages_of
from motcua.sites.portal.money import to_pay
from motcua.sites.portal.story import file_sheet, is_answered, issued_sheets, result_sheet, story_of


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier of the list with its clock."""

    dossier: Dossier
    face: Clock


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """`GET /ho-so/`: what is being composed and what was handed in, newest first."""
    actor, at = citizen_in(request), timezone.now()
    page = find(actor, Wanted(), at=at, cursor=request.GET.get("trang", ""))
    is_first = "trang" not in request.GET
    to_do = find(actor, Wanted(status=Status.SUPPLEMENT_REQUESTED), at=at).rows if is_first else []
    unanswered = _unanswered([*to_do, *page.rows])
    context = {
        "drafts": list(drafts_of(actor)) if is_first else [],
        "to_do": [one for one in to_do if one.pk in unanswered],
        "rows": [Row(one, face_of(one, at, answered=one.pk not in unanswered)) for one in page.rows],
        "next_url": f"?trang={page.next_cursor}" if page.next_cursor else "",
    }
    return render(request, "portal/dossiers.html", context)


@require_GET
def dossier_page(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /ho-so/<code>/`: where it is, until when, what the applicant must do, its life, its papers."""
    actor, at = citizen_in(request), timezone.now()
    dossier = get_visible_by_code(actor, code)
    if dossier.parent is not None:
        return HttpResponseRedirect(reverse("portal:dossier", args=[dossier.parent.code]))
    parts, acts = parts_of(dossier), acts_open_to(actor, dossier, at)
    timing = timing_of(dossier, parts.moves)
    pause = timing.pause(at)
    context = {
        "timing": timing,
        "own": True,
        "may_renew": Act.RENEW in acts,
        "dossier": dossier,
        "definition": dossier.definition,
        "face": face_of(
            dossier,
            at,
            paused_since=pause.since if pause else None,
            paused_for=pause.kind if pause else "",
            promised_at=timing.promised_at,
            answered=is_answered(dossier, parts.moves),
        ),
        "answered": is_answered(dossier, parts.moves),
        "knots": story_of(dossier, parts.moves, public=False),
        "family": stages_of(dossier, parts.moves, at),
        "request_open": open_request(parts),
        "may_supplement": Act.SUPPLEMENT in acts,
        "may_withdraw": Act.WITHDRAW in acts,
        "money": to_pay(dossier),
        "papers": issued_sheets(dossier, parts.papers),
        "declared": declared_in(dossier),
        "components": _components(dossier, parts),
        "result": parts.result if _shows_result(dossier, timing) else None,
        "result_sheet": result_sheet(dossier, parts),
        "result_channel": ResultChannel(dossier.result_channel).label,
        "waits_at_desk": _waits_at_desk(dossier, timing),
    }
    context |= journeys_of(dossier, actor)
    return render(request, "portal/dossier.html", context)


@require_GET
def submitted(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /ho-so/<code>/da-nop/`: the code, its QR and what happens now; made to be printed."""
    dossier = get_visible_by_code(citizen_in(request), code)
    return render(request, "portal/submitted.html", {"dossier": dossier, "qr": qr(tracking_url(dossier))})


@require_GET
def paper(request: HttpRequest, code: str, paper_id: int) -> HttpResponse:
    """`GET /ho-so/<code>/giay/<id>/`: an official paper as PDF, the same bytes each time."""
    dossier = get_visible_by_code(citizen_in(request), code)
    found = paper_of(dossier, paper_id)
    pdf = render_form(found.form, found.form_set, data_from_json(found.form, found.data))
    name = content_disposition(f"{dossier.code} {found.form} {found.version}.pdf", inline=True)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


@require_GET
def attachment(request: HttpRequest, code: str, file_id: int) -> FileResponse:
    """`GET /ho-so/<code>/tep/<id>/`: a file the applicant put in, or the sealed result; never a draft."""
    actor = citizen_in(request)
    found = file_open_to(actor, get_visible_by_code(actor, code), file_id)
    small, as_issued = wants_web_copy(request), wants_issued(request)
    return paper_response(found.blob, found.name, inline=True, small=small, as_issued=as_issued)


def _shows_result(dossier: Dossier, timing: Timing) -> bool:
    return dossier.status in {Status.FINISHED, Status.DELIVERED} and not timing.is_recalled


def _waits_at_desk(dossier: Dossier, timing: Timing) -> bool:
    is_ready = dossier.status == Status.FINISHED and not timing.is_recalled
    return is_ready and dossier.result_channel == ResultChannel.IN_PERSON


def _unanswered(dossiers: Sequence[Dossier]) -> set[int]:
    """The dossiers among these whose applicant has still to answer a request."""
    asked = {one.pk for one in dossiers if one.status == Status.SUPPLEMENT_REQUESTED}
    open_ones = SupplementRequest.objects.filter(dossier_id__in=asked, answered_at__isnull=True)
    return set(open_ones.values_list("dossier_id", flat=True)) if asked else set()


def open_request(parts: Parts) -> SupplementRequest | None:
    """Return the request for a supplement that waits for its answer."""
    return next((one for one in parts.requests if one.answered_at is None), None)


def _components(dossier: Dossier, parts: Parts) -> list[tuple[str, str, Sequence[Paper]]]:
    """The papers handed in: name, how many, files; what came without a paper of its own at the end."""
    rows: list[tuple[str, str, Sequence[Paper]]] = []
    for row in parts.components:
        if not row.component.is_present:
            continue
        counts = {"bản chính": row.component.originals, "bản sao": row.component.copies}
        count = ", ".join(f"{number} {words}" for words, number in counts.items() if number)
        rows.append((row.component.name, count, [file_sheet(dossier, file) for file in row.files]))
    others = [file_sheet(dossier, file) for file in parts.other_files if file.purpose in OWN_PURPOSES]
    return [*rows, ("Giấy tờ khác", "", others)] if others else rows
