"""Two people publish: ask, approve, return, drop; what differs from what holds now."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.identity.requests import actor_in
from motcua.kernel.errors import RuleBroken
from motcua.packages.rules.diff import difference
from motcua.procedures.actions import approve_version, discard_draft, propose_version, return_draft
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Act, Done, try_act
from motcua.sites.office.forms import bound_to
from motcua.sites.studio.acting import pressed
from motcua.sites.studio.checks import obstacles_of, placed
from motcua.sites.studio.drafts import Work, work_on
from motcua.sites.studio.forms.base import SeenForm
from motcua.sites.studio.forms.publishing import ApproveForm, ProposeForm, ReturnForm
from motcua.sites.studio.shell import studio_page

_methods = require_http_methods(["GET", "HEAD", "POST"])


def changes_of(work: Work) -> list[tuple[str, list[object]]]:
    """Return what the draft changes of the version published last, by part; nothing when there is no such version."""
    if work.draft is None or work.published is None:
        return []
    found = difference(work.published.content, work.definition)
    return [(part, list(group)) for part, group in groupby(found, key=lambda one: one.part)]


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """`GET …/so-sanh/`: what the draft changes of what was published last."""
    work = work_on(actor_in(request), code)
    return studio_page(request, "studio/compare.html", work, {"changes": changes_of(work)})


@_methods
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/xin-cong-bo/`: ask a second person to publish the draft."""
    actor = actor_in(request)
    work = work_on(actor, code)
    form = ProposeForm(revision=work.revision, today=timezone.localdate(), **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        if problems := obstacles_of(work.definition):
            raise RuleBroken(problems)
        propose_version(
            actor=actor,
            code=code,
            revision=said["revision"] or 0,
            valid_from=said["on"],
            note=said["note"],
            at=timezone.now(),
        )
        return Done("Đã xin công bố; chờ một quản trị danh mục khác duyệt.", _overview(code))

    return _page(request, work, form, act, "Xin công bố", "Gửi người duyệt")


@_methods
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/duyet/`: the second person publishes."""
    actor = actor_in(request)
    work = work_on(actor, code)
    wanted = work.drafting.proposed_from if work.drafting else None
    form = ApproveForm(revision=work.revision, on=wanted or timezone.localdate(), **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        if problems := obstacles_of(work.definition):
            raise RuleBroken(problems)
        version = approve_version(
            actor=actor, code=code, revision=said["revision"] or 0, valid_from=said["on"], at=timezone.now()
        )
        return Done(f"Đã công bố phiên bản {version.number}, có hiệu lực từ {said['on']:%d/%m/%Y}.", _overview(code))

    return _page(request, work, form, act, "Duyệt công bố", "Công bố")


@_methods
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/tra-lai/`: the draft goes back to those who wrote it."""
    actor = actor_in(request)
    work = work_on(actor, code)
    form = ReturnForm(**bound_to(request))

    def act() -> Done:
        return_draft(actor=actor, code=code, reason=form.cleaned_data["reason"], at=timezone.now())
        return Done("Đã trả lại bản thảo để sửa.", _overview(code))

    status = 200
    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None:
            return answer
    context = {"form": form, "title": "Trả lại bản thảo", "button": "Trả lại", "back_url": _overview(code)}
    return studio_page(request, "studio/simple.html", work, context, status=status)


@_methods
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/bo-ban-thao/`: the draft is dropped; what was published stays."""
    actor = actor_in(request)
    work = work_on(actor, code)
    form = SeenForm(initial={"revision": work.revision}, **bound_to(request))

    def act() -> Done:
        discard_draft(actor=actor, code=code, revision=form.cleaned_data["revision"] or 0, at=timezone.now())
        return Done("Đã bỏ bản thảo.", reverse("studio:home"))

    answer, status = pressed(request, form, act, work)
    if answer is not None:
        return answer
    context = {
        "form": form,
        "title": "Bỏ bản thảo này?",
        "detail": "Nội dung đã soạn mất hẳn; phiên bản đã công bố vẫn giữ nguyên.",
        "then": _overview(code),
    }
    return studio_page(request, "studio/delete.html", work, context, status=status)


def _overview(code: str) -> str:
    return reverse("studio:draft", args=[code])


def _page(request: HttpRequest, work: Work, form: SeenForm, act: Act, title: str, button: str) -> HttpResponse:
    """Answer the page of an act that publishes: what is wrong and what changes stand above its form."""
    answer, status = pressed(request, form, act, work)
    if answer is not None:
        return answer
    context = {
        "form": form,
        "title": title,
        "button": button,
        "problems": placed(work.definition, obstacles_of(work.definition)),
        "changes": changes_of(work),
        "is_new": work.published is None,
        "back": Link("Thôi", _overview(work.procedure.code)),
    }
    return studio_page(request, "studio/publish.html", work, context, status=status)
