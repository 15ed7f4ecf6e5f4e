"""Saved lists of an officer, favourite procedures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies.terms import Right
from motcua.dossiers.actions.keep_list import drop_list, keep_list, mark_favourite, move_list, open_list_first
from motcua.dossiers.queries.saved import saved_lists
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.sites.desk import filters
from motcua.sites.desk.shell import actor_of, desk_page


@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/bo-loc/?…`: keep the list of that address under a name, put the kept ones in order.

    `POST`: `keep` with `name`, `query` and perhaps `unit`; `drop`, `first`, `not_first`, `up`, `down` with the id.
    """
    actor = actor_of(request)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            done = _change(request, actor)
        except NotFound:
            raise
        except MotCuaError as refusal:
            problems = list(refusal.problems)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("desk:saved"))
    query = filters.list_query(QueryDict(request.POST["query"]) if request.POST.get("query") else request.GET)
    context = {
        "query": query,
        "name": request.POST.get("name", ""),
        "problems": problems,
        "lists": [(one, one.owner_id == actor.account_id) for one in saved_lists(actor)],
        "units": _led(actor),
    }
    return desk_page(request, "desk/saved.html", context, status=Invalid.status if problems else 200)


def _change(request: HttpRequest, actor: Actor) -> str:
    said, at = request.POST, timezone.now()
    if "keep" in said:
        unit = said.get("unit", "")
        query = filters.list_query(QueryDict(said.get("query", "")))
        unit_id = int(unit) if unit.isdecimal() else None
        return (
            f"Đã lưu bộ lọc «{keep_list(actor=actor, name=said.get('name', ''), query=query, unit_id=unit_id, at=at)}»."
        )
    if "drop" in said:
        drop_list(actor=actor, list_id=_number(said["drop"]))
        return "Đã xóa bộ lọc."
    if "first" in said or "not_first" in said:
        is_first = "first" in said
        kept = open_list_first(
            actor=actor, list_id=_number(said["first" if is_first else "not_first"]), is_first=is_first
        )
        return f"Trang «Việc của tôi» sẽ mở bộ lọc «{kept}» đầu tiên." if is_first else "Đã bỏ bộ lọc mở đầu tiên."
    up = "up" in said
    move_list(actor=actor, list_id=_number(said.get("up" if up else "down", "")), up=up)
    return "Đã đổi thứ tự."


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len("9" * 18) else 0


def _led(actor: Actor) -> list[tuple[int, str]]:
    led = [post for post in actor.postings if post.rights & {Right.LEAD_DIVISION, Right.LEAD_AGENCY}]
    return sorted({(post.unit_id, post.unit_name) for post in led})


@require_POST
def favourite(request: HttpRequest) -> HttpResponse:
    """`POST /mot-cua/tiep-nhan/ua-dung/`: `add` or `remove` with a procedure's code."""
    said = request.POST
    code = said.get("add") or said.get("remove", "")
    mark_favourite(actor=actor_of(request), procedure_code=code, is_favourite="add" in said)
    return HttpResponseRedirect(reverse("desk:intake"))
