"""Sổ theo dõi hồ sơ: look, print, take away as a table; long ones are written in the background."""

from datetime import datetime
from itertools import islice
from typing import Any
from uuid import uuid4

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import unit
from motcua.dossiers.actions.keep_register import AT_ONCE, ask_register, keep_register
from motcua.dossiers.models import RegisterRun
from motcua.dossiers.queries.register import (
    Scope,
    register_of,
    register_rows,
    register_run,
    register_runs,
    register_totals,
    register_units,
)
from motcua.files.web.download import download_response
from motcua.identity.terms import Actor
from motcua.journal.idempotency import Reply, fingerprint_of, once
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.sites.desk.forms.register import RegisterForm
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.forms import add_problems

#: The page shows no more lines than this; the file holds all.
SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/so-theo-doi/`: the register of a unit and a period; `POST`: the same as a file."""
    at, actor = timezone.now(), actor_of(request)
    units = register_units(actor, on=timezone.localdate(at))
    if not units:
        raise NotFound(Problem("no_unit", "Không có đơn vị nào mà bạn được xem sổ."))
    form = RegisterForm(actor, units, timezone.localdate(at), request.POST or request.GET)
    shown: dict[str, Any] = {}
    if form.is_valid():
        try:
            if request.method == "POST":
                return _write(request, actor, form.scope(), at)
            shown = _shown(actor, form.scope(), at)
        except NotFound:
            raise
        except MotCuaError as refusal:
            add_problems(form, [Problem(one.code, one.message, _PLACES.get(one.field, "")) for one in refusal.problems])
    context = {
        "form": form,
        "kinds": RegisterRun.Kind.choices,
        "key": uuid4().hex,
        "runs": register_runs(actor),
        "was_asked": bool(request.GET),
        **shown,
    }
    return desk_page(request, "desk/register.html", context, status=Invalid.status if form.errors else 200)


_PLACES = {"last": "den"}


def _shown(actor: Actor, scope: Scope, at: datetime) -> dict[str, Any]:
    found = register_of(actor, scope)
    totals = register_totals(found, at=at)
    total = sum(number for _, number in totals)
    rows = list(islice(register_rows(found[:SHOWN], at=at), SHOWN))
    return {
        "scope": scope,
        "unit": unit(scope.unit_id),
        "rows": rows,
        "totals": totals,
        "total": total,
        "more": total - len(rows),
        "is_long": total > AT_ONCE,
    }


def _write(request: HttpRequest, actor: Actor, scope: Scope, at: datetime) -> HttpResponse:
    kind = request.POST.get("loai", "")
    if kind not in RegisterRun.Kind.values:
        raise Invalid(Problem("bad_kind", "Hãy chọn bản in hoặc bảng Excel."))

    def ask() -> Reply:
        run = ask_register(actor=actor, scope=scope, kind=kind, at=at)
        return Reply(303, body=run.pk, location=reverse("desk:register_run", args=[run.pk]))

    mark = fingerprint_of("register", kind, repr(scope))
    reply = once(scope=f"desk:{actor.account_id}", key=request.POST.get("key", ""), fingerprint=mark, act=ask)
    run = register_run(actor, int(reply.body))
    if run.total <= AT_ONCE:
        keep_register(run_id=run.pk, at=at)
    return HttpResponseRedirect(reply.location)


@require_safe
def register_progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """`GET /mot-cua/so-theo-doi/<id>/`: how far the file is, and the way to it when it is ready."""
    run = register_run(actor_of(request), run_id)
    scope = Scope.from_json(run.scope)
    return desk_page(request, "desk/register_run.html", {"run": run, "scope": scope, "unit": unit(scope.unit_id)})


@require_safe
def register_file(request: HttpRequest, run_id: int) -> FileResponse:
    """`GET /mot-cua/so-theo-doi/<id>/tep`: the file of a register."""
    run = register_run(actor_of(request), run_id)
    if run.blob is None:
        raise NotFound(Problem("not_ready", "Sổ này chưa lập xong; hãy chờ thêm một lát."))
    return download_response(run.blob, run.name, inline=True)
