"""Reading a form: what was typed becomes values and problems, every problem at once.

Conditions and formulas are evaluated over the values read so far and the facts given, each field after those it reads
(`plan`), so that one pass settles them all. Whatever is typed, reading ends and never raises.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal

from motcua.expressions.rules.parsing import Expression
from motcua.forms.rules.composites import composite, missing, single
from motcua.forms.rules.nested import flatten, from_json, to_json
from motcua.forms.rules.plain import MOST_DIGITS, tidy
from motcua.forms.rules.plan import OWN_NAMES, Plan, ReadyCheck, plan_of
from motcua.forms.rules.questions import COMPOSITES, UNTYPED
from motcua.forms.rules.reading import NoPlaces, Places, Reading, Spot, Typed
from motcua.forms.terms import Form
from motcua.kernel.errors import Problem

__all__ = ["Answers", "NoPlaces", "Places", "Typed", "flatten", "from_json", "read", "to_json"]

_MOST_TOLD = 20
_LONGEST_NAME = 80
_ROUND = Context(prec=MOST_DIGITS)


@dataclass(frozen=True, slots=True)
class Answers:
    """A form that was read.

    `values` by key of the field, without those not asked or left blank. `problems`: every one, in the order of the
    form; `Problem.field` is the flat name of the input. `asked`: keys of the fields asked (with headings and
    computed ones), and flat names of the columns asked in each row.
    """

    values: Mapping[str, object]
    problems: tuple[Problem, ...]
    asked: frozenset[str]
    typed: Typed

    @property
    def is_accepted(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


def read(
    form: Form,
    typed: Typed,
    *,
    facts: Mapping[str, object],
    today: date,
    places: Places,
    pages: Collection[str] | None = None,
) -> Answers:
    """Read what was typed into a form (flat names: `child_name`, `mother.name`, `members.0.share`).

    `facts` are what conditions may read besides the fields (a field's key hides a fact of the same name). With `pages`
    only problems of those pages are told, and missing files are not: they are uploaded elsewhere.
    """
    plan = plan_of(form)
    known = {**facts, "today": today, **dict.fromkeys(plan.questions)}
    reading = Reading(typed=typed, known=known, today=today, places=places)
    told = _read_fields(plan, reading, pages)
    values = {key: known[key] for key in plan.questions if key in reading.asked and known[key] is not None}
    problems = [problem for key in plan.questions for problem in told.get(key, ())]
    problems += _failed_checks(plan, known, problems, pages)
    problems += _forged(plan, typed)
    return Answers(values, tuple(problems), frozenset(reading.asked), typed)


def _read_fields(plan: Plan, reading: Reading, pages: Collection[str] | None) -> dict[str, list[Problem]]:
    told: dict[str, list[Problem]] = {}
    open_pages: dict[str, bool] = {}
    for key in plan.order:
        question = plan.questions[key]
        if question.page not in open_pages:
            open_pages[question.page] = _holds(plan.page_when[question.page], reading.known)
        if not open_pages[question.page] or not _holds(question.when, reading.known):
            continue
        reading.asked.add(key)
        reading.problems = []
        reading.known[key] = _value(Spot(key, question, reading), partial=pages is not None)
        if pages is None or question.page in pages:
            told[key] = reading.problems
    return told


def _holds(condition: Expression | None, known: Mapping[str, object]) -> bool:
    return condition is None or condition.holds(known)


def _value(spot: Spot, *, partial: bool = False) -> object:
    """The value of any question; `partial`: a missing file is no problem yet."""
    question = spot.question
    if question.kind in UNTYPED:
        return settled(question.value.evaluate(spot.reading.known)) if question.value else None
    asked_for = question.required_when
    required = question.required or (asked_for is not None and asked_for.holds(spot.reading.known))
    reader = _READERS.get(question.kind, composite if question.kind in COMPOSITES else single)
    return reader(spot, required=required and not (partial and question.kind == "file"))


def settled(value: object) -> object:
    """A computed value as it is kept: moments as days, numbers of 15 digits, a text that writes an ISO day as a day."""
    if isinstance(value, Decimal):
        return tidy(_ROUND.create_decimal(value))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return _day_or_text(value)
    if isinstance(value, Mapping):
        return {str(key): settled(one) for key, one in value.items()}
    return [settled(one) for one in value] if isinstance(value, list) else value


def _day_or_text(text: str) -> date | str:
    if len(text) == len("2026-01-01") and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _choices(spot: Spot, *, required: bool) -> list[str]:
    found: list[str] = []
    wrong = False
    for text in spot.texts():
        value = spot.question.choices.chosen(text)
        wrong = wrong or value is None
        if value is not None and value not in found:
            found.append(value)
    if wrong:
        spot.say("unknown_option", f"“{spot.question.label}”: có mục không nằm trong danh sách; hãy chọn lại.")
    elif required and not found:
        missing(spot)
    order = list(spot.question.choices.labels)
    return sorted(found, key=order.index)


def _consent(spot: Spot, *, required: bool) -> bool:
    before = len(spot.reading.problems)
    given = bool(spot.text()) and spot.text().casefold() not in {"no", "false", "0", "off"}
    if required and not given and len(spot.reading.problems) == before:
        missing(spot)
    return given


def _table(spot: Spot, *, required: bool) -> list[Mapping[str, object]]:
    question, reading = spot.question, spot.reading
    outer = reading.known
    rows: list[Mapping[str, object]] = []
    for place, index in enumerate(sorted(reading.rows.get(spot.name, ())), 1):
        name = f"{spot.name}.{index}"
        if not reading.is_begun(name):
            continue
        if len(rows) == question.field.max_rows:
            most = question.field.max_rows
            spot.say("too_many_rows", f"“{question.label}” có nhiều nhất {most} dòng; hãy bỏ bớt.")
            break
        before, asked = len(reading.problems), set(reading.asked)
        row = _row(spot, name, f"{question.label}, dòng {place}", outer)
        if row or len(reading.problems) > before:
            rows.append(row)
        else:  # something was typed, but only where nothing is asked
            reading.asked = asked
    reading.known = outer
    _check_count(spot, len(rows), required=required)
    return rows


def _row(spot: Spot, name: str, where: str, outer: dict[str, object]) -> Mapping[str, object]:
    """One row; its own columns hide names from outside, also while they are blank."""
    question, reading = spot.question, spot.reading
    reading.known = {**outer, **dict.fromkeys(column.key for column in question.columns)}
    for column in question.column_order:
        if _holds(column.when, reading.known):
            flat = f"{name}.{column.key}"
            reading.asked.add(flat)
            reading.known[column.key] = _value(Spot(flat, column, reading, where))
    found = {column.key: reading.known[column.key] for column in question.columns}
    return {key: value for key, value in found.items() if value is not None}


def _check_count(spot: Spot, count: int, *, required: bool) -> None:
    least = max(spot.question.field.min_rows, int(required))
    if count < least:
        spot.say("too_few_rows", f"“{spot.question.label}” cần ít nhất {least} dòng; hãy thêm dòng và điền.")


_READERS: Mapping[str, Callable[..., object]] = {"table": _table, "choices": _choices, "consent": _consent}


def _failed_checks(
    plan: Plan, known: Mapping[str, object], found: Sequence[Problem], pages: Collection[str] | None
) -> list[Problem]:
    """Checks that are known to fail; one shown at a field that is not asked or is wrong already stays silent."""
    wrong = {problem.field for problem in found}
    return [
        Problem(f"check_{ready.check.key}", ready.check.message, ready.check.field, ready.check.basis)
        for ready in plan.checks
        if _is_due(ready, pages) and _fails(ready, known) and ready.check.field not in wrong
    ]


def _is_due(ready: ReadyCheck, pages: Collection[str] | None) -> bool:
    return pages is None or bool(ready.pages & set(pages))


def _fails(ready: ReadyCheck, known: Mapping[str, object]) -> bool:
    return ready.holds is not None and _holds(ready.when, known) and ready.holds.evaluate(known) is False


def _forged(plan: Plan, typed: Typed) -> list[Problem]:
    unknown = [name for name in typed if name not in OWN_NAMES and not plan.knows(name)]
    return [
        Problem("unknown_name", f"Biểu mẫu không có ô “{_shown(name)}”; hãy mở lại trang và điền lại.", _shown(name))
        for name in unknown[:_MOST_TOLD]
    ]


def _shown(name: str) -> str:
    printable = "".join(char if char.isprintable() else "?" for char in name[:_LONGEST_NAME])
    return printable if len(name) <= _LONGEST_NAME else f"{printable}…"
