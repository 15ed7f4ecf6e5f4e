"""Remote signing services (CSC API v2): declare, change, check, end."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.access import require_admin
from motcua.identity.requests import actor_in, demand_fresh
from motcua.kernel.errors import MotCuaError
from motcua.signing.access import service_for
from motcua.signing.actions.set_signing_services import (
    Offered,
    ServiceFacts,
    check_signing_service,
    end_signing_service,
    services_in_use,
    set_signing_service,
)
from motcua.sites.backoffice.forms.signing_services import CheckForm, SigningServiceForm
from motcua.sites.backoffice.views.certificates.register import back
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import ReasonForm, bound_to
from motcua.sites.office.shell import office_page
from motcua.trust.rules.certificates import CertificateFacts, read_file

_methods = require_http_methods(["GET", "HEAD", "POST"])


def _way(*more: Link) -> list[Link]:
    return [*back(), Link("Dịch vụ ký số từ xa", reverse("backoffice:signing_services")), *more]


@require_safe
def signing_services(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/chung-thu/ky-tu-xa/`: the services in use, and what the last check of each brought."""
    require_admin(actor_in(request), ())
    return office_page(request, "backoffice/signing_services.html", {"services": services_in_use()})


@_methods
def declare(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/ky-tu-xa/them/`: a service whose keys may be connected."""
    actor = actor_in(request)
    require_admin(actor, ())
    form = SigningServiceForm(is_new=True, **bound_to(request))

    def act() -> Done:
        row = set_signing_service(
            actor=actor, facts=_facts(form), reason=form.cleaned_data["reason"], at=timezone.now()
        )
        return Done("Đã khai báo dịch vụ; hãy kiểm tra kết nối.", reverse("backoffice:signing_service", args=[row.pk]))

    lead = "Dịch vụ theo chuẩn CSC API v2: khóa nằm ở nhà cung cấp, hệ thống chỉ gửi mã băm của văn bản."
    return form_page(request, form, act, Frame("Khai báo dịch vụ ký số từ xa", "Khai báo", _way(), lead))


@_methods
def change(request: HttpRequest, service_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/ky-tu-xa/<id>/sua/`: change what was declared."""
    actor = actor_in(request)
    row = service_for(actor, service_id)
    here = reverse("backoffice:signing_service", args=[row.pk])
    known = {"name": row.name, "url": row.url, "client_id": row.client_id, "token_url": row.token_url}
    form = SigningServiceForm(is_new=False, initial=known, **bound_to(request))

    def act() -> Done:
        reason = form.cleaned_data["reason"]
        set_signing_service(actor=actor, facts=_facts(form), reason=reason, at=timezone.now(), service_id=row.pk)
        return Done("Đã ghi thay đổi; hãy kiểm tra kết nối.", here)

    return form_page(request, form, act, Frame("Sửa dịch vụ ký số từ xa", "Ghi lại", _way(Link(row.name, here))))


def _facts(form: SigningServiceForm) -> ServiceFacts:
    said = form.cleaned_data
    return ServiceFacts(said["name"], said["url"], said["client_id"], said["secret"], said["token_url"])


@_methods
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    """`GET /quan-tri/chung-thu/ky-tu-xa/<id>/`: one service; `POST`: ask it now, and show what came."""
    actor = actor_in(request)
    row = service_for(actor, service_id)
    form, found, status, failed = CheckForm(**bound_to(request)), list[Offered](), 200, ""
    if request.method == "POST" and form.is_valid():
        demand_fresh(request)
        try:
            user = form.cleaned_data["user"]
            found = check_signing_service(actor=actor, service_id=row.pk, user=user, at=timezone.now())
        except MotCuaError as refusal:
            failed, status = refusal.problems[0].message, refusal.status
        row.refresh_from_db()
    context = {
        "row": row,
        "form": form,
        "asked": request.method == "POST" and form.is_valid() and not failed,
        "found": [(one, _certificate(one)) for one in found],
        "failed": failed,
    }
    return office_page(request, "backoffice/signing_service.html", context, status=status)


def _certificate(one: Offered) -> CertificateFacts | None:
    return read_file(one.known.certificate).certificate if one.known is not None else None


@_methods
def end(request: HttpRequest, service_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/ky-tu-xa/<id>/ngung/`: keys there sign no more."""
    actor = actor_in(request)
    row = service_for(actor, service_id)
    form, here = ReasonForm(**bound_to(request)), reverse("backoffice:signing_service", args=[service_id])

    def act() -> Done:
        reason = form.cleaned_data["reason"]
        end_signing_service(actor=actor, service_id=service_id, reason=reason, at=timezone.now())
        return Done("Đã ngừng dùng dịch vụ.", reverse("backoffice:signing_services"))

    lead = f"Khóa của cán bộ ở {row.name} không ký được nữa; mật khẩu ứng dụng bị xóa."
    frame = Frame("Ngừng dùng dịch vụ ký số từ xa", "Ngừng dùng", _way(Link(row.name, here)), lead, danger=True)
    return form_page(request, form, act, frame)
