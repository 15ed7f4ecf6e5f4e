"""Following a dossier without an account."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers.queries.tracking import token_by_phone, track_by_token
from motcua.kernel.errors import NotFound, Problem
from motcua.postal.queries import orders_of
from motcua.sites.kit.codes import code_as_typed
from motcua.sites.kit.face import face_of
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.portal.family import stages
from motcua.sites.portal.guard import may_try, was_right
from motcua.sites.portal.money import to_pay
from motcua.sites.portal.story import is_answered, story_of

_WRONG = "Không có hồ sơ nào khớp cả mã hồ sơ và số điện thoại này. Hãy xem lại trên giấy tiếp nhận."
_NO_SUCH = "Không tìm thấy hồ sơ theo mã này. Hãy quét lại mã QR hoặc tra bằng mã hồ sơ."
_WAIT = "Bạn đã thử sai nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc quét mã QR trên giấy tiếp nhận."


class TrackForm(forms.Form):
    """Code and phone."""

    code = CleanCharField(
        label="Mã hồ sơ",
        help_text="In trên giấy tiếp nhận, ví dụ: H49.61-260302-0001",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "Hãy nhập mã hồ sơ."},
    )
    phone = CleanCharField(
        label="Số điện thoại đã ghi trong hồ sơ",
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w15", "inputmode": "tel", "autocomplete": "tel", "type": "tel"}),
        error_messages={"required": "Hãy nhập số điện thoại đã ghi trong hồ sơ."},
    )

    def clean_code(self) -> str:
        """Return the code as it stands on the receipt."""
        return code_as_typed(self.cleaned_data["code"])


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """`/tra-cuu/`: code and phone; whatever is wrong, the answer is the same."""
    form = TrackForm(initial={"code": request.GET.get("ma", "")[:60]}, label_suffix="")
    status = 200
    if request.method == "POST":
        form = TrackForm(request.POST, label_suffix="")
        status = 422
        if form.is_valid():
            code, address = form.cleaned_data["code"], request.META.get("REMOTE_ADDR", "")
            if not may_try(address, code):
                form.add_error(None, _WAIT)
                status = 429
            elif token := token_by_phone(code, form.cleaned_data["phone"]):
                was_right(address, code)
                return HttpResponseRedirect(reverse("portal:tracked", args=[code.upper(), token]))
            else:
                form.add_error(None, _WRONG)
    return render(request, "portal/track.html", {"form": form}, status=status)


@never_cache
@require_GET
def tracked(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """`GET /tra-cuu/<code>/<token>/`: the public timeline behind the QR code, people masked."""
    at, address = timezone.now(), request.META.get("REMOTE_ADDR", "")
    found = track_by_token(code, token) if may_try(address) else None
    if found is None:
        raise NotFound(Problem("no_dossier", _NO_SUCH))
    was_right(address)
    answered, pause = is_answered(found.dossier, found.moves), found.timing.pause(at)
    context = {
        "dossier": found.dossier,
        "owner": found.owner,
        "answered": answered,
        "timing": found.timing,
        "face": face_of(
            found.dossier,
            at,
            paused_since=pause.since if pause else None,
            paused_for=pause.kind if pause else "",
            promised_at=found.timing.promised_at,
            answered=answered,
        ),
        "knots": story_of(found.dossier, found.moves, public=True),
        "family": stages(found.parts, at),
        "money": to_pay(found.dossier),
        "postal_orders": orders_of(found.dossier),
    }
    response = render(request, "portal/tracked.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
