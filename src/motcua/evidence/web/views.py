"""What the log tells everybody: heads, and that one continues another. For programs; people read `/bang-chung/`."""

import base64
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from motcua.evidence.actions.exchange import take_offered
from motcua.evidence.models import Head, Witnessed
from motcua.evidence.queries.heads import head_of_size
from motcua.evidence.queries.tree import latest_head, prove_growth
from motcua.evidence.rules.notes import BadNoteError
from motcua.identity.terms import SYSTEM
from motcua.kernel.errors import Invalid, NotFound, Problem

_MOST_OFFERED = 64 * 1024


@require_GET
def head(request: HttpRequest) -> JsonResponse:
    """`GET /bang-chung/dau-so.json[?la=<leaves>]`: a head, the newest unless its size is asked for."""
    found = _wanted(request)
    stamps = [base64.b64encode(one.token).decode() for one in found.stamps.order_by("id")]
    return JsonResponse(
        {
            "origin": found.origin,
            "size": found.size,
            "root": found.root,
            "at": found.at.isoformat(),
            "note": found.note,
            "key": found.key_name,
            "stamps": stamps,
        },
        json_dumps_params={"ensure_ascii": False},
    )


@require_GET
def note(request: HttpRequest) -> HttpResponse:
    """`GET /bang-chung/dau-so.txt[?la=<leaves>]`: the signed note itself."""
    return HttpResponse(_wanted(request).note, content_type="text/plain; charset=utf-8")


@require_GET
def growth(request: HttpRequest) -> JsonResponse:
    """`GET /bang-chung/noi-tiep.json?tu=<leaves>&den=<leaves>`: that the larger log begins with the smaller."""
    earlier, size = _number(request, "tu"), _number(request, "den")
    newest = latest_head()
    if newest is None or not 0 < earlier <= size <= newest.size:
        raise NotFound(Problem("no_growth", "Sổ không có hai cỡ như vậy."))
    path = [one.hex() for one in prove_growth(earlier, size)]
    return JsonResponse({"from": earlier, "to": size, "path": path})


@require_GET
def held(request: HttpRequest) -> JsonResponse:
    """`GET /bang-chung/da-giu.json?so=<origin>`: how large that house's log was when we last saw it."""
    origin = request.GET.get("so", "")
    last = Witnessed.objects.filter(origin=origin, problem="").order_by("-id").first()
    return JsonResponse({"origin": origin, "size": last.size if last else 0, "root": last.root if last else ""})


@csrf_exempt
@require_POST
def offer(request: HttpRequest) -> JsonResponse:
    """`POST /bang-chung/nhan/`: another house offers its head; kept only when it is signed by the key we hold of it."""
    try:
        said: Any = json.loads(request.body) if len(request.body) <= _MOST_OFFERED else None
        if not isinstance(said, dict):
            raise BadNoteError("không đọc được")
        kept = take_offered(actor=SYSTEM, said=said, at=timezone.now())
    except (ValueError, RecursionError) as error:
        raise Invalid(Problem("no_head", "Nội dung gửi đến không phải đầu sổ.")) from error
    return JsonResponse({"kept": kept is not None and not kept.problem})


def _wanted(request: HttpRequest) -> Head:
    found = head_of_size(_number(request, "la")) if "la" in request.GET else latest_head()
    if found is None:
        raise NotFound(Problem("no_head", "Chưa có đầu sổ như vậy."))
    return found


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0  # noqa: PLR2004 (fits a bigint)
