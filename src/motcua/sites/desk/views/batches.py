"""Many dossiers at once: choose in a list, review on one screen, press once, see what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.actions.open_batch import open_batch
from motcua.dossiers.actions.work_batch import work_batch
from motcua.dossiers.models import Dossier, DraftResult
from motcua.dossiers.queries.batches import Reviewed, open_batches, outcome_of, review
from motcua.dossiers.queries.steps import StepKind, steps_of
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.rules.batches import BATCH_ACTS, LARGEST_BATCH
from motcua.dossiers.terms import SIGNED_ACTS, Act
from motcua.identity.requests import demand_fresh
from motcua.kernel.errors import Invalid, MotCuaError, NotFound
from motcua.sites.desk.forms.batches import BatchForm, batch_act, chosen_in
from motcua.sites.desk.forms.registry import SLUGS
from motcua.sites.desk.rows import Row, rows_of
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.thread import Link

#: How long one press works before it shows how far it came; the rest is done by the next press or by the worker.
SLICE_SECONDS = 8.0
_Chosen = Mapping[int, int | None]
_KINDS = {
    Act.RECEIVE: (Box.RECEIVE, None),
    Act.ASSIGN: (Box.ASSIGN, None),
    Act.FORWARD: (Box.FORWARD, StepKind.INTAKE),
    Act.APPROVE: (Box.APPROVE, StepKind.DECIDE),
    Act.SEAL: (Box.SEAL, None),
    Act.DELIVER: (Box.DELIVER, None),
}
_DONE = {
    Act.RECEIVE: "Đã tiếp nhận",
    Act.ASSIGN: "Đã phân công",
    Act.FORWARD: "Đã chuyển",
    Act.APPROVE: "Đã phê duyệt",
    Act.SEAL: "Đã cấp số, đóng dấu",
    Act.DELIVER: "Đã trả kết quả",
}


@dataclass(frozen=True, slots=True)
class Pile:
    """Dossiers of a list that wait for the same act."""

    act: Act
    title: str
    url: str
    rows: Sequence[Row]


@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/phe-duyet/`: what waits for this leader: to decide, and to look through and pass on."""
    at = timezone.now()
    mine = Work(actor_of(request), at)
    page = mine.page(Box.APPROVE, cursor=request.GET.get("sau", ""), limit=LARGEST_BATCH)
    decide, others = _split(page.rows, StepKind.DECIDE)
    piles = [
        _pile(Act.APPROVE, "Chờ quyết định", decide, at),
        _pile(Act.FORWARD, "Chờ soát xét, trình tiếp", others, at),
    ]
    return _choose_page(request, mine, "Chờ phê duyệt", piles, page.next_cursor)


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET` and `POST /mot-cua/theo-lo/<act>/`: the list to choose from; `?chon=` the review; the press."""
    at, act, chosen = timezone.now(), batch_act(slug), chosen_in(request)
    if request.method != "POST" and not chosen:
        return _choose(request, act, at)
    if request.method == "POST" and act in SIGNED_ACTS:
        demand_fresh(request)
    found = review(actor_of(request), act, chosen, at=at)
    if request.method != "POST":
        return _review_page(request, BatchForm(act, found, at), chosen)
    return _press(request, BatchForm(act, found, at, request.POST), chosen)


def _choose(request: HttpRequest, act: Act, at: datetime) -> HttpResponse:
    box, kind = _KINDS[act]
    mine = Work(actor_of(request), at)
    page = mine.page(box, cursor=request.GET.get("sau", ""), limit=LARGEST_BATCH)
    rows = _split(page.rows, kind)[0] if kind else page.rows
    title = f"{act.label} nhiều hồ sơ"
    return _choose_page(request, mine, title, [_pile(act, title, rows, at)], page.next_cursor)


def _split(dossiers: Sequence[Dossier], kind: StepKind) -> tuple[list[Dossier], list[Dossier]]:
    """Return the dossiers at a step of that kind, and the others."""
    steps = steps_of(one.version_id for one in dossiers)
    fits = {one.pk for one in dossiers if steps[one.version_id][one.step_key].kind == kind}
    return [one for one in dossiers if one.pk in fits], [one for one in dossiers if one.pk not in fits]


def _pile(act: Act, title: str, dossiers: Sequence[Dossier], at: datetime) -> Pile:
    return Pile(act, title, reverse("desk:batch", args=[SLUGS[act]]), rows_of(dossiers, at))


def _choose_page(request: HttpRequest, mine: Work, title: str, piles: Sequence[Pile], cursor: str) -> HttpResponse:
    query = request.GET.copy()
    query["sau"] = cursor
    every = request.GET.copy()
    every["tat-ca"] = "1"
    context = {
        "title": title,
        "piles": [pile for pile in piles if pile.rows],
        "drafts": _drafts_in(piles),
        "all_ticked": request.GET.get("tat-ca") == "1",
        "every_url": f"{request.path}?{every.urlencode()}",
        "next_url": f"{request.path}?{query.urlencode()}" if cursor else "",
        "tabs": _tabs(request, mine),
        "cut_off": open_batches(actor_of(request)),
        "largest": LARGEST_BATCH,
    }
    return desk_page(request, "desk/batch_choose.html", context)


def _drafts_in(piles: Sequence[Pile]) -> dict[int, DraftResult]:
    shown = [row.dossier.pk for pile in piles if pile.act == Act.APPROVE for row in pile.rows]
    found = DraftResult.objects.filter(dossier__in=shown).order_by("number") if shown else ()
    return {draft.dossier_id: draft for draft in found}


def _tabs(request: HttpRequest, mine: Work) -> list[Link]:
    """Return the acts that this officer may do in batches."""
    boxes = set(mine.boxes())
    links = [(act, reverse("desk:batch", args=[SLUGS[act]])) for act in BATCH_ACTS if _KINDS[act][0] in boxes]
    links = [(act, reverse("desk:approvals") if act == Act.APPROVE else url) for act, url in links]
    return [Link(act.label, url, url == request.path) for act, url in links]


def _review_page(request: HttpRequest, form: BatchForm, chosen: _Chosen, *, status: int = 200) -> HttpResponse:
    found = form.review
    context = {
        "form": form,
        "act": form.act,
        "differing": [_shown(form, row) for row in found.differing],
        "plain": [_shown(form, row) for row in found.plain],
        "refused": found.refused,
        "unknown": found.unknown,
        "beyond": max(0, len(chosen) - LARGEST_BATCH),
        "offered": len(found.offered),
        "chosen": [pk if revision is None else f"{pk}.{revision}" for pk, revision in chosen.items()],
        "action": request.path,
        "back_url": _list_url(form.act),
        "largest": LARGEST_BATCH,
    }
    return desk_page(request, "desk/batch_review.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Shown:
    """A reviewed dossier with what was typed for it."""

    row: Reviewed
    line: Row
    ticked: bool
    number: str


def _shown(form: BatchForm, row: Reviewed) -> Shown:
    return Shown(row, rows_of([row.dossier], form.at)[0], form.is_ticked(row), form.number_of(row))


def _list_url(act: Act) -> str:
    return reverse("desk:approvals") if act == Act.APPROVE else reverse("desk:batch", args=[SLUGS[act]])


def _press(request: HttpRequest, form: BatchForm, chosen: _Chosen) -> HttpResponse:
    """Open the batch and work on it for a moment; a refusal shows the review again as it was typed."""
    status = Invalid.status
    if form.is_valid():
        actor, at = actor_of(request), form.at
        try:
            made = open_batch(
                actor=actor, act=form.act, items=form.items(), at=at, key=form.cleaned_data["key"], facts=form.facts
            )
        except NotFound:
            raise
        except MotCuaError as refusal:
            form.take(refusal.problems)
            status = refusal.status
        else:
            work_batch(actor=actor, batch_id=made.pk, at=at, seconds=SLICE_SECONDS)
            return HttpResponseRedirect(reverse("desk:batch_outcome", args=[made.pk]))
    return _review_page(request, form, chosen, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def batch_outcome(request: HttpRequest, batch_id: int) -> HttpResponse:
    """`GET /mot-cua/lo/<id>/`: what became of each dossier; `POST`: go on with what was cut off."""
    actor = actor_of(request)
    found = outcome_of(actor, batch_id)
    if request.method == "POST":
        work_batch(actor=actor, batch_id=found.batch.pk, at=timezone.now(), seconds=SLICE_SECONDS)
        return HttpResponseRedirect(request.path)
    act = Act(found.batch.act)
    context = {"outcome": found, "act": act, "done_words": _DONE[act], "back_url": _list_url(act)}
    return desk_page(request, "desk/batch_outcome.html", context)
