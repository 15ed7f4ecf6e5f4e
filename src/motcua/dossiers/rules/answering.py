"""The e-form of an application: what is read of it, what is wrong with it, and where each answer comes from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from motcua.dossiers.rules.application import Application
from motcua.dossiers.terms import ONLINE_CHANNELS, PartyKind
from motcua.forms.rules.answers import Answers, Places, Typed, flatten, from_json, read
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.wording import text_of
from motcua.forms.terms import WORDLESS, Form, Origin
from motcua.kernel.errors import Problem
from motcua.procedures.terms import Definition

#: Before the name of an answer wherever it stands beside other names: problems, corrections.
PREFIX: Final = "form."
#: Where an answer comes from, as JSON: {"source": Origin, "by": name, "at": ISO 8601, "ref": code}.
Mark = Mapping[str, str]
Marks = Mapping[str, Mark]


def read_form(application: Application, definition: Definition, *, today: date, places: Places) -> Answers | None:
    """Return the e-form as read; None when the procedure has none, or when it is on paper.

    At the desk somebody may bring the declaration on paper: nothing is typed then.
    """
    form = definition.form
    if form is None or (application.channel not in ONLINE_CHANNELS and is_blank(application.form)):
        return None
    typed = {**application.form, **file_counts(form, application)}
    return read(form, typed, facts=facts_of(application), today=today, places=places)


def form_problems(answers: Answers | None, application: Application, definition: Definition) -> list[Problem]:
    """Return what is wrong with the e-form, each problem at "form." and the name of its input."""
    if answers is not None:
        return with_prefix(answers.problems)
    if definition.form is None and application.form:
        return [Problem("no_form", "Thủ tục này không có tờ khai điện tử.", "form")]
    return []


def with_prefix(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a form, named so that they can stand beside other problems of a dossier."""
    return [replace(one, field=f"{PREFIX}{one.field}" if one.field else "form") for one in problems]


def is_blank(typed: Typed) -> bool:
    """Whether nothing at all was typed."""
    return not any(value.strip() if isinstance(value, str) else value for value in typed.values())


def facts_of(application: Application) -> dict[str, object]:
    """Return what conditions of a form may read besides its fields."""
    is_person = application.owner.kind == PartyKind.PERSON
    return form_facts(
        case=application.case_key,
        channel=application.channel,
        procedure=application.procedure_code,
        applicant="citizen" if is_person else "organisation",
        copies=application.set_count,
        pages=sum(component.pages for component in application.components),
    )


def form_facts(
    *, case: str, channel: str, procedure: str, applicant: str, copies: int = 1, pages: int = 0
) -> dict[str, object]:
    """Return the facts by the names that expressions know."""
    return {
        "case": case,
        "channel": channel,
        "online": channel in ONLINE_CHANNELS,
        "procedure": procedure,
        "applicant": applicant,
        "copies": copies,
        "pages": pages,
    }


def file_counts(form: Form, application: Application) -> dict[str, str]:
    """Return how many files each question for a file got: those of its paper, one for a paper handed in as such."""
    given = {one.key: len(one.files) or int(one.is_present) for one in application.components}
    fields = [field for field in form.fields() if field.kind == "file"]
    return {field.key: str(given[field.component]) for field in fields if given.get(field.component)}


def mark(source: Origin, *, by: str, at: str, ref: str = "") -> Mark:
    """Return where an answer comes from: who gave it, at which moment (ISO 8601), from which thing (its code)."""
    return {"source": source, "by": by, "at": at, "ref": ref}


def marks_of(form: Form, values: Collection[str], known: Marks, typed: Mark) -> dict[str, Mark]:
    """Return a mark for every answer: what is known of it, the formula for computed ones, else `typed`."""
    computed = {field.key for field in form.fields() if field.kind == "computed"}
    own = {**typed, "source": "computed", "by": "", "ref": ""}
    return {key: own if key in computed else known.get(key, typed) for key in values}


def labels_of(form: Form | None) -> dict[str, str]:
    """Return the label of every question of a form that somebody answers, by its key."""
    silent = WORDLESS | {"computed", "file"}
    return {field.key: field.label for field in form.fields() if field.kind not in silent} if form else {}


def answer_text(form: Form, key: str, kept: Any) -> str:
    """Return a kept answer (JSON) on one line; "" for none."""
    question = plan_of(form).questions.get(key)
    value = from_json(form, {key: kept}).get(key) if kept is not None else None
    return text_of(question, value) if question is not None and value is not None else ""


def typed_from(form: Form, kept: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Return kept answers (JSON) as one would type them; files are left out, they are uploaded elsewhere."""
    files = {field.key for field in form.fields() if field.kind == "file"}
    return flatten(form, {key: value for key, value in from_json(form, kept).items() if key not in files})
