"""Ký số và đóng dấu: the leader's queue, the clerk's queue, how far a gesture has come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.certification.actions.sign_copies import SUBJECT as COPIES
from motcua.certification.actions.sign_copies import copies_among
from motcua.dossiers.actions.sign_results import keys_of, resume_signing, seal_results, sign_results
from motcua.dossiers.papers.queue import Care, Queue, Waiting, approval_queue, seal_queue
from motcua.dossiers.queries.steps import StepKind, steps_of
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.terms import Act
from motcua.identity.requests import demand_fresh
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.scanning.actions.confirm_outside import SUBJECT as STACK_PAPERS
from motcua.signing.actions.continue_signing import stop_signing
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.queries.batches import Progress, progress_of, unfinished
from motcua.signing.queries.keys import choice_of
from motcua.signing.rules.batches import LARGEST_SIGNING
from motcua.signing.rules.wheres import typed
from motcua.signing.web.agent import may_call_agent
from motcua.sites.desk.forms.registry import SLUGS
from motcua.sites.desk.forms.signing import SigningForm
from motcua.sites.desk.rows import Row, rows_of
from motcua.sites.desk.shell import actor_of, desk_page, nav_of
from motcua.trust.terms import Role


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper of the queue with its row."""

    one: Waiting
    line: Row
    ticked: bool

    @property
    def reasons(self) -> list[Problem]:
        """Why it needs care, without what the clock beside says already."""
        told = self.line.face.text.rstrip(".")
        return [problem for problem in self.one.warnings if problem.message.rstrip(".") != told]


@dataclass(frozen=True, slots=True)
class Desk:
    """What differs between the leader's queue and the clerk's."""

    role: Role
    act: Act
    box: Box
    kind: StepKind
    title: str
    button: str
    queue: Callable[..., Queue]
    press: Callable[..., SigningBatch]

    @property
    def verb(self) -> str:
        """What is being done to the papers, in words."""
        return {Role.SEAL: "đóng dấu", Role.INITIAL_CONTENT: "ký nháy"}.get(self.role, "ký")

    @property
    def slug(self) -> str:
        """Where the act is done for one dossier by hand."""
        return SLUGS[self.act]


_SIGNING = Desk(Role.SIGNER, Act.APPROVE, Box.APPROVE, StepKind.DECIDE, "Ký số", "Ký số", approval_queue, sign_results)
_SEALING = Desk(
    Role.SEAL, Act.SEAL, Box.SEAL, StepKind.SEAL, "Đóng dấu số", "Đóng dấu số, phát hành", seal_queue, seal_results
)
_INITIALS = frozenset({Role.INITIAL_CONTENT, Role.INITIAL_FORM})
#: Initials are made with the act that hands one draft on; of their gesture only the progress is shown.
_INITIALLING = replace(_SIGNING, role=Role.INITIAL_CONTENT, title="Ký nháy", button="Ký nháy")
_EXPLAINED = {
    Care.CLOSE: "Hãy mở từng văn bản; chỉ văn bản bạn tự đánh dấu mới được ký.",
    Care.CHANGED: "Phần bị xóa gạch ngang, phần thêm vào gạch chân; chỉ văn bản bạn tự đánh dấu mới được ký.",
    Care.PLAIN: "Từng chữ theo mẫu của thủ tục và dữ liệu hồ sơ. Đã đánh dấu sẵn; bỏ dấu văn bản nào thì không ký.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/ky-so/`: what waits for this leader's signature, by how closely to read it; `POST`: the gesture."""
    return _queue_page(request, _SIGNING)


@require_http_methods(["GET", "HEAD", "POST"])
def sealing(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/dong-dau/`: what leaders signed and waits for the seal; `POST`: the gesture of the clerk."""
    return _queue_page(request, _SEALING)


def _queue_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    at, actor = timezone.now(), actor_of(request)
    if request.method != "POST":
        return _shown(request, desk, None, at)
    found = desk.queue(actor, _posted(request), at=at)
    form = SigningForm(found, keys_of(actor, desk.role, at), note=desk.role == Role.SIGNER, data=request.POST)
    status = Invalid.status
    if form.is_valid():
        chosen = next((one for one in form.keys if one.ref == form.cleaned_data["key_ref"]), None)
        if chosen is not None and not chosen.needs_pin:
            demand_fresh(request)  # a PIN is a proof of its own; without one the person confirms who they are
        try:
            batch = desk.press(actor=actor, items=form.chosen(), pressed=form.pressed(), at=at)
        except NotFound:
            raise
        except MotCuaError as refusal:
            form.take(refusal.problems)
            status = refusal.status
        else:
            return HttpResponseRedirect(reverse("desk:signing_batch", args=[batch.pk]))
    return _shown(request, desk, form, at, status=status)


def _posted(request: HttpRequest) -> dict[int, int | None]:
    """The papers that were on the page, so that the gesture is shown again as it was typed."""
    names = [name.removeprefix("xem.") for name in request.POST if name.startswith("xem.")]
    return {int(pk): None for pk in names[:LARGEST_SIGNING] if pk.isdecimal() and len(pk) < len("9" * 18)}


def _shown(
    request: HttpRequest, desk: Desk, form: SigningForm | None, at: datetime, *, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    cursor, copies = "", dict[int, str]()
    if form is None:
        page = Work(actor, at).page(desk.box, cursor=request.GET.get("sau", ""), limit=LARGEST_SIGNING)
        steps = steps_of(one.version_id for one in page.rows)
        here = [one for one in page.rows if steps[one.version_id][one.step_key].kind == desk.kind]
        cursor = page.next_cursor
        copies = copies_among([one.pk for one in here])
        found = desk.queue(actor, {one.pk: one.revision for one in here if one.pk not in copies}, at=at)
        form = SigningForm(found, keys_of(actor, desk.role, at), note=desk.role == Role.SIGNER)
    every = request.GET.get("tat-ca") == "1"
    context = {
        "desk_of": desk,
        "form": form,
        "groups": _groups(form, at, every=every),
        "by_hand": [Shown(one, line, ticked=False) for one, line in _lines(form.queue.by_hand, at)],
        "busy": len(form.queue.busy),
        "keys": form.keys,
        "total": len(form.queue.papers),
        "every": every,
        "next_url": f"{request.path}?sau={cursor}" if cursor else "",
        "cut_off": unfinished(actor, [desk.role]),
        "copies": len(copies),
    }
    return desk_page(request, "desk/signing.html", context, status=status)


def _lines(papers: Sequence[Waiting], at: datetime) -> list[tuple[Waiting, Row]]:
    return list(zip(papers, rows_of([one.dossier for one in papers], at), strict=True))


def _groups(form: SigningForm, at: datetime, *, every: bool) -> list[dict[str, Any]]:
    shown: Mapping[Care, list[Shown]] = {care: [] for care in Care}
    for one, line in _lines(form.queue.papers, at):
        shown[one.care].append(Shown(one, line, form.is_ticked(one, every=every)))
    return [
        {"key": care.value, "title": care.label, "lead": _EXPLAINED[care], "papers": papers}
        for care, papers in shown.items()
        if papers
    ]


@may_call_agent  # type: ignore[arg-type]  # its stubs know views without arguments only
@require_http_methods(["GET", "HEAD", "POST"])
def signing_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """`GET /mot-cua/ky-so/lo/<id>/`: how far it has come; `POST`: go on with the PIN, or stop what waits."""
    at, actor = timezone.now(), actor_of(request)
    found, problems, status = progress_of(actor, batch_id, at=at), list[Problem](), 200
    if request.method == "POST":
        try:
            _go_on(request, actor, found.batch, at)
        except NotFound:
            raise
        except MotCuaError as refusal:
            problems, status = list(refusal.problems), refusal.status
        else:
            return HttpResponseRedirect(request.path)
    desk = _INITIALLING if found.batch.role in _INITIALS else _SEALING if found.batch.role == Role.SEAL else _SIGNING
    context = {
        "progress": found,
        "desk_of": desk,
        "desk_nav": nav_of(request, within=_view_of(found)),
        "rows": [(item, _state(item, desk)) for item in found.items],
        "back_url": _list_of(found),
        "problems": problems,
        "outside": found.batch.held_for == SigningBatch.Held.OUTSIDE,
        "key": choice_of(found.batch.key_ref),
        **_agent_urls(found.batch),
    }
    return desk_page(request, "desk/signing_batch.html", context, status=status)


def _state(item: SigningItem, desk: Desk) -> str:
    """How far one paper is, in the words of what is being done to it ("Đang đóng dấu")."""
    return str(item.get_state_display()).replace("ký", desk.verb)


def _view_of(found: Progress) -> str:
    """Where the papers came from: electronic certified copies have their own lists, digitised papers their dossier."""
    is_seal, subject = found.batch.role == Role.SEAL, found.items[0].subject_type
    if found.batch.role in _INITIALS:
        return "desk:dossier"
    if subject == STACK_PAPERS:
        return "desk:scan_dossier"
    if subject == COPIES:
        return "desk:copies_seal" if is_seal else "desk:copies_certify"
    return "desk:sealing" if is_seal else "desk:signing"


def _list_of(found: Progress) -> str:
    view = _view_of(found)
    of_dossier = view in {"desk:dossier", "desk:scan_dossier"}
    return reverse(view, args=[found.items[0].facts["code"]] if of_dossier else [])


def _agent_urls(batch: SigningBatch) -> dict[str, str]:
    return {
        "prepare_url": reverse("desk:signing_prepare", args=[batch.pk]),
        "finish_url": reverse("desk:signing_finish", args=[batch.pk]),
        "then_url": reverse("desk:signing_batch", args=[batch.pk]),
    }


def _go_on(request: HttpRequest, actor: Actor, batch: SigningBatch, at: datetime) -> None:
    if "dung" in request.POST:
        stop_signing(actor=actor, batch_id=batch.pk, at=at)
        return
    secret = typed(request.POST.get("pin", "")[:64], request.POST.get("code", "").strip()[:32])
    resume_signing(actor=actor, batch_id=batch.pk, pin=secret, at=at)
