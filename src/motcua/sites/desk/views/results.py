"""Sổ kết quả điện tử: what the officer's agency issued, its slips, revoking by a decision."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from motcua.files.web.download import content_disposition, download_response
from motcua.kernel.errors import MotCuaError, NotFound, Problem
from motcua.results.access import may_revoke, paper_of_agency, register_of
from motcua.results.actions.look import look_at_entry
from motcua.results.actions.revoke import revoke_paper
from motcua.results.models import StoredPaper
from motcua.results.papers import slip_pdf
from motcua.results.queries.papers import versions_of
from motcua.results.rules.codes import read_code
from motcua.results.terms import PaperKind
from motcua.signing.web.download import wants_issued
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.forms import CleanCharField, DayField, add_problems
from motcua.sites.kit.verdict import face_of_paper

_SHOWN = 50


class RevokeForm(forms.Form):
    """The decision by which a paper is revoked."""

    decision_number = CleanCharField(
        label="Số quyết định thu hồi", error_messages={"required": "Hãy ghi số quyết định thu hồi."}
    )
    decided_on = DayField(label="Ngày quyết định", error_messages={"required": "Hãy ghi ngày quyết định."})
    reason = forms.CharField(
        label="Lý do",
        error_messages={"required": "Hãy ghi lý do thu hồi."},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chỉ cơ quan và chủ giấy đọc.",
    )


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/ket-qua-dien-tu/?q=`: what the agency issued, newest first; by number, look-up or dossier code."""
    typed = request.GET.get("q", "").strip()[:100]
    found = register_of(actor_of(request)).filter(kind=PaperKind.RESULT).select_related("dossier")
    if typed:
        code = read_code(typed) or typed.upper()
        found = found.filter(Q(issued__code=code) | Q(number__istartswith=typed) | Q(dossier__code=typed.upper()))
    today = timezone.localdate()
    rows = [(one, one.standing(today)) for one in found[: _SHOWN + 1]]
    context = {"rows": rows[:_SHOWN], "more": len(rows) > _SHOWN, "q": typed, "shown": _SHOWN}
    return desk_page(request, "desk/results.html", context)


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, paper_id: int) -> HttpResponse:
    """`/mot-cua/ket-qua-dien-tu/<id>/`: one entry with its versions; its leader revokes it here."""
    actor, at = actor_of(request), timezone.now()
    paper = paper_of_agency(actor, paper_id)
    form = RevokeForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            revoke_paper(actor=actor, paper_id=paper_id, at=at, **form.cleaned_data)
        except MotCuaError as refusal:
            add_problems(form, refusal.problems)
            status = refusal.status
        else:
            messages.success(request, "Đã thu hồi. Ai kiểm tra giấy này từ bây giờ đều thấy đã bị thu hồi.")
            return HttpResponseRedirect(reverse("desk:result", args=[paper_id]))
    look_at_entry(actor=actor, paper=paper, at=at)
    return _entry_page(request, paper, form, status)


def _entry_page(request: HttpRequest, paper: StoredPaper, form: RevokeForm, status: int) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "paper": paper,
        "issued": getattr(paper, "issued", None),
        "face": face_of_paper(paper, today=today),
        "standing": paper.standing(today),
        "versions": [(one, one.standing(today)) for one in versions_of(paper)],
        "form": form if may_revoke(actor_of(request), paper) and not paper.is_revoked else None,
    }
    return desk_page(request, "desk/result.html", context, status=status)


@require_GET
def file(request: HttpRequest, paper_id: int) -> FileResponse:
    """`GET /mot-cua/ket-qua-dien-tu/<id>/tep/`: the file with its proofs; `?ban=goc` as it was issued."""
    actor, at = actor_of(request), timezone.now()
    paper = paper_of_agency(actor, paper_id)
    found = paper.issued_file if wants_issued(request) else paper.latest_file
    if found is None:
        raise NotFound(Problem("no_file", "Kết quả này chưa có tệp điện tử."))
    look_at_entry(actor=actor, paper=paper, at=at, what="Mở tệp trong sổ kết quả điện tử của cơ quan")
    return download_response(found.blob, found.name, inline=True)


@require_GET
def slip(request: HttpRequest, paper_id: int) -> HttpResponse:
    """`GET /mot-cua/ket-qua-dien-tu/<id>/phieu-xac-thuc.pdf`: the slip, to print for whoever collects the result."""
    paper = paper_of_agency(actor_of(request), paper_id)
    if not hasattr(paper, "issued"):
        raise NotFound(Problem("no_slip", "Chỉ kết quả đã vào sổ mới có phiếu xác thực."))
    look_at_entry(actor=actor_of(request), paper=paper, at=timezone.now(), what="In phiếu xác thực")
    name = content_disposition(f"Phiếu xác thực {paper.issued.code}.pdf", inline=True)
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(slip_pdf(paper), content_type="application/pdf", headers=headers)
