"""The proofs of a dossier's acts, for officers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers.access import get_visible_by_code, sees_whole
from motcua.files.web.download import content_disposition
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.evidence import evidence_of, proof_of
from motcua.sites.office.purpose import purpose_needed


@require_GET
def dossier_evidence(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/bang-chung/`: each act of the dossier, whether it is in the signed log, its proof."""
    dossier = get_visible_by_code(actor_of(request), code)
    if way := purpose_needed(request, dossier, timezone.now(), whole=True):
        return way
    head, rows = evidence_of(dossier)
    for_file = [(one, reverse("desk:proof", args=[dossier.code, one.entry.pk])) for one in rows]
    return desk_page(request, "desk/evidence.html", {"dossier": dossier, "head": head, "rows": for_file})


@require_GET
def proof(request: HttpRequest, code: str, entry_id: int) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/bang-chung/<id>.json`: the proof of one act."""
    actor = actor_of(request)
    dossier = get_visible_by_code(actor, code)
    if way := purpose_needed(request, dossier, timezone.now(), whole=True):
        return way
    found = proof_of(dossier, entry_id, is_whole=sees_whole(actor, dossier))
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = content_disposition(f"bang-chung-{dossier.code}-{entry_id}.json", inline=False)
    return response
