"""Checking a paper: a file, its QR code, its look-up code; without an account, without a script."""

from pathlib import Path
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.files.queries import limits
from motcua.files.web.uploads import problems_of_upload
from motcua.kernel.errors import NotFound, Problem
from motcua.results.queries.checking import known_keys
from motcua.results.queries.papers import by_code, replaced_codes, revoked_codes
from motcua.results.queries.shares import public_view
from motcua.results.rules.codes import read_code
from motcua.results.rules.keys import keys_as_json
from motcua.results.rules.qr import data_of
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.kit.verdict import Face, face_of_paper
from motcua.sites.kit.words import size_text
from motcua.sites.portal.checking import Answer, check_text, check_upload, may_check
from motcua.sites.portal.guard import may_try, was_right
from motcua.trust.bundle import own_key, write_bundle
from motcua.trust.providers.house import house_store

_WAIT = "Bạn đã kiểm tra nhiều lần trong ít phút. Hãy đợi 15 phút rồi thử lại."
_UNKNOWN = "Sổ kết quả không có mã tra cứu này. Hãy xem lại từng chữ trên giấy."
_LONGEST = 3000


class CheckForm(forms.Form):
    """A file, or a text: what a QR code says, or a look-up code."""

    file = forms.FileField(
        label="Tệp giấy tờ, hoặc ảnh chụp mã QR",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,image/*"}),
    )
    text = CleanCharField(
        label="Mã tra cứu, hoặc nội dung mã QR",
        help_text="Mã tra cứu có 12 chữ và số, in trên phiếu xác thực, ví dụ 7F3K-9Q2M-XA4D.",
        required=False,
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """`/kiem-tra/`: drop a file, paste a QR code, type a code; what was sent is judged and thrown away."""
    if request.method != "POST":
        return _page(request, CheckForm(label_suffix=""))
    form = CheckForm(request.POST, request.FILES, label_suffix="")
    for problem in problems_of_upload(request):
        form.add_error("file", problem.message)
    form.fields["file"].required = False
    upload, typed = request.FILES.get("file"), str(request.POST.get("text", "")).strip()[:_LONGEST]
    if not upload and not typed and not form.errors:
        form.add_error("file", "Hãy chọn một tệp, hoặc nhập mã ở ô bên dưới.")
    if upload is None and typed and not data_of(typed):
        return _by_typed(request, form, typed)
    if not form.is_bound or (form.errors and upload is None):
        return _page(request, form, status=422)
    at = timezone.now()
    if not may_check(request, at):
        form.add_error(None, _WAIT)
        return _page(request, form, status=429)
    answer = check_upload(upload, at) if upload else check_text(typed, at)
    return _page(request, CheckForm(label_suffix=""), answer)


def _by_typed(request: HttpRequest, form: CheckForm, typed: str) -> HttpResponse:
    """A look-up code leads to its page; the address of a paper's own QR code to that one."""
    path = urlsplit(typed).path
    if path.startswith("/xac-minh/"):
        return HttpResponseRedirect(reverse("portal:verify", args=[path.split("/")[2]]))
    if code := read_code(typed):
        return HttpResponseRedirect(reverse("portal:check_result", args=[code]))
    form.add_error("text", "Đây không phải mã tra cứu 12 chữ và số, cũng không phải mã QR xác thực.")
    return _page(request, form, status=422)


@never_cache
@require_GET
def by_qr(request: HttpRequest, text: str) -> HttpResponse:
    """`GET /K/<data>`: where the camera of a phone leads to."""
    at = timezone.now()
    if not may_check(request, at):
        return _page(request, CheckForm(label_suffix=""), Answer(Face("warn", "Hãy đợi ít phút.", _WAIT)), status=429)
    return _page(request, CheckForm(label_suffix=""), check_text(text, at))


@never_cache
@require_GET
def by_lookup(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /kiem-tra/<code>/`: what anybody with the look-up code may know; people masked."""
    at, address = timezone.now(), request.META.get("REMOTE_ADDR", "")
    paper = by_code(code) if may_try(address) else None
    if paper is None:
        raise NotFound(Problem("no_result", _UNKNOWN))
    was_right(address)
    context = {"shown": public_view(paper, at=at), "face": face_of_paper(paper, today=timezone.localdate(at))}
    return _unindexed(render(request, "portal/check_result.html", context))


@require_GET
def keys(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (a view)
    """`GET /kiem-tra/khoa.json`: the public keys and the marks of revoked results, for checking without a network."""
    response = JsonResponse(key_list(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="khoa-kiem-tra.json"'
    return response


@require_GET
def trust_bundle(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """`GET /kiem-tra/goi-chung-thu.zip`: the roots we believe and lists of the revoked, signed, to take along."""
    key = own_key(Path(settings.DATA_DIR) / "keys" / "trust-bundle.pem")
    content = write_bundle(house_store(), at=timezone.now(), key=key)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="goi-chung-thu.zip"'
    return response


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """`GET /kiem-tra/ngoai-tuyen/`: checks QR codes in the browser itself; once opened it needs no network."""
    return render(request, "portal/check_offline.html", {"keys": key_list()})


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """`GET /kiem-tra/ngoai-tuyen/giu.js`: keeps that page and what it needs on the device."""
    names = [static("ui/ui.css"), static("ui/check.css"), static("ui/check.js")]
    context = {"page": reverse("portal:check_offline"), "names": names}
    return render(request, "portal/check_worker.js", context, content_type="text/javascript; charset=utf-8")


def key_list() -> dict[str, object]:
    """Return the list of keys as it is handed out."""
    at = timezone.now()
    today, place = timezone.localdate(at), getattr(settings, "PLACE_NAME", "")
    marks = {"revoked": revoked_codes(today), "replaced": replaced_codes(today)}
    return keys_as_json(known_keys().values(), at=at, place=place, **marks)


def _page(request: HttpRequest, form: CheckForm, answer: Answer | None = None, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "answer": answer, "largest": size_text(limits().size)}
    response = render(request, "portal/check.html", context, status=status)
    return _unindexed(response) if answer else response


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
