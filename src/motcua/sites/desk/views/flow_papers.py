"""Papers made from the timeline as it stands: control sheet, process log."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.papers.compose_flow import control_sheet, process_log
from motcua.dossiers.papers.data import PaperData
from motcua.dossiers.papers.forms import Form, form_set_on, render_form
from motcua.dossiers.papers.handover_lists import print_handovers
from motcua.files.web.download import content_disposition
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.desk.shell import actor_of
from motcua.sites.desk.views.handovers import lists_of_day
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


@require_safe
def handed_over(request: HttpRequest, place: int) -> HttpResponse:
    """`GET /mot-cua/ban-giao/danh-sach/<n>.pdf`: the n-th list of today's hand-overs, to be signed by both sides."""
    at, actor = timezone.now(), actor_of(request)
    lists = lists_of_day(actor, at)
    if not 1 <= place <= len(lists):
        raise NotFound(Problem("no_list", "Hôm nay không có danh sách bàn giao này."))
    _way, rows = lists[place - 1]
    return _shown(
        print_handovers(rows, at=at, giver=actor.name), f"ban-giao-{timezone.localdate(at):%Y%m%d}-{place}.pdf"
    )


def _pdf(form: Form, data: PaperData) -> HttpResponse:
    content = render_form(form, form_set_on(timezone.localdate(data.issued_at)), data)
    return _shown(content, f"{data.dossier_code}-{form}.pdf")


def _shown(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(name, inline=True)
    response["Cache-Control"] = "private, no-store"
    return response
