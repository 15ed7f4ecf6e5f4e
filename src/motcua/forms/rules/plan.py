"""The order in which a form is read: a field after those its conditions and its formula read.

Where fields wait for each other in a circle (the checker refuses such forms), they are read in their own order, each
once, so that reading always ends.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from motcua.expressions.rules.parsing import Expression
from motcua.forms.rules.ordering import ordered
from motcua.forms.rules.questions import UNTYPED, Question, expression_of, question_of, roots
from motcua.forms.terms import Check, Form

#: Names that a page sends besides its fields.
OWN_NAMES = frozenset({"csrfmiddlewaretoken", "go"})
ROW_NAME = re.compile(r"([a-z][a-z0-9_]*)\.(0|[1-9][0-9]{0,3})\.(.+)")


@dataclass(frozen=True, slots=True, eq=False)
class ReadyCheck:
    """A check across fields with its expressions read; `pages`: those of the fields it reads or is shown at."""

    check: Check
    holds: Expression | None
    when: Expression | None
    pages: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A form ready for reading.

    `circles`: keys that wait for each other; `names`: the flat names of all inputs, rows as "key.#.column".
    """

    questions: Mapping[str, Question]
    order: tuple[str, ...]
    page_when: Mapping[str, Expression | None]
    checks: tuple[ReadyCheck, ...]
    circles: tuple[tuple[str, ...], ...]
    names: frozenset[str]

    def knows(self, name: str) -> bool:
        """Whether a flat name belongs to the form."""
        found = ROW_NAME.fullmatch(name)
        return (f"{found[1]}.#.{found[3]}" if found else name) in self.names


@lru_cache(maxsize=512)
def plan_of(form: Form) -> Plan:
    """Make a form ready for reading."""
    questions: dict[str, Question] = {}
    page_when: dict[str, Expression | None] = {}
    for page in form.pages:
        page_when.setdefault(page.key, expression_of(page.when))
        for field in page.fields:
            questions.setdefault(field.key, question_of(field, page))
    waits = {key: _waits(question, page_when, questions) for key, question in questions.items()}
    order, circles = ordered(waits)
    return Plan(
        questions=questions,
        order=order,
        page_when=page_when,
        checks=tuple(_ready(check, questions) for check in form.checks),
        circles=circles,
        names=frozenset(name for question in questions.values() for name in names_of(question)),
    )


def asked_keys(plan: Plan, known: Mapping[str, object]) -> frozenset[str]:
    """Keys of the fields that are asked where these facts and values are known already."""
    pages = {key for key, when in plan.page_when.items() if when is None or when.holds(known)}
    return frozenset(
        key
        for key, question in plan.questions.items()
        if question.page in pages and (question.when is None or question.when.holds(known))
    )


def names_of(question: Question, prefix: str = "") -> Iterator[str]:
    """The flat names of a question's inputs; rows as "#"."""
    name = f"{prefix}{question.key}"
    if question.columns:
        for column in question.columns:
            yield from names_of(column, f"{name}.#.")
    elif question.parts:
        for part in question.parts:
            yield from names_of(part, f"{name}.")
        if question.kind == "partial_date":
            yield name
    elif question.kind not in UNTYPED:
        yield name


def _waits(
    question: Question, page_when: Mapping[str, Expression | None], questions: Mapping[str, Question]
) -> frozenset[str]:
    own = {question.key, *(column.key for column in question.columns)}
    inside = {name for column in question.columns for one in column.expressions() for name in roots(one)} - own
    outside = {
        name
        for one in (question.when, question.required_when, question.value, question.units_on)
        for name in roots(one)
    }
    return frozenset((inside | outside | roots(page_when.get(question.page))) & questions.keys())


def _ready(check: Check, questions: Mapping[str, Question]) -> ReadyCheck:
    holds, when = expression_of(check.holds), expression_of(check.when)
    keys = {check.field.split(".", maxsplit=1)[0]} if check.field else roots(holds)
    return ReadyCheck(check, holds, when, frozenset(questions[key].page for key in keys if key in questions))
