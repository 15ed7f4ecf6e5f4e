"""What stands on a page of a form: every question as plain values for the templates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from motcua.forms.rules.answers import Answers, Places
from motcua.forms.rules.composites import day_of_units
from motcua.forms.rules.lists import truth
from motcua.forms.rules.plan import ROW_NAME, plan_of
from motcua.forms.rules.questions import LONGEST_INPUT, Question
from motcua.forms.rules.reading import Reading, Spot
from motcua.forms.rules.wording import text_of
from motcua.forms.terms import Form, Option
from motcua.forms.web.kinds import HINTS, INPUT_MODES, WIDGETS, WIDTHS, autocomplete_of
from motcua.kernel.errors import Problem
from motcua.kernel.text import clean, fold

_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FEW = 7
_SHORT, _LONG_NUMBER, _LONG_NAME = 20, 40, 200
_UNIT_WORDS = ("Thành phố ", "Tỉnh ", "Phường ", "Xã ", "Thị trấn ", "Đặc khu ")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as it is shown."""

    value: str
    label: str
    is_chosen: bool
    id: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    number: int
    items: tuple["Item", ...]
    remove: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a page.

    `widget`: line, area, radios, boxes, select, tick, group, rows, output, heading, note, files. `go`: the value of
    the button that belongs to it: adds a row, or fetches the communes of the province chosen.
    """

    widget: str
    name: str
    label: str
    hint: str = ""
    errors: tuple[str, ...] = ()
    value: str = ""
    is_optional: bool = False
    is_alone: bool = False
    is_required: bool = False
    has_focus: bool = False
    choices: tuple[Choice, ...] = ()
    items: tuple["Item", ...] = ()
    rows: tuple[Row, ...] = ()
    go: str = ""
    autocomplete: str = "off"
    inputmode: str = ""
    width: str = ""
    longest: int = 0
    is_inline: bool = False

    @property
    def id(self) -> str:
        """Id of the input on the page."""
        return f"q-{self.name.replace('.', '-')}"

    @property
    def target(self) -> str:
        """Id of what a link to a problem leads to."""
        if self.choices and self.widget in {"radios", "boxes"}:
            return self.choices[0].id
        inner = self.items or (self.rows[0].items if self.rows else ())
        return inner[0].target if inner else f"{self.id}-add" if self.widget == "rows" else self.id

    @property
    def described_by(self) -> str:
        """Ids of the hint and the errors, for readers of screens."""
        named = ((self.hint, f"{self.id}-hint"), (self.errors, f"{self.id}-error"))
        return " ".join(name for found, name in named if found)

    def targets(self) -> Iterator[tuple[str, str]]:
        """Flat names of this and everything inside, each with its target."""
        yield self.name, self.target
        for item in (*self.items, *(one for row in self.rows for one in row.items)):
            yield from item.targets()


def problem_text(problem: Problem) -> str:
    """A problem with the law it rests on."""
    return f"{problem.message} (Căn cứ: {problem.basis})" if problem.basis else problem.message


class Maker:
    """Makes the items of one page."""

    def __init__(
        self,
        form: Form,
        answers: Answers,
        known: Mapping[str, object],
        today: date,
        places: Places,
        problems: Sequence[Problem],
        focus: str,
    ) -> None:
        self._plan = plan_of(form)
        self._answers = answers
        self._focus = focus
        self._reading = Reading(typed={}, known={**known, "today": today}, today=today, places=places)
        self._defaults: dict[str, str] = {}
        self._errors: dict[str, list[str]] = {}
        for problem in problems:
            self._errors.setdefault(problem.field, []).append(problem_text(problem))

    def item(self, key: str, *, is_alone: bool = False) -> Item:
        """The item of a field of the form."""
        question = self._plan.questions[key]
        return self._item(question, key, required=self._is_required(question), is_alone=is_alone)

    def _is_required(self, question: Question) -> bool:
        asked_for = question.required_when
        return question.required or (asked_for is not None and asked_for.holds(self._reading.known))

    def _item(self, question: Question, name: str, *, required: bool, is_alone: bool = False) -> Item:
        widget = _widget(question)
        label = question.label if question.is_part else question.field.label
        unit = question.field.unit if question.kind in {"number", "money"} and not question.is_part else ""
        return Item(
            widget=widget,
            name=name,
            label=f"{label} ({unit})" if unit and unit not in label else label,
            hint=_hint(question),
            errors=tuple(self._errors.get(name, ())),
            value=self._value(question, name, widget),
            is_optional=not required and not question.required_when and widget not in {"output", "tick", "rows"},
            is_alone=is_alone,
            is_required=required,
            has_focus=bool(self._focus) and name == self._focus,
            choices=self._choices(question, name, widget),
            items=self._inner(question, name, required=required) if widget == "group" else (),
            rows=self._rows(question, name) if widget == "rows" else (),
            go=f"row+{name}" if widget == "rows" else "",
            autocomplete=autocomplete_of(question),
            inputmode=INPUT_MODES.get(question.kind, ""),
            width=_width(question),
            longest=question.longest if question.kind in {"text", "long_text", "name", "email"} else _longest(question),
            is_inline=question.kind == "partial_date",
        )

    def _value(self, question: Question, name: str, widget: str) -> str:
        if widget == "output":
            return text_of(question, self._answers.values.get(question.key))
        return question.field.text if widget == "note" else self._shown(name)

    def _shown(self, name: str) -> str:
        return _UNSHOWN.sub("", next(iter(self._raw(name)), "")[:LONGEST_INPUT])

    def _raw(self, name: str) -> list[str]:
        """Everything typed at a name; the default in a row that is shown for the first time."""
        raw = self._answers.typed.get(name, self._defaults.get(name, ""))
        return [raw] if isinstance(raw, str) else [str(one) for one in raw]

    def _choices(self, question: Question, name: str, widget: str) -> tuple[Choice, ...]:
        if widget not in {"radios", "boxes", "select"}:
            return ()
        options, chosen = self._options(question, name)
        return tuple(
            Choice(option.value, option.label, option.value in chosen, f"q-{name.replace('.', '-')}-{number}")
            for number, option in enumerate(options)
        )

    def _options(self, question: Question, name: str) -> tuple[Sequence[Option], set[str]]:
        """The options open to a question, and the values of those chosen."""
        typed = [clean(one[:LONGEST_INPUT]) for one in self._raw(name)]
        if question.lookup in {"provinces", "communes"}:
            units = self._units(question, name)
            return _listed(units), {_code_of(one, units) for one in typed}
        if question.kind == "yes_no":
            typed = ["yes" if truth(one) else "no" for one in typed if truth(one) is not None]
        return question.choices.options, {question.choices.chosen(one) or "" for one in typed}

    def _units(self, question: Question, name: str) -> Mapping[str, str]:
        on = day_of_units(Spot(name, question, self._reading))
        provinces = self._reading.places.provinces_on(on)
        if question.lookup == "provinces":
            return provinces
        code = _code_of(clean(self._shown(f"{name.removesuffix('.commune')}.province")), provinces)
        return self._reading.places.communes_of(code, on) if code else {}

    def _inner(self, question: Question, name: str, *, required: bool) -> tuple[Item, ...]:
        wanted = required or name in self._answers.typed
        found = [
            self._item(part, f"{name}.{part.key}", required=part.required and (wanted or question.required))
            for part in question.parts
        ]
        near = [_near(item, question.label) for item in found]
        return tuple(replace(item, go=f"places+{name}") if item.name == f"{name}.commune" else item for item in near)

    def _rows(self, question: Question, name: str) -> tuple[Row, ...]:
        numbers = [int(one[2]) for one in map(ROW_NAME.fullmatch, self._answers.typed) if one and one[1] == name]
        least = max(question.field.min_rows, int(self._is_required(question)))
        shown = sorted(set(numbers))[: question.field.max_rows] or list(range(least))
        return tuple(
            Row(place, self._cells(question, f"{name}.{index}", place), f"row-{name}.{index}")
            for place, index in enumerate(shown, 1)
        )

    def _cells(self, question: Question, row: str, place: int) -> tuple[Item, ...]:
        return tuple(_near(item, f"{question.label}, dòng {place}") for item in self._columns(question, row))

    def _columns(self, question: Question, row: str) -> Iterator[Item]:
        begun = any(one.startswith(f"{row}.") for one in self._answers.asked)
        for column in question.columns:
            flat = f"{row}.{column.key}"
            if flat in self._answers.asked or (not begun and column.when is None):
                self._defaults[flat] = "" if begun else column.field.default
                item = self._item(column, flat, required=column.required)
                yield item if item.widget != "output" else replace(item, value=self._row_value(question, column, row))

    def _row_value(self, question: Question, column: Question, row: str) -> str:
        """What a formula within a row gave; rows that were left blank have no values."""
        numbers = sorted({int(one.split(".")[1]) for one in self._answers.asked if one.startswith(f"{question.key}.")})
        rows = self._answers.values.get(question.key)
        index = int(row.rpartition(".")[2])
        if not isinstance(rows, list) or index not in numbers or numbers.index(index) >= len(rows):
            return ""
        return text_of(column, rows[numbers.index(index)].get(column.key))


def _near(item: Item, place: str) -> Item:
    """The item with problems that no longer say the place they stand in: it is read right above."""
    return replace(item, errors=tuple(_after(f"{place}: ", error) for error in item.errors))


def _after(start: str, error: str) -> str:
    _, found, rest = error.partition(start)
    return f"{rest[:1].upper()}{rest[1:]}" if found else error


def _widget(question: Question) -> str:
    if question.parts:
        return "group"
    if question.kind == "choice" and question.lookup not in {"business_lines"}:
        if question.lookup == "communes" and not question.is_part:
            return "line"
        few = question.lookup in {"", "genders"} and len(question.choices.options) <= _FEW
        return "radios" if few else "select"
    return WIDGETS.get(question.kind, "line")


def _hint(question: Question) -> str:
    own = "" if question.is_part else question.field.hint
    return own or HINTS.get(question.lookup or question.kind, "")


def _width(question: Question) -> str:
    if question.kind == "text" and question.field.max_length is not None and question.longest <= _SHORT:
        return "w15"
    return WIDTHS.get(question.key if question.key in WIDTHS else question.kind, "")


def _longest(question: Question) -> int:
    return _LONG_NAME if question.kind == "choice" else _LONG_NUMBER


def _code_of(name: str, units: Mapping[str, str]) -> str:
    """The code of what was typed, a code or a name; "" for neither."""
    if name in units:
        return name
    wanted = name.casefold()
    return next((code for code, one in units.items() if wanted and one.casefold() == wanted), "")


def _listed(units: Mapping[str, str]) -> list[Option]:
    """Units as a list to choose from, by their bare names, so that typing a name's first letters finds it."""
    found = [(bare_name(name), code) for code, name in units.items()]
    return [Option(value=code, label=label) for label, code in sorted(found, key=lambda one: fold(one[0]))]


def bare_name(name: str) -> str:
    """ "Phường Ba Đình" as "Ba Đình (phường)"."""
    for kind in _UNIT_WORDS:
        if name.startswith(kind):
            return f"{name.removeprefix(kind)} ({kind.strip().lower()})"
    return name
