"""Paying: the receipts, and the way to the national platform."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.actions.charging import KIND, bill_of_dossier
from motcua.files.web.download import content_disposition
from motcua.kernel.errors import NotFound, Problem
from motcua.payments.actions.orders import open_order
from motcua.payments.jobs import start_order
from motcua.payments.papers import receipt_pdf
from motcua.payments.providers.choice import platform
from motcua.payments.queries.lists import receipt_of
from motcua.sites.portal.citizen import citizen_in
from motcua.sites.portal.money import to_pay


@require_GET
def receipt(request: HttpRequest, code: str, receipt_id: int) -> HttpResponse:
    """`GET /ho-so/<code>/bien-lai/<id>/`: a receipt as PDF, the same bytes each time."""
    dossier = get_visible_by_code(citizen_in(request), code)
    pdf = receipt_pdf(receipt_of(KIND, dossier.pk, receipt_id))
    name = content_disposition(f"{dossier.code} bien lai {receipt_id}.pdf", inline=True)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so/<code>/thanh-toan/`: what is owed and the link to the payment page; POST asks the platform for it.

    What the citizen's browser brings back from the platform is never believed: this page only says what we know.
    """
    actor, at = citizen_in(request), timezone.now()
    dossier = get_visible_by_code(actor, code)
    if request.method == "POST":
        if platform() is None:
            raise NotFound(Problem("no_platform", "Hệ thống chưa kết nối nền tảng thanh toán."))
        address = request.META.get("REMOTE_ADDR", "")
        order = open_order(actor=actor, bill_id=bill_of_dossier(dossier).pk, ip=address, at=at)
        if not start_order(order.pk, at=at).pay_url:
            messages.error(request, "Nền tảng thanh toán chưa trả lời. Hãy thử lại sau ít phút hoặc chuyển khoản.")
        return HttpResponseRedirect(request.path)
    return render(request, "portal/pay.html", {"dossier": dossier, "money": to_pay(dossier)})
