"""Đại diện của tổ chức: an officer saw by which paper somebody acts for an organisation, and opens its store."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies.terms import Right
from motcua.kernel.errors import MotCuaError
from motcua.results.access import confirmed_at
from motcua.results.actions.represent import Represents, confirm_representation, end_representation
from motcua.results.terms import RepresentedBy
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.forms import CleanCharField, DayField, add_problems

_SHOWN = 50


class RepresentForm(forms.Form):
    """What stands on the papers the officer has seen; the room's rules say what is wrong with it."""

    tax_code = CleanCharField(
        label="Mã số thuế",
        widget=forms.TextInput(attrs={"class": "w15"}),
        error_messages={"required": "Hãy ghi mã số thuế."},
    )
    organisation_name = CleanCharField(label="Tên tổ chức", error_messages={"required": "Hãy ghi tên tổ chức."})
    personal_id = CleanCharField(
        label="Số định danh của người đại diện",
        help_text="Người này phải có tài khoản đã xác thực định danh.",
        error_messages={"required": "Hãy ghi số định danh của người đại diện."},
        widget=forms.TextInput(attrs={"class": "w15", "inputmode": "numeric", "autocomplete": "off"}),
    )
    as_what = forms.ChoiceField(
        label="Tư cách",
        choices=RepresentedBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn tư cách."},
    )
    evidence = CleanCharField(
        label="Giấy tờ đã xem",
        help_text="Ví dụ: Giấy chứng nhận đăng ký doanh nghiệp 0100109106 ngày 02/03/2020; giấy ủy quyền số 12.",
        error_messages={"required": "Hãy ghi giấy tờ đã xem."},
    )
    valid_to = DayField(label="Đến hết ngày", help_text="Bắt buộc với người được ủy quyền.", required=False)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """`/mot-cua/dai-dien-to-chuc/`: who acts for which organisation by what my agency saw; one more."""
    actor, at, status = actor_of(request), timezone.now(), 200
    form = RepresentForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = confirm_representation(
                    actor=actor, said=Represents(**said | {"as_what": RepresentedBy(said["as_what"])}), at=at
                )
            except MotCuaError as refusal:
                add_problems(form, refusal.problems)
                status = refusal.status
            else:
                messages.success(request, f"{made.account.full_name} từ nay mở được kho của {made.organisation_name}.")
                return HttpResponseRedirect(reverse("desk:representing"))
    context = {
        "rows": confirmed_at(actor)[:_SHOWN],
        "form": form if actor.has(Right.RECEIVE) else None,
        "today": timezone.localdate(at),
    }
    return desk_page(request, "desk/representing.html", context, status=status)


@require_POST
def end(request: HttpRequest, representation_id: int) -> HttpResponse:
    """`POST /mot-cua/dai-dien-to-chuc/<id>/thoi/`: the store closes to that person at once."""
    end_representation(actor=actor_of(request), representation_id=representation_id, at=timezone.now())
    messages.success(request, "Đã chấm dứt. Kho của tổ chức không còn mở với người này.")
    return HttpResponseRedirect(reverse("desk:representing"))
