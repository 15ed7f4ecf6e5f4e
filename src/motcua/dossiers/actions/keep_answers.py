"""Ghi tờ khai điện tử: what every act that changes the answers of a dossier shares."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.dossiers.models import AnswersChange, Dossier, FormAnswers
from motcua.identity.terms import Actor
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


def answers_of(dossier: Dossier) -> FormAnswers | None:
    """Return the answers of a dossier; None when it has none (one query, and none when they came with it)."""
    return getattr(dossier, "answers", None)


def _of(whole: Mapping[str, Any], keys: list[str]) -> Json:
    return {key: whole[key] for key in keys if key in whole}
