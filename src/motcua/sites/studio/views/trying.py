"""Trying a procedure out, first as the citizen, then as the clerk: nothing touches real data."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.forms.queries import places
from motcua.forms.rules.answers import Answers, to_json
from motcua.forms.rules.wording import parts_in_words
from motcua.forms.web.screens import open_pages, screen_of, take
from motcua.identity.requests import actor_in
from motcua.kernel.errors import MotCuaError, NotFound, Problem
from motcua.procedures.terms import Definition, Expected
from motcua.processes.rules.diagram import diagram
from motcua.processes.rules.moves import consults_due, gates_closed, open_back_moves, open_moves
from motcua.processes.rules.walk import by_key
from motcua.processes.terms import LAST_STEP, Move, Step
from motcua.sites.office.acting import Done, try_act
from motcua.sites.office.forms import bound_to
from motcua.sites.studio.drafts import Work, save, work_on
from motcua.sites.studio.forms.steps import GATES
from motcua.sites.studio.forms.trying import TrialForm
from motcua.sites.studio.keys import key_of
from motcua.sites.studio.parts import term_words
from motcua.sites.studio.shell import part_url, place_url, studio_page
from motcua.sites.studio.trial import (
    SWITCHES,
    Trial,
    answers_of,
    end_trial,
    gone_to,
    keep_trial,
    outcome_of,
    process_facts,
    trial_in,
)
from motcua.sites.studio.views.papers import preview

_methods = require_http_methods(["GET", "HEAD", "POST"])
SEE_OTHER = 303


def _to(name: str, code: str, *more: str) -> HttpResponseRedirect:
    answer = HttpResponseRedirect(reverse(f"studio:{name}", args=[code, *more]))
    answer.status_code = SEE_OTHER
    return answer


@_methods
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/thu/`: how the trial is handed in."""
    work = work_on(actor_in(request), code)
    form = TrialForm(work.definition, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        at = said["at"].isoformat() if said["at"] else timezone.now().isoformat()
        trial = Trial(
            case=said.get("case", ""),
            channel=said["channel"],
            copies=said["copies"] or 1,
            pages=said["pages"] or 1,
            at=at,
        )
        keep_trial(request, code, trial)
        return Done("", _first_url(code, work.definition))

    status = 200
    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None:
            return answer
    context = {"form": form, "title": "Dùng thử", "trial": trial_in(request, code)}
    return studio_page(request, "studio/try.html", work, context, status=status)


def _first_url(code: str, definition: Definition) -> str:
    form = definition.form
    if form is None or not form.pages:
        return reverse("studio:try_outcome", args=[code])
    return reverse("studio:try_fill", args=[code, form.pages[0].key])


@_methods
def fill(request: HttpRequest, code: str, page: str) -> HttpResponse:
    """`GET, POST …/thu/khai/<page>/`: one page of the form, as the citizen fills it in."""
    work = work_on(actor_in(request), code)
    trial, form = trial_in(request, code), work.definition.form
    if trial is None:
        return _to("try", code)
    if form is None or page not in {one.key for one in form.pages}:
        return _to("try_outcome", code)
    known, facts = places(), trial.facts(work.definition)
    answers = answers_of(work.definition, trial)
    problems: tuple[Problem, ...] = ()
    focus = ""
    if request.method == "POST":
        turn = take(form, page, trial.typed, request.POST, facts=facts, today=trial.day, places=known)
        trial = replace(trial, typed=turn.typed)
        keep_trial(request, code, trial)
        answers, problems, focus = turn.answers, turn.problems, turn.focus
        if not turn.stay or request.POST.get("go") == "skip":
            return _next(code, form.pages, work.definition, trial, page)
    if answers is None:
        return _to("try_outcome", code)
    shown = screen_of(form, page, answers, today=trial.day, places=known, facts=facts, problems=problems, focus=focus)
    pages = open_pages(form, answers)
    names = [one.title for one in pages]
    number = next((place for place, one in enumerate(pages, 1) if one.key == page), 1)
    context = {"screen": shown, "trial": trial, "step_names": names, "step_number": number, "title": shown.page.title}
    return studio_page(request, "studio/try_fill.html", work, context, status=422 if problems else 200)


def _next(code: str, pages: Any, definition: Definition, trial: Trial, page: str) -> HttpResponse:
    answers = answers_of(definition, trial)
    keys = [one.key for one in pages]
    opened = {one.key for one in open_pages(definition.form, answers)} if definition.form and answers else set()
    following = next((key for key in keys[keys.index(page) + 1 :] if key in opened), None)
    return _to("try_fill", code, following) if following else _to("try_outcome", code)


@require_safe
def outcome(request: HttpRequest, code: str) -> HttpResponse:
    """`GET …/thu/ket-qua/`: what came of it: problems, values, money, due date, papers."""
    work = work_on(actor_in(request), code)
    trial = trial_in(request, code)
    if trial is None:
        return _to("try", code)
    form, answers = work.definition.form, answers_of(work.definition, trial)
    context = {
        "title": "Kết quả thử",
        "trial": trial,
        "outcome": outcome_of(work.definition, trial),
        "problems": _placed(code, work.definition, answers),
        "told": parts_in_words(form, answers.values) if form and answers else (),
        "first_url": _first_url(code, work.definition) if form else "",
        "case": work.definition.case(trial.case_key(work.definition)),
    }
    return studio_page(request, "studio/try_outcome.html", work, context)


def _placed(code: str, definition: Definition, answers: Answers | None) -> list[tuple[str, str]]:
    """Problems of the answers with the page of the trial on which each is mended."""
    if answers is None or definition.form is None:
        return []
    pages = {field.key: page.key for page in definition.form.pages for field in page.fields}
    found = []
    for problem in answers.problems:
        page = pages.get(problem.field.split(".", maxsplit=1)[0])
        url = reverse("studio:try_fill", args=[code, page]) if page else ""
        found.append((problem.message, url))
    return found


@_methods
def work(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/thu/giai-quyet/`: the steps, as the clerk goes through them."""
    bench = work_on(actor_in(request), code)
    trial = trial_in(request, code)
    if trial is None:
        return _to("try", code)
    steps = by_key(bench.definition.steps)
    if not steps:
        messages.info(request, "Thủ tục chưa có quy trình; hãy lập quy trình trước.")
        return HttpResponseRedirect(part_url(code, "quy-trinh"))
    if trial.path[-1] not in steps:
        trial = replace(trial, path=(bench.definition.steps[0].key,))
    if request.method == "POST":
        keep_trial(request, code, _pressed(request.POST, bench.definition, trial))
        return _to("try_work", code)
    return studio_page(request, "studio/try_work.html", bench, _bench(bench, trial, steps))


def _pressed(post: Mapping[str, str], definition: Definition, trial: Trial) -> Trial:
    """The trial after a press: to another step (only where a way is open), back to the start, or facts changed."""
    pressed = post.get("go", "")
    if pressed == "restart":
        return replace(trial, path=(definition.steps[0].key,))
    if pressed == "facts":
        return replace(trial, switches={name: name in post for name in SWITCHES})
    steps, facts = by_key(definition.steps), process_facts(definition, trial)
    here = steps[trial.path[-1]]
    forward = [] if gates_closed(here, facts) else [move.to for move in open_moves(here, facts)]
    ways = {*forward, *(move.to for move in open_back_moves(here, facts))}
    return gone_to(trial, pressed) if pressed in ways & set(steps) else trial


def _bench(work: Work, trial: Trial, steps: Mapping[str, Step]) -> dict[str, Any]:
    facts = process_facts(work.definition, trial)
    here = steps[trial.path[-1]]
    closed = gates_closed(here, facts)
    return {
        "title": "Giải quyết thử",
        "trial": trial,
        "here": here,
        "term": term_words(here.term),
        "ahead": _ways(open_moves(here, facts), steps),
        "shut": [(way, move.when) for move, way in _pairs(here.forward, steps) if move not in open_moves(here, facts)],
        "back": _ways(open_back_moves(here, facts), steps),
        "gates": [GATES[gate] for gate in closed],
        "consults": consults_due(here, facts),
        "is_over": here.key == LAST_STEP,
        "path": [steps[key].name if key in steps else key for key in trial.path],
        "switches": [(name, label, trial.set(name)) for name, (label, _) in SWITCHES.items()],
        "drawing": mark_safe(diagram(work.definition.steps, current=here.key)),  # noqa: S308 (drawn, escaped there)
    }


def _pairs(moves: tuple[Move, ...], steps: Mapping[str, Step]) -> list[tuple[Move, str]]:
    return [(move, steps[move.to].name) for move in moves if move.to in steps]


def _ways(moves: tuple[Move, ...], steps: Mapping[str, Step]) -> list[tuple[str, str]]:
    return [(move.to, move.label or name) for move, name in _pairs(moves, steps)]


@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """`POST …/thu/luu-bai-thu/`: make a test of what was tried; what came out is what it expects."""
    actor = actor_in(request)
    bench, trial = work_on(actor, code), trial_in(request, code)
    if trial is None:
        return _to("try", code)
    definition = bench.definition
    test = trial.test(definition)
    key = key_of(f"thu {trial.day:%d %m}", {one.key for one in definition.tests})
    name = f"Thử ngày {trial.day:%d/%m/%Y}: {_title(definition, trial)}"
    test = test.model_copy(update={"key": key, "name": name, "expect": _expected(definition, trial)})
    made = definition.model_copy(update={"tests": (*definition.tests, test)})
    try:
        save(actor, made, revision=bench.revision, at=timezone.now())
    except NotFound:
        raise
    except MotCuaError as refusal:
        for problem in refusal.problems:
            messages.error(request, problem.message)
        return _to("try_outcome", code)
    messages.success(request, "Đã lưu thành bài thử; hãy xem lại điều mong đợi.")
    answer = HttpResponseRedirect(place_url(code, f"bai-thu/{len(definition.tests)}"))
    answer.status_code = SEE_OTHER
    return answer


def _title(definition: Definition, trial: Trial) -> str:
    case = definition.case(trial.case_key(definition))
    return case.name if case else definition.name[:60]


def _expected(definition: Definition, trial: Trial) -> Expected:
    """What came out: it becomes what the test expects."""
    answers, told = answers_of(definition, trial), outcome_of(definition, trial)
    form = definition.form
    computed = {field.key for field in form.fields() if field.kind == "computed"} if form else set()
    kept = to_json(form, answers.values) if form and answers else {}
    return Expected(
        problems=tuple(dict.fromkeys(one.field for one in answers.problems)) if answers else None,
        values={name: value for name, value in kept.items() if name in computed},
        fees=told.fees,
        due=told.due.due_at if told.due else None,
        components=tuple(one.component.key for one in told.components if one.required),
        path=trial.path if trial.path[-1] == LAST_STEP else None,
    )


@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """`POST …/thu/xong/`: forget the trial."""
    work_on(actor_in(request), code)
    end_trial(request, code)
    messages.success(request, "Đã xóa lần thử.")
    return _to("draft", code)


@require_safe
def declaration(request: HttpRequest, code: str) -> HttpResponse:
    """`GET …/thu/to-khai.pdf`: the printed form with what was typed."""
    return preview(request, code, "to-khai")
