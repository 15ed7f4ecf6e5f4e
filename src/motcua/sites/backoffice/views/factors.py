"""The second factor: who must have one, and help for who lost it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.agencies.access import require_admin
from motcua.identity.access import require_admin_of
from motcua.identity.actions.remove_factors import remove_factors
from motcua.identity.actions.set_factor_rule import set_factor_rule
from motcua.identity.duty import still_without
from motcua.identity.factors import duty_now
from motcua.identity.models import FactorRule
from motcua.identity.requests import actor_in, demand_fresh
from motcua.identity.rules.factors import MOST_GRACE_DAYS, FactorGroup
from motcua.sites.backoffice.reach import officer
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import OfficeForm, bound_to, reason_field

_SHOWN = 100


class RemoveForm(OfficeForm):
    """Why, and how it is known that it is the officer who asks."""

    reason = reason_field(
        help_text="Ghi cách bạn xác minh người đề nghị, ví dụ: mất điện thoại, đã gặp trực tiếp và đối chiếu thẻ."
    )


class RuleForm(OfficeForm):
    """Whom the rule binds, after how many days, why."""

    groups = forms.MultipleChoiceField(
        label="Bắt buộc với",
        required=False,
        choices=FactorGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn nhóm nào: không bắt buộc ai, ai muốn thì tự đặt.",
    )
    grace_days = forms.IntegerField(
        label="Số ngày chuẩn bị",
        min_value=0,
        max_value=MOST_GRACE_DAYS,
        initial=14,
        help_text="Trong thời gian này cán bộ được nhắc ở mọi trang. Cán bộ mới được tính từ ngày lập tài khoản. "
        "Ghi 0: áp dụng ngay.",
        widget=forms.TextInput(attrs={"class": "w5", "inputmode": "numeric"}),
        error_messages={"required": "Hãy ghi số ngày.", "invalid": "Hãy ghi số ngày bằng chữ số."},
    )
    reason = reason_field(help_text="Ví dụ: yêu cầu của hệ thống thông tin cấp độ 3.")


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, username: str) -> HttpResponse:
    """`GET, POST /quan-tri/can-bo/ho-so/<username>/go-bao-mat/`: take the second factor away, with the reason."""
    actor, account = actor_in(request), officer(actor_in(request), username)
    require_admin_of(actor, account, on=timezone.localdate())
    demand_fresh(request)
    form, home = RemoveForm(**bound_to(request)), reverse("backoffice:person", args=[account.username])

    def act() -> Done:
        reason = form.cleaned_data["reason"]
        remove_factors(actor=actor, account_id=account.pk, reason=reason, at=timezone.now())
        return Done("Đã gỡ bảo mật hai lớp và đăng xuất tài khoản khỏi mọi nơi.", home)

    lead = (
        "Sau khi gỡ, tài khoản chỉ cần mật khẩu để đăng nhập và bị đăng xuất khỏi mọi nơi. Người giữ tài khoản được "
        "báo ngay."
    )
    back = [Link("Cán bộ", reverse("backoffice:people")), Link(account.full_name, home)]
    return form_page(request, form, act, Frame("Gỡ bảo mật hai lớp", "Gỡ", back, lead, danger=True))


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/bao-mat/`: who must have a second factor, who has none yet; another rule."""
    actor, now = actor_in(request), timezone.now()
    require_admin(actor, ())
    demand_fresh(request)
    duty, newest = duty_now(), FactorRule.objects.order_by("-pk").first()
    initial = {"groups": newest.groups, "grace_days": newest.grace_days} if newest and newest.groups else {}
    form = RuleForm(initial=initial, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        facts = {name: said[name] for name in ("groups", "grace_days", "reason")}
        set_factor_rule(actor=actor, at=now, **facts)
        return Done("Đã đặt quy định bảo mật hai lớp.", reverse("backoffice:factor_rule"))

    lacking = still_without(duty, timezone.localdate(now)) if duty else None
    more = {
        "duty": duty,
        "until": duty.until(None) if duty else None,
        "names": [group.label for group in FactorGroup if group in duty.groups] if duty else [],
        "newest": newest,
        "lacking": lacking[:_SHOWN] if lacking is not None else [],
        "lacking_count": lacking.count() if lacking is not None else 0,
    }
    lead = (
        "Ngoài mật khẩu, mỗi lần đăng nhập phải có mã trên điện thoại hoặc khóa của riêng người đó. Hết thời gian "
        "chuẩn bị, ai chưa đặt chỉ mở được trang hướng dẫn đặt; đặt xong là vào lại được ngay."
    )
    back = [Link("Quản trị", reverse("backoffice:home"))]
    frame = Frame("Bảo mật hai lớp của cán bộ", "Đặt", back, lead, template="backoffice/factor_rule.html", more=more)
    return form_page(request, form, act, frame)
