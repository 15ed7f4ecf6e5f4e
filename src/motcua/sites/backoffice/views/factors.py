"""Helping an officer who lost the second way to confirm who they are."""

from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.identity.access import require_admin_of
from motcua.identity.actions.remove_factors import remove_factors
from motcua.identity.requests import actor_in, demand_fresh
from motcua.sites.backoffice.reach import officer
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import OfficeForm, bound_to


class ReasonForm(OfficeForm):
    """Why, and how it is known that it is the officer who asks."""

    places: ClassVar[dict[str, str]] = {}

    reason = forms.CharField(
        label="Lý do",
        required=False,
        help_text="Ghi cách bạn xác minh người đề nghị, ví dụ: mất điện thoại, đã gặp trực tiếp và đối chiếu thẻ.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, username: str) -> HttpResponse:
    """`GET, POST /quan-tri/can-bo/ho-so/<username>/go-bao-mat/`: take the second factor away, with the reason."""
    actor, account = actor_in(request), officer(actor_in(request), username)
    require_admin_of(actor, account, on=timezone.localdate())
    demand_fresh(request)
    form, home = ReasonForm(**bound_to(request)), reverse("backoffice:person", args=[account.username])

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
