"""What I brought in one visit, and whether a paper in my hand is genuine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.dossiers.papers.forms import FORMS, Form, FormSet
from motcua.dossiers.queries.groups import visit_of
from motcua.dossiers.queries.verifying import verify_paper
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.kit.evidence import paper_standing
from motcua.sites.kit.face import face_of
from motcua.sites.portal.citizen import citizen_in
from motcua.sites.portal.guard import may_try, was_right

_UNKNOWN = "Không xác minh được giấy này. Hãy quét lại mã QR ở cuối giấy, hoặc hỏi nơi đã cấp giấy."


@require_GET
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """`GET /luot-nop/<id>/`: the dossiers that I handed in at one visit, each with its clock."""
    at = timezone.now()
    found = visit_of(citizen_in(request), group_id)
    paper = found.receipt
    seen = {one.code for one in found.dossiers}
    context = {
        "visit": found,
        "rows": [(one, face_of(one, at)) for one in found.dossiers],
        "receipt_url": reverse("portal:paper", args=[paper.dossier.code, paper.pk])
        if paper and paper.dossier.code in seen
        else "",
    }
    return render(request, "portal/group.html", context)


@never_cache
@require_GET
def verify(request: HttpRequest, mark: str) -> HttpResponse:
    """`GET /xac-minh/<mark>/`: what anybody with the QR of a paper may know of it, people masked."""
    address = request.META.get("REMOTE_ADDR", "")
    found = verify_paper(mark) if may_try(address) else None
    if found is None:
        raise NotFound(Problem("no_paper", _UNKNOWN))
    was_right(address)
    spec = FORMS[Form(found.form), FormSet(found.form_set)]
    context = {"paper": found, "spec": spec, "evidence": paper_standing(found.code, found.form, found.version)}
    response = render(request, "portal/verified.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
