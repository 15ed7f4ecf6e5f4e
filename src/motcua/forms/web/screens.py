"""One page of a form as a page of the web: what stands on it, what a press of a button makes of it.

A site shows `screen_of(…)` by `{% include "forms/fields.html" %}` inside its own form and hands what was posted to
`take`. No script is needed: rows are added and removed, and lists of communes fetched, by submit buttons named `go`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from motcua.forms.rules.answers import Answers, Places, read
from motcua.forms.rules.plain import storable
from motcua.forms.rules.plan import ROW_NAME, plan_of
from motcua.forms.rules.questions import UNTYPED, Question
from motcua.forms.rules.reading import Typed
from motcua.forms.terms import WORDLESS, Form, FormPage
from motcua.forms.web.items import Item, Maker, problem_text
from motcua.kernel.errors import Problem

__all__ = ["Item", "Screen", "Turn", "open_pages", "posted", "screen_of", "take"]

_ADD_ROW, _REMOVE_ROW, _FETCH = "row+", "row-", "places+"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the summary of problems; `target`: the id of the input, "" where it is not on the page."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of a form, ready for the template. `go`: what the Enter key presses.

    `prefix` stands before the names of all inputs where the page is part of a larger one.
    """

    page: FormPage
    items: tuple[Item, ...]
    lines: tuple[Line, ...]
    go: str = "next"
    prefix: str = ""

    @property
    def has_files(self) -> bool:
        """Whether something is uploaded on this page."""
        return any(item.widget == "files" for item in self.items)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a press of a button made of a form.

    `typed` is everything typed so far, this page included. `stay`: show the page again, with `problems` (none after a
    mere row button, or when answers brought new questions onto the page) and the cursor at `focus` (a flat name).
    """

    typed: dict[str, str | list[str]]
    answers: Answers
    stay: bool
    problems: tuple[Problem, ...] = ()
    focus: str = ""


def open_pages(form: Form, answers: Answers) -> tuple[FormPage, ...]:
    """The pages on which something is asked or told, in order."""
    return tuple(page for page in form.pages if any(field.key in answers.asked for field in page.fields))


def screen_of(
    form: Form,
    page_key: str,
    answers: Answers,
    *,
    today: date,
    places: Places,
    facts: Mapping[str, object] | None = None,
    problems: Sequence[Problem] = (),
    focus: str = "",
    go: str = "next",
) -> Screen:
    """Return the page with what was typed; `problems` are shown beside their inputs and on top.

    Raises KeyError for a page that the form does not have.
    """
    page = _page(form, page_key)
    maker = Maker(form, answers, {**(facts or {}), **answers.values}, today, places, problems, focus)
    shown = [field.key for field in page.fields if field.key in answers.asked]
    alone = len([field for field in page.fields if field.key in shown and field.kind not in WORDLESS]) == 1
    items = tuple(maker.item(key, is_alone=alone) for key in dict.fromkeys(shown))
    targets = {name: target for item in items for name, target in item.targets()}
    lines = tuple(Line(targets.get(problem.field, ""), problem_text(problem)) for problem in problems)
    return Screen(page, items, lines, go)


def _page(form: Form, key: str) -> FormPage:
    for page in form.pages:
        if page.key == key:
            return page
    raise KeyError(key)


def posted(form: Form, page_key: str, post: QueryDict) -> dict[str, str | list[str]]:
    """What was typed on the page: only names of its fields; several values as a list."""
    keys = {field.key for field in _page(form, page_key).fields}
    plan = plan_of(form)
    keys -= _files_of(form)
    names = [name for name in post if name.split(".", maxsplit=1)[0] in keys and plan.knows(name)]
    found = {name: [storable(str(one)) for one in post.getlist(name)] for name in names}
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _files_of(form: Form) -> set[str]:
    """Keys of files: how many there are is known by who keeps them, never typed."""
    return {field.key for field in form.fields() if field.kind == "file"}


def take(
    form: Form,
    page_key: str,
    typed: Typed,
    post: QueryDict,
    *,
    facts: Mapping[str, object],
    today: date,
    places: Places,
) -> Turn:
    """Put what was posted from one page into what was typed before, do what its button asks for, and read the form.

    Answers on other pages, and answers to questions that were not on the page, stay as they were.
    """
    before = read(form, typed, facts=facts, today=today, places=places)
    shown = {field.key for field in _page(form, page_key).fields if field.key in before.asked}
    replaced = shown - _files_of(form)
    kept = {name: value for name, value in typed.items() if name.split(".", maxsplit=1)[0] not in replaced}
    new = {
        **{name: value if isinstance(value, str) else list(value) for name, value in kept.items()},
        **{
            name: value
            for name, value in posted(form, page_key, post).items()
            if name.split(".", maxsplit=1)[0] in shown
        },
    }
    pressed = str(post.get("go", ""))
    focus = _press(form, new, pressed)
    answers = read(form, new, facts=facts, today=today, places=places, pages=[page_key])
    if focus is not None:
        return Turn(new, answers, stay=True, focus=focus)
    fresh = _fresh(form, page_key, before, answers)
    told = tuple(one for one in answers.problems if not any(_is_within(one.field, name) for name in fresh))
    return Turn(new, answers, stay=bool(fresh or answers.problems), problems=told, focus=fresh[0] if fresh else "")


def _is_within(name: str, outer: str) -> bool:
    return name == outer or name.startswith(f"{outer}.")


def _fresh(form: Form, page_key: str, before: Answers, answers: Answers) -> list[str]:
    """Flat names of what this page asks only now: questions, columns of rows, communes of a province just chosen."""
    questions = plan_of(form).questions
    keys = [field.key for field in _page(form, page_key).fields if field.key in answers.asked]
    found = [key for key in keys if key not in before.asked and questions[key].kind not in UNTYPED]
    found += [name for name in sorted(answers.asked - before.asked) if _is_new_cell(questions, name, keys)]
    for problem in answers.problems:
        base, _, part = problem.field.rpartition(".")
        if part == "commune" and _typed_at(before, f"{base}.province") != _typed_at(answers, f"{base}.province"):
            found.append(problem.field)
    return found


def _is_new_cell(questions: Mapping[str, Question], name: str, keys: Sequence[str]) -> bool:
    """Whether a cell was not on the page: one under a condition, which a row that was blank does not show."""
    cell = ROW_NAME.fullmatch(name)
    if cell is None or cell[1] not in keys:
        return False
    column = next((one for one in questions[cell[1]].columns if one.key == cell[3]), None)
    return column is not None and column.when is not None and column.kind not in UNTYPED


def _typed_at(answers: Answers, name: str) -> str | Sequence[str]:
    return answers.typed.get(name) or ""


def _press(form: Form, typed: dict[str, str | list[str]], pressed: str) -> str | None:
    """Do what a button within the page asks for; the flat name to go to, or None when it was another button."""
    if pressed.startswith(_FETCH):
        return f"{pressed.removeprefix(_FETCH)}.commune"
    if pressed.startswith(_ADD_ROW):
        return _add_row(form, typed, pressed.removeprefix(_ADD_ROW))
    if pressed.startswith(_REMOVE_ROW):
        return _remove_row(typed, pressed.removeprefix(_REMOVE_ROW))
    return None


def _add_row(form: Form, typed: dict[str, str | list[str]], table: str) -> str | None:
    question = plan_of(form).questions.get(table)
    if question is None or not question.columns:
        return None
    taken = rows_of(typed, table) or list(range(question.field.min_rows))
    if len(taken) >= question.field.max_rows:
        return table
    for index in taken:
        typed.setdefault(_first_name(question.columns[0].key, table, index), "")
    row = max(taken, default=-1) + 1
    for column in question.columns:
        if column.field.default:
            typed[_first_name(column.key, table, row)] = column.field.default
    name = _first_name(question.columns[0].key, table, row)
    typed.setdefault(name, "")
    return name


def _first_name(column: str, table: str, index: int) -> str:
    return f"{table}.{index}.{column}"


def rows_of(typed: Typed, table: str) -> list[int]:
    """The numbers of the rows of a table that something was sent for, in order."""
    found = (ROW_NAME.fullmatch(name) for name in typed if name.startswith(f"{table}."))
    return sorted({int(one[2]) for one in found if one})


def _remove_row(typed: dict[str, str | list[str]], row: str) -> str | None:
    table, _, index = row.rpartition(".")
    if not table or not index.isdecimal():
        return None
    for name in [name for name in typed if name.startswith(f"{table}.{index}.")]:
        del typed[name]
    return table
