"""A procedure on the bench: its overview, its own facts, a new one, a copy."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.identity.requests import actor_in
from motcua.kernel.errors import Problem, RuleBroken
from motcua.procedures.access import require_catalogue
from motcua.procedures.actions import clone_procedure
from motcua.procedures.models import Domain, Procedure
from motcua.procedures.queries import versions_of
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to
from motcua.sites.studio.acting import pressed
from motcua.sites.studio.checks import placed, problems_of, warnings_of
from motcua.sites.studio.drafts import authors_of, save, work_on
from motcua.sites.studio.forms.general import BeginForm, GeneralForm
from motcua.sites.studio.forms.publishing import CloneForm
from motcua.sites.studio.shell import crumbs_of, studio_page

_methods = require_http_methods(["GET", "HEAD", "POST"])


def provisional_code() -> str:
    """Return a code for a procedure that has none yet."""
    return f"X.{secrets.token_hex(5)}"


def domains() -> list[tuple[str, str]]:
    """Return the fields, by name."""
    return list(Domain.objects.order_by("name").values_list("code", "name"))


@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /quan-tri/xuong/<code>/`: what is there, what is missing, what can be done."""
    actor = actor_in(request)
    work = work_on(actor, code)
    mine = actor.account_id in authors_of(work)
    context = {
        "problems": placed(work.definition, problems_of(work.definition)),
        "warnings": placed(work.definition, warnings_of(work.definition)),
        "flags": work.definition.flags,
        "versions": [one for one in versions_of(work.procedure.pk) if one.published_at],
        "may_approve": work.waits and not mine,
        "may_return": work.waits,
        "is_mine": mine,
        "crumbs": [Link("Xưởng thủ tục", reverse("studio:home"))],
    }
    return studio_page(request, "studio/draft.html", work, context)


@_methods
def general(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/thong-tin/`: name, field, level, what citizens read."""
    actor = actor_in(request)
    work = work_on(actor, code)
    form = GeneralForm(work.definition, domains(), revision=work.revision, **bound_to(request))

    def act() -> Done:
        save(actor, form.build(), revision=form.cleaned_data["revision"] or 0, at=timezone.now())
        return Done("Đã lưu thông tin chung.", reverse("studio:draft", args=[code]))

    answer, status = pressed(request, form, act, work)
    if answer is not None:
        return answer
    context = {"form": form, "title": "Thông tin chung"}
    return studio_page(request, "studio/simple.html", work, context, status=status)


@_methods
def begin(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/xuong/moi/`: a procedure from nothing."""
    actor = actor_in(request)
    require_catalogue(actor)
    form = BeginForm(domains(), **bound_to(request))

    def act() -> Done:
        definition = form.build(provisional_code())
        if Procedure.objects.filter(code=definition.code, versions__isnull=False).exists():
            raise RuleBroken(Problem("code_taken", "Mã thủ tục này đã có trong danh mục.", "code"))
        save(actor, definition, revision=0, at=timezone.now())
        return Done("Đã mở bản thảo; hãy ghi từng phần.", reverse("studio:draft", args=[definition.code]))

    lead = "Chỉ cần tên và lĩnh vực; các phần khác ghi dần. Người dân chưa thấy gì cho đến khi công bố."
    return form_page(request, form, act, Frame("Thủ tục mới", "Bắt đầu", [_home()], lead))


def _home() -> Link:
    return Link("Xưởng thủ tục", reverse("studio:home"))


@_methods
def clone(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/nhan-ban/`: a draft under another code that says the same."""
    actor = actor_in(request)
    work = work_on(actor, code)
    form = CloneForm(initial={"name": work.definition.name}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        new_code = said["code"] or provisional_code()
        clone_procedure(actor=actor, code=code, new_code=new_code, name=said["name"], at=timezone.now())
        return Done("Đã nhân bản thành bản thảo mới.", reverse("studio:draft", args=[new_code]))

    lead = (
        "Bản mới có đủ biểu mẫu, quy trình, giấy tờ, bài thử của bản này; quyết định công bố và ngày rà soát bỏ trống."
    )
    return form_page(request, form, act, Frame(f"Nhân bản: {work.definition.name}", "Nhân bản", crumbs_of(work), lead))
