"""Rút yêu cầu lấy ý kiến."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.access.opinions import open_questions
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.events_exchange import OpinionCancelled
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.kernel.text import clean


@transaction.atomic
def cancel_consult(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    reason: str,
    number: int | None = None,
    revision: int | None = None,
) -> Dossier:
    """Rút yêu cầu lấy ý kiến: the asker's unit no longer waits for the answer.

    `number` names the question (None: the oldest open one). Raises Invalid, NotFound when it is not open.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.CANCEL_CONSULT, at=at, revision=revision)
    question = next((one for one in open_questions(dossier) if number in {None, one.number}), None)
    if question is None:
        raise NotFound(Problem("no_question", "Không có câu hỏi này đang chờ trả lời.", "number"))
    reason = clean(reason, keep_lines=True)
    if problems := note_problems(reason, field="reason", missing="Phải ghi lý do rút yêu cầu."):
        raise Invalid(problems)
    question.cancelled_at = at
    question.save(update_fields=["cancelled_at"])
    unit = unit_by_id(question.unit_id).name
    advance(dossier, actor=actor, act=Act.CANCEL_CONSULT, at=at, note=f"{unit}. {reason}")
    event = OpinionCancelled(dossier_id=dossier.pk, code=dossier.code, number=question.number, unit_id=question.unit_id)
    emit(event, at=at)
    data = {"code": dossier.code, "number": question.number, "unit": unit, "reason": reason}
    record(actor, "dossier.opinion_cancelled", dossier, at=at, data=data)
    return dossier
