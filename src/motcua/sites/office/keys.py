"""Chữ ký của tôi: the keys somebody signs with, and those of the seals they keep."""

import base64
import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.identity.requests import actor_in, demand_fresh
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem, RuleBroken
from motcua.signing.access import Keeper, keeper_of
from motcua.signing.actions.outside import decoded
from motcua.signing.actions.put_in_keys import put_in_file, put_in_remote, put_in_token
from motcua.signing.actions.set_signing_services import Offered, credentials_of, services_in_use
from motcua.signing.actions.settle_keys import prefer_key, remove_key, withdraw_key
from motcua.signing.models import SigningService
from motcua.signing.queries.held_keys import key_ring
from motcua.signing.queries.images import seal_image_now, signature_image_now
from motcua.signing.rules.wheres import REMOVED, RemotePlace
from motcua.signing.terms import KeyGoneError
from motcua.signing.web.agent import may_call_agent
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page, show_form, try_act
from motcua.sites.office.forms import bound_to, content_of
from motcua.sites.office.key_forms import KeyFileForm, RemoteForm
from motcua.sites.office.shell import office_page
from motcua.trust.terms import KeyPlace

_methods = require_http_methods(["GET", "HEAD", "POST"])
_MINE = "toi"
#: Where a session keeps the trial that a token is to sign, and for how long it is good.
_TRIAL, _TRIAL_LASTS = "key-trial", timedelta(minutes=10)


def _keeper(request: HttpRequest, whose: str, at: datetime) -> Keeper:
    if whose == _MINE:
        return keeper_of(actor_in(request), None, at=at)
    if not whose.isdecimal() or len(whose) >= len("9" * 18):
        raise NotFound(Problem("no_page", "Không có trang này."))
    return keeper_of(actor_in(request), int(whose), at=at)


def _here(keeper: Keeper) -> str:
    return reverse("signing_keys", args=[keeper.slug])


def _way(keeper: Keeper) -> list[Link]:
    name = f"Khóa con dấu: {keeper.name}" if keeper.is_seal else "Chữ ký của tôi"
    return [Link("Tài khoản của tôi", reverse("account_home")), Link(name, _here(keeper))]


@require_safe
def signing_keys(request: HttpRequest, whose: str) -> HttpResponse:
    """`GET /tai-khoan/khoa-ky/toi/`, `…/<agency>/`: every key, how it stands, where it is, which is taken by itself."""
    at = timezone.now()
    keeper = _keeper(request, whose, at)
    picture = seal_image_now(keeper.agency_id) if keeper.is_seal else signature_image_now(keeper.account_id or 0)
    context = {
        "keeper": keeper,
        "ring": key_ring(keeper, at),
        "picture": picture,
        "services": services_in_use(),
        "back": _way(keeper)[:1],
    }
    return office_page(request, "office/signing_keys.html", context)


@_methods
def key_file(request: HttpRequest, whose: str) -> HttpResponse:
    """`GET, POST /tai-khoan/khoa-ky/<whose>/tep/`: a PKCS#12 file, opened once with its PIN, kept as it is."""
    at = timezone.now()
    keeper, form = _keeper(request, whose, at), KeyFileForm(**bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        content = content_of(said["file"])
        done = put_in_file(actor=actor_in(request), keeper=keeper, content=content, pin=said["pin"], at=at)
        return Done(done.words, _here(keeper))

    lead = "Khóa chỉ mở bằng PIN bạn nhập mỗi lần ký. Chứng thư chưa có trong sổ thì chờ người quản trị xác nhận."
    return form_page(request, form, act, Frame("Đưa tệp khóa lên máy chủ", "Đưa tệp khóa vào", _way(keeper), lead))


@_methods
def key_remote(request: HttpRequest, whose: str) -> HttpResponse:
    """`GET, POST /tai-khoan/khoa-ky/<whose>/tu-xa/`: whose account at which service, then which of its keys."""
    at, services = timezone.now(), services_in_use()
    keeper, form = _keeper(request, whose, at), RemoteForm(services, **bound_to(request))
    lead = "Khóa nằm ở nhà cung cấp dịch vụ; hệ thống chỉ gửi mã băm của văn bản. PIN, mã OTP nhập mỗi lần ký."
    frame = Frame("Kết nối dịch vụ ký số từ xa", "Tìm khóa của tôi", _way(keeper), lead)
    if request.method != "POST" or not form.is_valid():
        return show_form(request, form, frame, status=200 if request.method != "POST" else Invalid.status)
    demand_fresh(request)
    try:
        found = _found(services, form)
    except MotCuaError as refusal:
        form.take(refusal.problems)
        return show_form(request, form, frame, status=refusal.status)
    form.offer(found)
    frame = Frame(
        frame.title,
        "Dùng khóa đã chọn",
        frame.back,
        lead,
        template="office/key_remote.html",
        more={"refused": [one for one in found if one.problem], "none": not found},
    )
    chosen = _chosen(found, request.POST.get("credential", ""))
    if chosen is None:
        return show_form(request, form, frame)
    answer, status = try_act(request, form, lambda: _connect(request, keeper, form, chosen, at))
    return answer if answer is not None else show_form(request, form, frame, status=status)


def _found(services: list[SigningService], form: RemoteForm) -> list[Offered]:
    row = next(one for one in services if str(one.pk) == form.cleaned_data["service"])
    try:
        return credentials_of(row, form.cleaned_data["user"])
    except KeyGoneError as gone:
        raise RuleBroken(Problem("service_silent", str(gone), "service")) from gone


def _chosen(found: list[Offered], credential_id: str) -> Offered | None:
    return next((one for one in found if one.id == credential_id and one.known and not one.problem), None)


def _connect(request: HttpRequest, keeper: Keeper, form: RemoteForm, chosen: Offered, at: datetime) -> Done:
    known = chosen.known
    if known is None:
        raise NotFound(Problem("no_credential", "Không tìm thấy khóa này ở dịch vụ."))
    said = form.cleaned_data
    place = RemotePlace(int(said["service"]), chosen.id, said["user"], known.asks, known.once)
    facts: dict[str, Any] = {"certificate": known.certificate, "chain": known.chain, "where": str(place)}
    return Done(put_in_remote(actor=actor_in(request), keeper=keeper, at=at, **facts).words, _here(keeper))


@may_call_agent  # type: ignore[arg-type]  # its stubs know views without arguments only
@require_safe
def key_agent(request: HttpRequest, whose: str) -> HttpResponse:
    """`GET /tai-khoan/khoa-ky/<whose>/tai-may/`: pair this browser with the agent, register a token's certificate."""
    keeper = _keeper(request, whose, timezone.now())
    context = {
        "keeper": keeper,
        "back": _way(keeper),
        "prepare_url": reverse("signing_key_trial", args=[keeper.slug]),
        "finish_url": reverse("signing_key_proof", args=[keeper.slug]),
        "then_url": _here(keeper),
    }
    return office_page(request, "office/key_agent.html", context)


@require_POST
def key_trial(request: HttpRequest, whose: str) -> HttpResponse:
    """`POST …/tai-may/chuan-bi`: `{"certificate", "chain"}` → one digest to sign, none for a key that is in already."""
    at, said = timezone.now(), _json(request)
    keeper = _keeper(request, whose, at)
    certificate = decoded(str(said.get("certificate", "")), field="certificate")
    above = said.get("chain")
    chain = [str(one) for one in above[:5]] if isinstance(above, list) else []
    digest = hashlib.sha256(b"motcua: key of " + keeper.slug.encode() + b"\n" + secrets.token_bytes(32)).digest()
    items: list[dict[str, object]] = []
    if not _is_in(keeper, certificate):
        request.session[_TRIAL] = {
            "whose": keeper.slug,
            "certificate": base64.b64encode(certificate).decode(),
            "chain": chain,
            "digest": digest.hex(),
            "until": (at + _TRIAL_LASTS).isoformat(),
        }
        label = f"Chữ ký thử để ghi khóa của {keeper.name}; không ký văn bản nào"
        items = [{"id": 1, "digest": base64.b64encode(digest).decode(), "label": label}]
    answer = {"batch": uuid4().hex, "part": uuid4().hex, "title": "Ghi khóa ký", "hash": "sha256", "left": len(items)}
    return JsonResponse({**answer, "items": items})


@require_POST
def key_proof(request: HttpRequest, whose: str) -> HttpResponse:
    """`POST …/tai-may/chu-ky`: `{"signatures": [{"id", "signature"}]}` → `{"done", "total"}`."""
    at, said = timezone.now(), _json(request)
    keeper, trial = _keeper(request, whose, at), request.session.pop(_TRIAL, None)
    if trial is None or trial["whose"] != keeper.slug or at > datetime.fromisoformat(trial["until"]):
        raise RuleBroken(Problem("no_trial", "Lần thử đã hết hạn; hãy bấm lại."))
    rows = said.get("signatures")
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    done = put_in_token(
        actor=actor_in(request),
        keeper=keeper,
        certificate=base64.b64decode(trial["certificate"]),
        chain=tuple(decoded(one, field="chain") for one in trial["chain"]),
        digest=bytes.fromhex(trial["digest"]),
        signature=decoded(str(first.get("signature", "")), field="signatures"),
        at=at,
    )
    messages.success(request, done.words)
    return JsonResponse({"done": 1, "total": 1})


def _is_in(keeper: Keeper, certificate: bytes) -> bool:
    mark = hashlib.sha256(certificate).hexdigest()
    kept = keeper.certificates().filter(fingerprint=mark, key_place=KeyPlace.AGENT).exclude(key_where=REMOVED)
    return kept.exists() or keeper.offers().filter(fingerprint=mark, settled_at__isnull=True).exists()


@require_POST
def key_act(request: HttpRequest, whose: str, certificate_id: int, slug: str) -> HttpResponse:
    """`POST /tai-khoan/khoa-ky/<whose>/<id>/mac-dinh|go/`: take this one by itself, or take it away."""
    at = timezone.now()
    keeper, act = _keeper(request, whose, at), {"mac-dinh": prefer_key, "go": remove_key}.get(slug)
    if act is None:
        raise NotFound(Problem("no_page", "Không có việc này."))
    row = act(actor=actor_in(request), keeper=keeper, certificate_id=certificate_id, at=at)
    words = "Đã chọn làm khóa mặc định" if slug == "mac-dinh" else "Đã gỡ khóa"
    messages.success(request, f"{words}: {row.name}, số {row.serial[-8:]}.")
    return HttpResponseRedirect(_here(keeper))


@require_POST
def key_withdraw(request: HttpRequest, whose: str, offer_id: int) -> HttpResponse:
    """`POST /tai-khoan/khoa-ky/<whose>/cho/<id>/rut/`: take back a key that waits for an administrator."""
    at = timezone.now()
    keeper = _keeper(request, whose, at)
    withdraw_key(actor=actor_in(request), keeper=keeper, offer_id=offer_id, at=at)
    messages.success(request, "Đã rút khóa đang chờ.")
    return HttpResponseRedirect(_here(keeper))


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.body)
    except ValueError as error:
        raise Invalid(Problem("not_json", "Yêu cầu không phải JSON.")) from error
    if not isinstance(said, dict):
        raise Invalid(Problem("not_json", "Yêu cầu không phải một đối tượng JSON."))
    return said
