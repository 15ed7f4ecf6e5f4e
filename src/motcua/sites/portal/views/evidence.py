"""The log of evidence: for everybody its signed heads, for the applicant the proof of each act."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers.access import get_visible_by_code
from motcua.evidence.models import Head
from motcua.evidence.queries.heads import origin_of_log
from motcua.evidence.queries.tree import latest_head
from motcua.files.web.download import content_disposition
from motcua.sites.kit.evidence import evidence_of, proof_of
from motcua.sites.portal.citizen import citizen_in

_SHOWN = 20


@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """`GET /bang-chung/`: what the log is, its newest signed head, and how anybody checks it."""
    newest = list(Head.objects.order_by("-id").prefetch_related("stamps")[:_SHOWN])
    context = {"head": latest_head(), "heads": newest, "origin": origin_of_log()}
    return render(request, "portal/evidence.html", context)


@require_GET
def dossier_evidence(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /ho-so/<code>/bang-chung/`: each act of my dossier, whether it is in the signed log, and its proof."""
    dossier = get_visible_by_code(citizen_in(request), code)
    head, rows = evidence_of(dossier)
    for_file = [(one, reverse("portal:proof", args=[dossier.code, one.entry.pk])) for one in rows]
    context = {"dossier": dossier, "head": head, "rows": for_file, "at": timezone.now()}
    return render(request, "portal/dossier_evidence.html", context)


@require_GET
def proof(request: HttpRequest, code: str, entry_id: int) -> HttpResponse:
    """`GET /ho-so/<code>/bang-chung/<id>.json`: the proof of one act, to keep and to check elsewhere."""
    dossier = get_visible_by_code(citizen_in(request), code)
    found = proof_of(dossier, entry_id, is_whole=False)
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = content_disposition(f"bang-chung-{dossier.code}-{entry_id}.json", inline=False)
    return response
