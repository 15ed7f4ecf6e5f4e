"""The e-form of a dossier for a page: the answers in words, where they come from, what was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.models import AnswersChange, Dossier, FormAnswers
from motcua.dossiers.queries.first_values import notes_of
from motcua.dossiers.rules.answering import answer_text
from motcua.dossiers.terms import act_label
from motcua.forms.rules.answers import from_json
from motcua.forms.rules.wording import Part, parts_in_words, plain_text
from motcua.forms.terms import Form


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the answers: who, when, by which act; label, before and after of each answer."""

    at: datetime
    by: str
    what: str
    lines: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Declared:
    """The e-form of a dossier. `notes`: label and source of what nobody typed."""

    title: str
    parts: tuple[Part, ...]
    notes: Sequence[tuple[str, str]]
    changes: Sequence[Change]


def declared_in(dossier: Dossier) -> Declared | None:
    """Return the e-form of a dossier; None when its procedure has none (no query) or it is on paper (one).

    Two queries at most more for the changes, when there are any.
    """
    form = dossier.definition.form
    answers: FormAnswers | None = getattr(dossier, "answers", None) if form else None
    if form is None or answers is None:
        return None
    changes = list(answers.changes.order_by("revision")) if answers.revision > 1 else []
    shown = [field.key for field in form.fields() if field.kind != "computed"]
    return Declared(
        title=form.title,
        parts=parts_in_words(form, from_json(form, answers.values)),
        notes=notes_of(form, answers.provenance, [key for key in shown if key in answers.values]),
        changes=[_change(form, one) for one in changes],
    )


def answers_json(dossier: Dossier) -> dict[str, Any] | None:
    """Return answers and sources as plain JSON; None when there are none."""
    answers: FormAnswers | None = getattr(dossier, "answers", None) if dossier.definition.form else None
    return {"values": answers.values, "provenance": answers.provenance} if answers else None


def _change(form: Form, change: AnswersChange) -> Change:
    keys = sorted({*change.before, *change.after})
    lines = [(_label(form, key), _text(form, key, change.before), _text(form, key, change.after)) for key in keys]
    return Change(change.at, change.actor_name, act_label(change.act), lines)


def _label(form: Form, key: str) -> str:
    field = form.field(key)
    return field.label if field else key


def _text(form: Form, key: str, values: Mapping[str, Any]) -> str:
    """The answer in words; of a question that is no more, as it was kept."""
    if key not in values:
        return ""
    return answer_text(form, key, values[key]) if form.field(key) else _plain(values[key])


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(filter(None, (_plain(one) for one in value.values())))
    if isinstance(value, list):
        return "; ".join(_plain(one) for one in value)
    return plain_text(value)
