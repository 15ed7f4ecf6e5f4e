"""Hỏi ý kiến: what asking by an officer and by the process have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.actions.stepping import note_move
from motcua.dossiers.events_exchange import OpinionAsked
from motcua.dossiers.models import Consultation, Dossier
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record


@dataclass(frozen=True, slots=True)
class Question:
    """What one unit is asked, and until when it should answer (None: no day named).

    `origin`: of the process that asks by itself; `is_required`: the gate "opinions" waits for the answer.
    """

    unit_id: int
    text: str
    answer_due_at: datetime | None = None
    origin: str = ""
    is_required: bool = True


def ask(
    dossier: Dossier,
    actor: Actor,
    questions: Sequence[Question],
    *,
    act: str,
    at: datetime,
    asked_by_id: int | None = None,
) -> None:
    """Write the questions to a locked dossier, which stays where it is, with their event and journal line."""
    last = dossier.consultations.aggregate(last=Max("number"))["last"] or 0
    numbers = list(range(last + 1, last + 1 + len(questions)))
    for number, question in zip(numbers, questions, strict=True):
        Consultation.objects.create(
            dossier=dossier,
            number=number,
            unit_id=question.unit_id,
            question=question.text,
            asked_at=at,
            asked_by_id=asked_by_id,
            asked_by_name=actor.name,
            answer_due_at=question.answer_due_at,
            origin=question.origin,
            is_required=question.is_required,
        )
    names = [unit_by_id(question.unit_id).name for question in questions]
    note_move(dossier, actor=actor, act=act, at=at, note="; ".join(names))
    unit_ids = [question.unit_id for question in questions]
    emit(OpinionAsked(dossier_id=dossier.pk, code=dossier.code, unit_ids=unit_ids, numbers=numbers), at=at)
    record(actor, "dossier.opinion_asked", dossier, at=at, data={"code": dossier.code, "units": names})
