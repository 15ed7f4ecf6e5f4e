"""Ghi tờ khai điện tử: what every act that changes the answers of a dossier shares."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import AnswersChange, Dossier, FormAnswers
from motcua.dossiers.rules.answering import Marks, form_facts, mark, marks_of
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


def read_again(dossier: Dossier, form: Form, typed: Typed, *, at: datetime) -> Answers:
    """Read a form for a dossier that is there already; its files are counted as they lie in it."""
    counts = dict(_files_of(dossier)) if any(field.kind == "file" for field in form.fields()) else {}
    files = {field.key: str(counts[field.component]) for field in form.fields() if field.component in counts}
    is_person = dossier.owner.kind == PartyKind.PERSON
    facts = form_facts(
        case=dossier.case_key,
        channel=dossier.channel,
        procedure=dossier.definition.code,
        applicant="citizen" if is_person else "organisation",
        copies=dossier.set_count,
    )
    today = at.astimezone(VIET_NAM).date()
    return read(form, {**typed, **files}, facts=facts, today=today, places=places())


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
