"""The process as a whole: from a standard chain, from and to BPMN."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.rules.chains import steps_of
from motcua.procedures.terms import Definition
from motcua.processes.rules.bpmn import from_bpmn, to_bpmn
from motcua.processes.terms import Step
from motcua.sites.kit.forms import choice_text
from motcua.sites.office.acting import Act, Done
from motcua.sites.office.forms import SmallFileField, bound_to, content_of
from motcua.sites.studio.acting import pressed
from motcua.sites.studio.drafts import Work, save, work_on
from motcua.sites.studio.forms.base import SeenForm
from motcua.sites.studio.shell import part_url, studio_page

_methods = require_http_methods(["GET", "HEAD", "POST"])
CHAINS: Final = (
    ("desk", choice_text("Làm tại Bộ phận Một cửa", "Tiếp nhận, thẩm định, phê duyệt, đóng dấu, trả kết quả.")),
    ("division", choice_text("Chuyển đơn vị thụ lý", "Thêm phân công và soát xét của lãnh đạo phòng; bảy bước.")),
)


class ChainForm(SeenForm):
    """Which standard chain to begin with."""

    chain = forms.ChoiceField(
        label="Quy trình mẫu",
        choices=CHAINS,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một quy trình mẫu."},
    )


class BpmnForm(SeenForm):
    """A BPMN file."""

    file = SmallFileField(
        label="Tệp BPMN 2.0",
        help_text="Tệp .bpmn hoặc .xml từ công cụ vẽ quy trình, tối đa 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".bpmn,.xml"}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp này không có nội dung."},
    )


def _page(request: HttpRequest, work: Work, form: SeenForm, act: Act, more: dict[str, Any]) -> HttpResponse:
    answer, status = pressed(request, form, act, work)
    if answer is not None:
        return answer
    url = part_url(work.procedure.code, "quy-trinh")
    context = {"form": form, "back_url": url, "here": url, **more}
    return studio_page(request, "studio/simple.html", work, context, status=status)


@_methods
def chain(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/quy-trinh/mau/`: begin with a standard chain; its terms add up to the promised one."""
    actor = actor_in(request)
    work = work_on(actor, code)
    form = ChainForm(initial={"revision": work.revision}, **bound_to(request))

    def act() -> Done:
        steps = steps_of(form.cleaned_data["chain"], _first_term(work.definition))
        return _keep(request, work, tuple(Step.model_validate(step) for step in steps), form)

    more = {"title": "Bắt đầu từ quy trình mẫu", "button": "Dùng quy trình này", "warning": _lost(work)}
    return _page(request, work, form, act, more)


def _lost(work: Work) -> str:
    return f"Quy trình đang có {len(work.definition.steps)} bước sẽ được thay hết." if work.definition.steps else ""


def _first_term(definition: Definition) -> dict[str, Any]:
    for case in definition.cases:
        term = case.terms.get("in_person") or case.terms.get("any") or next(iter(case.terms.values()), None)
        if term is not None:
            return term.model_dump()
    message = "Hãy ghi thời hạn của một trường hợp trước; thời hạn các bước được chia từ đó."
    raise Invalid(Problem("chain_without_term", message, "chain"))


def _keep(request: HttpRequest, work: Work, steps: tuple[Step, ...], form: SeenForm) -> Done:
    made = work.definition.model_copy(update={"steps": steps})
    save(actor_in(request), made, revision=form.cleaned_data["revision"] or 0, at=timezone.now())
    return Done(f"Quy trình có {len(steps)} bước.", part_url(work.procedure.code, "quy-trinh"))


@_methods
def bpmn_in(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/quy-trinh/bpmn/`: the process from a BPMN file."""
    actor = actor_in(request)
    work = work_on(actor, code)
    form = BpmnForm(initial={"revision": work.revision}, **bound_to(request))

    def act() -> Done:
        read = from_bpmn(content_of(form.cleaned_data["file"]))
        done = _keep(request, work, read.steps, form)
        notes = " ".join(str(note) for note in read.notes)
        return Done(f"{done.message} {notes}".strip(), done.url)

    more = {"title": "Nhập quy trình từ BPMN", "button": "Nhập", "warning": _lost(work)}
    return _page(request, work, form, act, more)


@require_safe
def bpmn_out(request: HttpRequest, code: str) -> HttpResponse:
    """`GET …/quy-trinh.bpmn`: the process for standard editors."""
    work = work_on(actor_in(request), code)
    content = to_bpmn(code, work.definition.name, work.definition.steps)
    response = HttpResponse(content, content_type="application/xml")
    response["Content-Disposition"] = content_disposition(f"{code}.bpmn", inline=False)
    return response
