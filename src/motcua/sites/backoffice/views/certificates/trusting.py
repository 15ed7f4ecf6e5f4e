"""Trust services: how they stand, windows, what waits; declare, end, ask now, set a rule."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.access import require_admin
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.backoffice.forms.certificates import RuleForm, ServiceForm
from motcua.sites.backoffice.views.certificates.register import back
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import ReasonForm, bound_to, content_of
from motcua.sites.office.shell import office_page
from motcua.trust.access import administers_all
from motcua.trust.actions.set_rule import set_trust_rule
from motcua.trust.actions.set_service import declare_service, end_service
from motcua.trust.jobs import watch_services
from motcua.trust.models import Outage, TrustRule, TrustService
from motcua.trust.queries import amounts, services, waiting_papers, windows_now
from motcua.trust.rules.windows import is_in_hours
from motcua.trust.terms import RuleKind, ServiceKind, Standing

_methods = require_http_methods(["GET", "HEAD", "POST"])
_SLUGS = {
    "dau-thoi-gian": RuleKind.STAMP_WINDOW,
    "thu-hoi": RuleKind.REVOCATION_WINDOW,
    "bao-lan-1": RuleKind.ALARM_FIRST,
    "bao-lan-2": RuleKind.ALARM_SECOND,
    "bao-lan-cuoi": RuleKind.ALARM_LAST,
}
_LOOKS = {Standing.WELL: "good", Standing.GOING_ON: "warn", Standing.STOPPED: "bad"}
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as it holds, with who set it and why."""

    slug: str
    label: str
    amount: str
    newest: TrustRule | None


def _way() -> list[Link]:
    return [*back(), Link("Dịch vụ tin cậy", reverse("backoffice:trust_services"))]


@require_safe
def trust_services(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/chung-thu/dich-vu/`: who answers, since when not, until when signing goes on, what waits."""
    now, waiting = timezone.now(), waiting_papers()
    standings = [(one, one.window.standing(now)) for one in windows_now()]
    context = {
        "windows": [(one, standing.label, _LOOKS[standing]) for one, standing in standings],
        "services": list(services()),
        "rules": _rules(),
        "outages": Outage.objects.filter(ended_at__isnull=False).order_by("-began_at")[:_SHOWN],
        "waiting": waiting[:_SHOWN],
        "waiting_count": waiting.count(),
        "everywhere": administers_all(actor_in(request)),
    }
    return office_page(request, "backoffice/trust_services.html", context)


def _rules() -> list[RuleRow]:
    held = amounts()
    newest = {row.kind: row for row in TrustRule.objects.order_by("kind", "-set_at", "-id").distinct("kind")}
    return [
        RuleRow(slug, str(kind.label), f"{held[kind]} {_unit(kind)}", newest.get(kind)) for slug, kind in _SLUGS.items()
    ]


def _unit(kind: RuleKind) -> str:
    return "giờ" if is_in_hours(kind) else "ngày"


@_methods
def declare(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/dich-vu/them/`: an address that may be asked."""
    actor = actor_in(request)
    form = ServiceForm(initial={"kind": ServiceKind.TSA.value}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        declare_service(
            actor=actor,
            at=timezone.now(),
            kind=ServiceKind(said["kind"]),
            name=said["name"],
            url=said["url"],
            position=said["position"],
            pinned=content_of(said["pinned"]) if said["pinned"] else b"",
            reason=said["reason"],
        )
        return Done("Đã khai báo dịch vụ.", reverse("backoffice:trust_services"))

    lead = "Hệ thống chỉ gửi yêu cầu đến địa chỉ đã khai báo ở đây hoặc ghi trong chứng thư đã vào sổ."
    return form_page(request, form, act, Frame("Khai báo dịch vụ tin cậy", "Khai báo", _way(), lead))


@_methods
def end(request: HttpRequest, service_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/dich-vu/<id>/ngung/`: nobody is asked there any more."""
    actor = actor_in(request)
    row = TrustService.objects.filter(pk=service_id, ended_at__isnull=True).first()
    if row is None:
        raise NotFound(Problem("service_unknown", "Không tìm thấy dịch vụ này."))
    form = ReasonForm(**bound_to(request))

    def act() -> Done:
        end_service(actor=actor, at=timezone.now(), service_id=service_id, reason=form.cleaned_data["reason"])
        return Done("Đã ngừng dùng dịch vụ.", reverse("backoffice:trust_services"))

    return form_page(request, form, act, Frame("Ngừng dùng dịch vụ", "Ngừng dùng", _way(), row.url, danger=True))


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """`POST /quan-tri/chung-thu/dich-vu/hoi/`: ask every authority of time now, and who did not answer before."""
    require_admin(actor_in(request), ())
    watch_services(at=timezone.now())
    messages.success(request, "Đã hỏi lại các dịch vụ; tình trạng ở dưới.")
    return HttpResponseRedirect(reverse("backoffice:trust_services"))


@_methods
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/quy-dinh/<slug>/`: how long signing goes on, when alarms ring."""
    actor, kind = actor_in(request), _SLUGS.get(slug)
    if kind is None:
        raise NotFound(Problem("no_page", "Không có quy định này."))
    form = RuleForm(kind, _unit(kind), initial={"amount": amounts()[kind]}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        set_trust_rule(actor=actor, at=timezone.now(), kind=kind, amount=said["amount"], reason=said["reason"])
        return Done("Đã đặt quy định; có hiệu lực ngay.", reverse("backoffice:trust_services"))

    lead = "Tính từ lần lỗi đầu tiên. 0 giờ: không được ký khi thiếu dịch vụ." if is_in_hours(kind) else ""
    return form_page(request, form, act, Frame(str(kind.label), "Đặt", _way(), lead))
