"""What an officer looks at a dossier for that is not their work."""

from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.rules.masking import mask_name
from motcua.dossiers.rules.purpose import LONGEST, SHORTEST
from motcua.identity.requests import demand_fresh
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Frame
from motcua.sites.office.forms import OfficeForm, bound_to
from motcua.sites.office.purpose import give_purpose, sees_people


class PurposeForm(OfficeForm):
    """Mục đích xem dữ liệu cá nhân (Luật 91/2025/QH15)."""

    places: ClassVar[dict[str, str]] = {}

    purpose = forms.CharField(
        label="Mục đích xem",
        help_text="Ví dụ: trả lời phản ánh số 12/PA; phối hợp xác minh theo đề nghị của Phòng Kinh tế.",
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={
            "required": "Hãy ghi mục đích xem, ví dụ: trả lời phản ánh số 12/PA.",
            "min_length": "Mục đích quá ngắn; hãy ghi rõ để người dân và người giám sát hiểu được.",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def purpose(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST /mot-cua/ho-so/<code>/muc-dich/`: the purpose, kept in the journal of readings; then the dossier."""
    at, actor = timezone.now(), actor_of(request)
    dossier = get_visible_by_code(actor, code)
    demand_fresh(request)
    form = PurposeForm(**bound_to(request))
    home = reverse("desk:dossier", args=[dossier.code])
    if request.method == "POST" and form.is_valid():
        give_purpose(request, dossier.code, form.cleaned_data["purpose"], at)
        sees_people(request, dossier, at)
        onward = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(onward if safe else home)
    lead = (
        f"{dossier.procedure.name}. Chủ hồ sơ: {mask_name(dossier.owner.name)}. Hồ sơ này không thuộc việc bạn đang "
        "giải quyết. Mục đích xem được ghi lại; chủ hồ sơ và người giám sát đọc được."
    )
    frame = Frame(f"Xem hồ sơ {dossier.code}", "Xem đầy đủ", [Link("Việc của tôi", reverse("desk:home"))], lead)
    status = 422 if form.errors else 200
    return desk_page(request, "desk/purpose.html", {"form": form, "frame": frame}, status=status)
