"""Whether whoever digitises must sign: a rule kept as data."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.agencies.access import require_admin
from motcua.identity.requests import actor_in
from motcua.scanning.actions.set_rule import set_rule
from motcua.scanning.queries import standing_rule
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import OfficeForm, bound_to, reason_field


class RuleForm(OfficeForm):
    """Must they, and on which ground."""

    demands_signature = forms.BooleanField(label="Bản số hóa phải được cán bộ số hóa ký số", required=False)
    reason = reason_field("Căn cứ, lý do", help_text="Ví dụ: cán bộ chưa được cấp chứng thư số, áp dụng đến hết quý.")


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/so-hoa/`: the rule for all agencies, and another one."""
    actor, at = actor_in(request), timezone.now()
    require_admin(actor, ())
    standing = standing_rule(None)
    demanded = standing.demands_signature if standing else True
    form = RuleForm(initial={"demands_signature": demanded}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        set_rule(actor=actor, demands_signature=said["demands_signature"], reason=said["reason"], at=at)
        return Done("Đã đặt quy định ký số hóa.", reverse("backoffice:digitising_rule"))

    now = "phải ký số" if demanded else "chưa bắt buộc ký số"
    ground = f" ({standing.reason}; {standing.set_by_name} đặt)" if standing else " (mặc định)"
    lead = f"Hiện nay: {now}{ground}. Thông tư 01/2023/TT-VPCP yêu cầu cán bộ số hóa ký số vào bản số hóa."
    back = [Link("Quản trị", reverse("backoffice:home"))]
    return form_page(request, form, act, Frame("Quy định ký số hóa", "Đặt", back, lead))
