"""Ghi tờ khai điện tử: what every act that changes the answers of a dossier shares."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import AnswersChange, Dossier, FormAnswers
from motcua.dossiers.rules.answering import Marks, form_facts, mark, marks_of, typed_from, with_prefix
from motcua.dossiers.rules.rebasing import kept_and_dropped
from motcua.dossiers.terms import PartyKind
from motcua.forms.queries import places
from motcua.forms.rules.answers import Answers, Typed, read, to_json
from motcua.forms.terms import Form
from motcua.identity.terms import Actor
from motcua.kernel.errors import Problem, RuleBroken
from motcua.kernel.inserting import insert, update

Json = dict[str, Any]


def change_answers(
    actor: Actor, dossier: Dossier, after: Mapping[str, Any], marks: Mapping[str, Any], *, act: str, at: datetime
) -> AnswersChange | None:
    """Ghi thay đổi: make the answers say `after` (all of them, as JSON); what stood there before is kept beside it.

    `marks`: where each answer comes from. Returns the change, None when nothing changed. The dossier is locked.
    """
    answers = answers_of(dossier)
    before = answers.values if answers else {}
    changed = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
    if not changed:
        return None
    if answers is None:
        answers = insert(FormAnswers(dossier=dossier, values={}, provenance={}, revision=0))
    change = AnswersChange(
        answers=answers,
        revision=answers.revision + 1,
        act=act,
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        before=_of(before, changed),
        after=_of(after, changed),
        provenance_before=_of(answers.provenance, changed),
    )
    answers.values, answers.revision = dict(after), change.revision
    sources = {**answers.provenance, **_of(marks, changed)}
    answers.provenance = _of(sources, list(after))
    update(answers, "values", "provenance", "revision")
    return insert(change)


def keep_read(dossier: Dossier, answers: Answers, *, actor: Actor, marks: Marks, at: datetime) -> None:
    """Put the answers that came with an application beside its dossier; `save_read` writes them with it."""
    form = demand_form(dossier)
    values = to_json(form, answers.values)
    own = mark("typed" if actor.kind == "citizen" else "clerk", by=actor.name, at=at.isoformat())
    FormAnswers(dossier=dossier, values=values, provenance=marks_of(form, values, marks, own))


def save_read(dossier: Dossier) -> None:
    """Write the answers that `keep_read` put beside a dossier that has just been written itself."""
    answers = answers_of(dossier) if dossier.definition.form else None
    if answers is not None:
        answers.dossier = dossier
        insert(answers)


@dataclass(frozen=True, slots=True)
class Revised:
    """Answers as they would stand: all of them as JSON, what changes (before and after), what is wrong with it."""

    values: Json
    changed: Mapping[str, tuple[Any, Any]]
    problems: tuple[Problem, ...]


#: No question answered anew.
NOTHING = Revised({}, {}, ())


def revise(dossier: Dossier, typed: Typed, keys: Collection[str], *, at: datetime) -> Revised:
    """Return what the answers would be with the questions `keys` answered anew; nothing is written.

    `typed`: the flat names of those questions. What was wrong before and is not touched does not hinder.
    Raises RuleBroken when the procedure has no e-form.
    """
    form = demand_form(dossier)
    answers = answers_of(dossier)
    before = answers.values if answers else {}
    old = typed_from(form, before)
    new = {name: value for name, value in old.items() if key_of(name) not in keys}
    new |= {name: value if isinstance(value, str) else list(value) for name, value in typed.items()}
    known = read_again(dossier, form, old, at=at).problems
    read = read_again(dossier, form, new, at=at)
    after = to_json(form, read.values)
    changed = {
        key: (before.get(key), after.get(key)) for key in {**before, **after} if before.get(key) != after.get(key)
    }
    found = [one for one in read.problems if key_of(one.field) in keys or one not in known]
    return Revised(after, changed, tuple(with_prefix(found)))


def answers_again(old: Dossier, form: Form | None) -> tuple[dict[str, str | list[str]], tuple[str, ...]]:
    """Return what of an older dossier answers a form of today: as one would type it, and the questions it answers."""
    answers = answers_of(old) if form is not None and old.definition.form is not None else None
    if form is None or answers is None:
        return {}, ()
    kept, _dropped = kept_and_dropped(old.definition.form, form, answers.values)
    return typed_from(form, kept), tuple(kept)


def patched(dossier: Dossier, changes: Mapping[str, Any]) -> Json:
    """Return the answers as they stand with some of them changed; None takes an answer away."""
    answers = answers_of(dossier)
    after = {**(answers.values if answers else {}), **changes}
    return {key: value for key, value in after.items() if value is not None}


def key_of(name: str) -> str:
    """Return the key of the question that a flat name belongs to."""
    return name.partition(".")[0]


def save_revised(actor: Actor, dossier: Dossier, values: Mapping[str, Any], *, act: str, at: datetime) -> None:
    """Write answers that were answered anew by the actor."""
    own = mark("typed" if actor.kind == "citizen" else "clerk", by=actor.name, at=at.isoformat())
    change_answers(actor, dossier, values, marks_of(demand_form(dossier), values, {}, own), act=act, at=at)


def read_again(dossier: Dossier, form: Form, typed: Typed, *, at: datetime) -> Answers:
    """Read a form for a dossier that is there already; its files are counted as they lie in it."""
    counts = dict(_files_of(dossier)) if any(field.kind == "file" for field in form.fields()) else {}
    files = {field.key: str(counts[field.component]) for field in form.fields() if field.component in counts}
    facts = facts_on(dossier)
    today = at.astimezone(VIET_NAM).date()
    return read(form, {**typed, **files}, facts=facts, today=today, places=places())


def facts_on(dossier: Dossier) -> dict[str, object]:
    """Return what conditions of the form may read of a dossier that is there already."""
    is_person = dossier.owner.kind == PartyKind.PERSON
    return form_facts(
        case=dossier.case_key,
        channel=dossier.channel,
        procedure=dossier.definition.code,
        applicant="citizen" if is_person else "organisation",
        copies=dossier.set_count,
    )


def _files_of(dossier: Dossier) -> list[tuple[str, int]]:
    present = dossier.components.filter(is_present=True).annotate(files=Count("attachments"))
    return [(key, max(files, 1)) for key, files in present.values_list("key", "files")]


def demand_form(dossier: Dossier) -> Form:
    """Return the e-form of the dossier's procedure; raises RuleBroken when it has none."""
    if dossier.definition.form is None:
        raise RuleBroken(Problem("no_form", "Thủ tục của hồ sơ này không có tờ khai điện tử.", "form"))
    return dossier.definition.form


def answers_of(dossier: Dossier) -> FormAnswers | None:
    """Return the answers of a dossier; None when it has none (one query, and none when they came with it)."""
    return getattr(dossier, "answers", None)


def _of(whole: Mapping[str, Any], keys: list[str]) -> Json:
    return {key: whole[key] for key in keys if key in whole}
