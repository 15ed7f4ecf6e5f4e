"""Số hóa giấy tờ: sheets to print, a stack to drop, one page to look through and confirm."""

import io
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from PIL import Image

from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.models import Dossier
from motcua.files.queries import open_blob
from motcua.files.terms import StoredFile
from motcua.files.web.download import content_disposition
from motcua.files.web.uploads import problems_of_upload
from motcua.identity.terms import Actor
from motcua.journal.idempotency import Reply, fingerprint_of, once
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.scanning.access import get_stack, may_digitise
from motcua.scanning.actions.arrange import Arrangement, arrange, read_anew
from motcua.scanning.actions.confirm import confirm_stack
from motcua.scanning.actions.confirm_outside import confirm_outside, token_of
from motcua.scanning.actions.let_go import drop_stack
from motcua.scanning.actions.open_stack import open_stack
from motcua.scanning.engine.reading import reader_missing
from motcua.scanning.models import Stack
from motcua.scanning.papers.sheets import separator_sheets
from motcua.scanning.queries import (
    laid_out,
    my_papers,
    my_stacks,
    page_of,
    papers_of,
    signature_demanded,
    stacks_of,
)
from motcua.scanning.terms import Purpose, SheetMark, StackState
from motcua.signing.queries.keys import officer_keys
from motcua.sites.desk.forms.scanning import FILES, ConfirmForm, StackForm, pages_moved
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.uploads import incoming
from motcua.sites.office.acting import Done, try_act
from motcua.sites.office.forms import bound_to
from motcua.sites.office.purpose import purpose_needed

_THUMBNAIL: Final = 420
_QUALITY: Final = 80


@require_safe
def scans(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/so-hoa/`: stacks that wait for me, what I digitised last."""
    actor = actor_of(request)
    context = {"stacks": my_stacks(actor), "papers": my_papers(actor), "missing": reader_missing()}
    return desk_page(request, "desk/scans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_scans(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST /mot-cua/so-hoa/ho-so/<code>/`: separator sheets, the stack, what is digitised already."""
    actor, at = actor_of(request), timezone.now()
    found = get_visible_by_code(actor, code)
    if way := purpose_needed(request, found, at):
        return way
    form, status = StackForm(found, **bound_to(request)), 200
    if request.method == "POST":
        answer, status = try_act(request, form, lambda: _bring(request, actor, found, form, at))
        if answer is not None:
            return answer
    context = {
        "dossier": found,
        "form": form,
        "components": found.components.order_by("position"),
        "stacks": stacks_of(found),
        "papers": papers_of(found),
        "may": may_digitise(actor, found, at),
        "must_sign": signature_demanded(found),
        "pens": officer_keys(actor.account_id, at),
        "missing": reader_missing(),
    }
    return desk_page(request, "desk/scan_dossier.html", context, status=status)


def _bring(request: HttpRequest, actor: Actor, found: Dossier, form: StackForm, at: datetime) -> Done:
    files: list[StoredFile] = []
    problems: list[Problem] = list(problems_of_upload(request))
    for name, get in incoming(actor, request, FILES, at):
        try:
            files.append(get())
        except MotCuaError as refusal:
            problems += [Problem(one.code, f"{name}{one.message}", FILES) for one in refusal.problems]
    if problems:
        raise Invalid(problems)
    key = form.cleaned_data["component_key"]
    stack = open_stack(actor=actor, dossier_id=found.pk, files=files, at=at, component_key=key)
    return Done("", reverse("desk:scan", args=[stack.pk]))


@require_safe
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/so-hoa/ho-so/<code>/to-phan-cach.pdf`: a separator sheet for each paper; `?giay=` for some."""
    found = get_visible_by_code(actor_of(request), code)
    wanted = set(request.GET.getlist("giay"))
    components = [one for one in found.components.order_by("position") if not wanted or one.key in wanted]
    if not components:
        raise NotFound(Problem("no_component", "Hồ sơ không có thành phần nào để in tờ phân cách."))
    marks = [(SheetMark(found.code, one.key), one.name) for one in components]
    response = HttpResponse(
        separator_sheets(marks, owner=found.owner.name, at=timezone.now()), content_type="application/pdf"
    )
    response["Content-Disposition"] = content_disposition(f"{found.code}-to-phan-cach.pdf", inline=True)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, stack_id: int) -> HttpResponse:
    """`GET, POST /mot-cua/so-hoa/<id>/`: progress while it is read; then pages, values, one press to confirm."""
    actor, at = actor_of(request), timezone.now()
    stack = get_stack(actor, stack_id)
    if way := purpose_needed(request, stack.dossier, at):
        return way
    if stack.purpose == Purpose.CERTIFY:
        return HttpResponseRedirect(reverse("desk:certify_scan", args=[stack.pk]))
    if request.method == "POST" and stack.is_open:
        return _pressed(request, actor, stack, at)
    if not stack.is_open:
        return HttpResponseRedirect(reverse("desk:scan_dossier", args=[stack.dossier.code]))
    if stack.state != StackState.READY:
        return desk_page(request, "desk/scan_reading.html", {"stack": stack, "dossier": stack.dossier})
    return _review(request, stack, _form(actor, stack, at))


def _form(actor: Actor, stack: Stack, at: datetime, data: Any = None) -> ConfirmForm:
    must_sign = signature_demanded(stack.dossier)
    keys = officer_keys(actor.account_id, at)
    return ConfirmForm(laid_out(stack), keys, revision=stack.revision, must_sign=must_sign, data=data)


def _pressed(request: HttpRequest, actor: Actor, stack: Stack, at: datetime) -> HttpResponse:
    pressed, back = request.POST.get("go", ""), reverse("desk:scan_dossier", args=[stack.dossier.code])
    if pressed == "drop":
        drop_stack(actor=actor, stack_id=stack.pk, at=at)
        messages.success(request, "Đã bỏ xấp giấy; hồ sơ không thay đổi.")
        return _see(back)
    if pressed == "read":
        read_anew(actor=actor, stack_id=stack.pk, at=at)
        return _see(reverse("desk:scan", args=[stack.pk]))
    if (move := pages_moved(pressed, request.POST)) is not None:
        return _arranged(request, actor, stack, move, at)
    form = _form(actor, stack, at, request.POST)

    def confirm() -> Done:
        said = form.confirmed()
        if token_of(actor, said.pen, at) is not None:
            press = form.cleaned_data["key"]
            batch = confirm_outside(actor=actor, stack_id=stack.pk, confirmed=said, key=press, at=at)
            return Done("", reverse("desk:signing_batch", args=[batch.pk]))
        papers = confirm_stack(actor=actor, stack_id=stack.pk, confirmed=said, at=at)
        signed = ", đã ký số" if papers[0].is_signed else ""
        return Done(f"Đã số hóa {len(papers)} giấy tờ{signed}.", back)

    answer, status = try_act(request, form, confirm)
    return answer if answer is not None else _review(request, stack, form, status=status)


def _arranged(
    request: HttpRequest, actor: Actor, stack: Stack, move: tuple[str, int, str], at: datetime
) -> HttpResponse:
    """Do what the button of a page asks, once; show the page again with everything that was typed."""
    how, page_id, key = move
    status = 200

    def act() -> Reply:
        wanted = Arrangement(how)
        arrange(actor=actor, stack_id=stack.pk, page_id=page_id, how=wanted, at=at, component_key=key)
        return Reply(200)

    if how not in set(Arrangement):
        raise Invalid(Problem("unknown_act", "Không rõ thao tác với trang; hãy mở lại trang này."))
    form = _form(actor, stack, at)
    try:
        mark = fingerprint_of(request.path, how, str(page_id), key)
        once(scope=f"scan:{actor.account_id}", key=request.POST.get("key", ""), fingerprint=mark, act=act)
    except MotCuaError as refusal:
        status = refusal.status
        messages.warning(request, " ".join(problem.message for problem in refusal.problems))
    fresh = get_stack(actor, stack.pk)
    form = _form(actor, fresh, at)
    for name in form.fields:
        if name in request.POST and name not in {"key", "revision", "pin"}:
            form.initial[name] = request.POST[name]
    return _review(request, fresh, form, status=status)


def _review(request: HttpRequest, stack: Stack, form: ConfirmForm, *, status: int = 200) -> HttpResponse:
    laid = form.laid
    unsure = [value for paper in laid.papers for value in paper.values if not value.is_sure]
    context = {
        "stack": stack,
        "dossier": stack.dossier,
        "form": form,
        "laid": laid,
        "papers": form.papers(),
        "unsure": len(unsure),
        "must_sign": signature_demanded(stack.dossier),
        "can_sign": "key_ref" in form.fields,
    }
    return desk_page(request, "desk/scan_review.html", context, status=status)


@require_safe
def page(request: HttpRequest, stack_id: int, page_id: int) -> HttpResponse:
    """`GET /mot-cua/so-hoa/<id>/trang/<page>.jpg`: a page; `?co=nho` small, `?vung=l,t,w,h` a part of it."""
    stack = get_stack(actor_of(request), stack_id)
    if way := purpose_needed(request, stack.dossier, timezone.now(), whole=True):
        return way
    found = page_of(stack, page_id)
    if found is None:
        raise NotFound(Problem("no_page", "Không tìm thấy trang này trong xấp giấy."))
    with open_blob(found.blob_id) as file:
        content = _shown(file.read(), request.GET.get("co", ""), request.GET.get("vung", ""))
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = content_disposition("trang.jpg", inline=True)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response


def _shown(content: bytes, size: str, part: str) -> bytes:
    """Return the picture, a small one, or the part `left,top,width,height` of it; nonsense is passed over."""
    numbers = [int(one) for one in part.split(",") if one.isdecimal() and len(one) < len("9" * 7)]
    if size != "nho" and len(numbers) != len("ltwh"):
        return content
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as opened:
        if len(numbers) == len("ltwh"):
            left, top, width, height = numbers
            right, bottom = min(left + width, opened.width), min(top + height, opened.height)
            picture = opened.crop((min(left, right - 1), min(top, bottom - 1), right, bottom))
        else:
            opened.draft("RGB", (_THUMBNAIL, _THUMBNAIL))
            picture = opened.convert("RGB")
        picture.thumbnail((_THUMBNAIL * 2, _THUMBNAIL) if numbers else (_THUMBNAIL, _THUMBNAIL * 2))
        out = io.BytesIO()
        picture.convert("RGB").save(out, format="JPEG", quality=_QUALITY)
    return out.getvalue()


def _see(url: str) -> HttpResponse:
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer
