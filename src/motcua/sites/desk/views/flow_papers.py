"""Papers made from the timeline as it stands: control sheet, process log."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.papers.compose_flow import control_sheet, process_log
from motcua.dossiers.papers.data import PaperData
from motcua.dossiers.papers.forms import Form, form_set_on, render_form
from motcua.files.web.download import content_disposition
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.desk.shell import actor_of
from motcua.sites.office.purpose import purpose_needed


@require_safe
def control(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/phieu-kiem-soat.pdf`: Mẫu 06 with every hand-over so far."""
    found = get_visible_by_code(actor_of(request), code)
    if way := purpose_needed(request, found, timezone.now(), whole=True):
        return way
    if not found.is_received:
        raise NotFound(Problem("not_received", "Hồ sơ chưa được tiếp nhận nên chưa có phiếu kiểm soát."))
    return _pdf(Form.CONTROL, control_sheet(found))


@require_safe
def process(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/qua-trinh-xu-ly.pdf`: every act so far."""
    found = get_visible_by_code(actor_of(request), code)
    if way := purpose_needed(request, found, timezone.now(), whole=True):
        return way
    return _pdf(Form.PROCESS, process_log(found))


def _pdf(form: Form, data: PaperData) -> HttpResponse:
    content = render_form(form, form_set_on(timezone.localdate(data.issued_at)), data)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(f"{data.dossier_code}-{form}.pdf", inline=True)
    response["Cache-Control"] = "private, no-store"
    return response
