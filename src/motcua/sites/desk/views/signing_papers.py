"""One paper of the queue, the numbers kept for papers, and the two steps of a token at the officer's own computer."""

import json
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.actions.reserve_number import cancel_number
from motcua.dossiers.actions.sign_results import take_signatures, wish_signatures
from motcua.dossiers.models import Dossier, DraftResult
from motcua.dossiers.papers.initialled import last_paper, standing
from motcua.dossiers.papers.queue import approval_queue, draft_signing
from motcua.dossiers.papers.result import compose_result
from motcua.dossiers.queries.numbers import numbers_of
from motcua.files.web.download import content_disposition
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.signing.actions.outside import decoded, wishes_as_json
from motcua.signing.queries.batches import progress_of
from motcua.sites.desk.shell import actor_of, desk_page


@require_safe
def signing_paper(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ky-so/xem/<code>.pdf`: the paper as it would be signed: no number, no day, initials if any."""
    at, actor = timezone.now(), actor_of(request)
    dossier = get_visible_by_code(actor, code)
    draft = dossier.drafts.select_related("attachment__blob").order_by("-number").first()
    if draft is None or dossier.pk not in approval_ids(actor, dossier.pk, at):
        raise NotFound(Problem("no_paper", "Văn bản này không chờ chữ ký của bạn."))
    initials = standing(draft)
    pdf = last_paper(dossier, initials) if initials else _composed(actor, dossier, draft, at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(f"{dossier.code}-du-thao.pdf", inline=True)
    response["Cache-Control"] = "private, no-store"
    return response


def _composed(actor: Actor, dossier: Dossier, draft: DraftResult, at: datetime) -> bytes:
    return compose_result(dossier, draft, draft_signing(actor, dossier, at), at=at)


def approval_ids(actor: Actor, pk: int, at: datetime) -> set[int]:
    """Return the dossier's id when its approval is open to the actor now."""
    found = approval_queue(actor, {pk: None}, at=at)
    return {one.dossier.pk for one in (*found.papers, *found.by_hand)}


@require_http_methods(["GET", "HEAD", "POST"])
def reserved_numbers(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/dong-dau/so-da-giu/`: numbers kept or cancelled, and why; `POST`: cancel one with a reason."""
    at, actor = timezone.now(), actor_of(request)
    problems: list[Problem] = []
    status = 200
    if request.method == "POST":
        try:
            wanted = request.POST.get("so", "")
            done = cancel_number(
                actor=actor,
                reserved_id=int(wanted) if wanted.isdecimal() and len(wanted) < len("9" * 18) else 0,
                reason=request.POST.get("reason", ""),
                at=at,
            )
        except NotFound:
            raise
        except MotCuaError as refusal:
            problems, status = list(refusal.problems), refusal.status
        else:
            messages.success(request, f"Đã hủy số {done}; số này không cấp lại.")
            return HttpResponseRedirect(request.path)
    context = {"numbers": numbers_of(actor, at=at), "problems": problems}
    return desk_page(request, "desk/reserved.html", context, status=status)


@require_POST
def prepare(request: HttpRequest, batch_id: int) -> HttpResponse:
    """`POST /mot-cua/ky-so/lo/<id>/chuan-bi`: `{"certificate", "chain"}` → digests (signing/README.md, "Hai bước")."""
    said, at = _json(request), timezone.now()
    certificate = decoded(str(said.get("certificate", "")), field="certificate")
    batch, wishes = wish_signatures(actor=actor_of(request), batch_id=batch_id, certificate=certificate, at=at)
    return JsonResponse(wishes_as_json(batch, wishes, part=uuid4().hex))


@require_POST
def finish(request: HttpRequest, batch_id: int) -> HttpResponse:
    """`POST /mot-cua/ky-so/lo/<id>/chu-ky`: `{"signatures": [{"id", "signature"}]}` → `{"done", "total"}`."""
    actor, at = actor_of(request), timezone.now()
    take_signatures(actor=actor, batch_id=batch_id, signatures=_signatures(_json(request)), at=at)
    found = progress_of(actor, batch_id, at=at)
    return JsonResponse({"done": found.settled, "total": found.total})


def _json(request: HttpRequest) -> dict[str, object]:
    try:
        said = json.loads(request.body)
    except ValueError as error:
        raise Invalid(Problem("not_json", "Yêu cầu không phải JSON.")) from error
    if not isinstance(said, dict):
        raise Invalid(Problem("not_json", "Yêu cầu không phải một đối tượng JSON."))
    return said


def _signatures(said: dict[str, object]) -> dict[int, str]:
    rows = said.get("signatures")
    try:
        return {int(one["id"]): str(one["signature"]) for one in rows}  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(Problem("bad_signatures", "Danh sách chữ ký không đúng dạng.", "signatures")) from error
