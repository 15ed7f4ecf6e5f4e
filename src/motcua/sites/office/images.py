"""The own signature's picture, and that of an agency's seal: look, put in, stop using."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.files.web.download import download_response
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.signing.access import may_set_seal
from motcua.signing.actions.set_images import drop_signature_image, set_seal_image, set_signature_image
from motcua.signing.models import SealImage, SignatureImage
from motcua.signing.queries.images import seal_image_now, signature_image_now
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to, content_of
from motcua.sites.office.image_forms import SealImageForm, SignatureImageForm

_methods = require_http_methods(["GET", "HEAD", "POST"])


@_methods
def signature_image(request: HttpRequest) -> HttpResponse:
    """`GET, POST /tai-khoan/chu-ky/`: the picture that shows where the officer signs."""
    actor = actor_in(request)
    form = SignatureImageForm(**bound_to(request))

    def act() -> Done:
        set_signature_image(actor=actor, content=content_of(form.cleaned_data["image"]), at=timezone.now())
        return Done("Đã đăng ký mẫu chữ ký.", reverse("signature_image"))

    lead = "Ảnh này hiện màu xanh trên văn bản bạn ký số (Nghị định 30/2020/NĐ-CP). Không có ảnh thì hiện họ tên."
    frame = Frame(
        "Mẫu chữ ký của tôi",
        "Đăng ký mẫu chữ ký",
        [Link("Tài khoản của tôi", reverse("account_home"))],
        lead,
        template="office/signature_image.html",
        more={"current": signature_image_now(actor.account_id or 0)},
    )
    return form_page(request, form, act, frame)


@require_POST
def drop_signature(request: HttpRequest) -> HttpResponse:
    """`POST /tai-khoan/chu-ky/bo/`: the officer's signature shows as text from now on."""
    drop_signature_image(actor=actor_in(request), at=timezone.now())
    messages.success(request, "Từ nay chữ ký của bạn hiện bằng chữ.")
    return redirect("signature_image")


@require_safe
def signature_image_file(request: HttpRequest) -> FileResponse:
    """`GET /tai-khoan/chu-ky/anh.png`: the picture, to its owner alone."""
    return _picture(signature_image_now(actor_in(request).account_id or 0))


@_methods
def seal_image(request: HttpRequest, agency_id: int) -> HttpResponse:
    """`GET, POST /tai-khoan/con-dau/<id>/`: the picture that shows where the agency seals."""
    actor = actor_in(request)
    agency = may_set_seal(actor, agency_id)
    form = SealImageForm(**bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        set_seal_image(
            actor=actor,
            agency_id=agency.pk,
            content=content_of(said["image"]),
            diameter=said["diameter"],
            at=timezone.now(),
        )
        return Done("Đã đăng ký mẫu dấu.", reverse("seal_image", args=[agency_id]))

    lead = "Ảnh này hiện màu đỏ, đúng kích thước thật, trùm một phần ba chữ ký về bên trái (Nghị định 30/2020/NĐ-CP)."
    frame = Frame(
        f"Mẫu dấu: {agency.name}",
        "Đăng ký mẫu dấu",
        [Link("Tài khoản của tôi", reverse("account_home"))],
        lead,
        template="office/seal_image.html",
        more={"current": seal_image_now(agency.pk), "agency": agency},
    )
    return form_page(request, form, act, frame)


@require_safe
def seal_image_file(request: HttpRequest, agency_id: int) -> FileResponse:
    """`GET /tai-khoan/con-dau/<id>/anh.png`: the picture, to those who may change it."""
    agency = may_set_seal(actor_in(request), agency_id)
    return _picture(seal_image_now(agency.pk))


def _picture(found: SignatureImage | SealImage | None) -> FileResponse:
    if found is None:
        raise NotFound(Problem("no_image", "Chưa đăng ký ảnh nào."))
    return download_response(found.blob, "anh.png", inline=True)
