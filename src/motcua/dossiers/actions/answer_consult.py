"""Trả lời lấy ý kiến."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.access.opinions import open_questions, questions_for
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.events_exchange import OpinionGiven
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act, AttachmentPurpose, Opinion
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.kernel.text import clean


@transaction.atomic
def answer_consult(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    opinion: Opinion,
    answer: str,
    file: FileRef | None = None,
    number: int | None = None,
    revision: int | None = None,
) -> Dossier:
    """Trả lời ý kiến: the consulted unit says what it thinks; the dossier stays where it is.

    `number` names the question (None: the oldest open one of the actor's units). Raises Invalid, NotFound when the
    question is not open or not the actor's to answer.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.ANSWER_CONSULT, at=at, revision=revision)
    question = _question(actor, dossier, number)
    text = clean(answer, keep_lines=True)
    if problems := note_problems(text, field="answer", missing="Phải ghi nội dung trả lời."):
        raise Invalid(problems)
    question.opinion, question.answer = opinion, text
    question.attachment = attach(actor, dossier, file, purpose=AttachmentPurpose.OPINION, at=at) if file else None
    question.answered_at, question.answered_by_id, question.answered_by_name = at, actor.known_id, actor.name
    question.save(update_fields=["opinion", "answer", "attachment", "answered_at", "answered_by", "answered_by_name"])
    unit = unit_by_id(question.unit_id).name
    advance(dossier, actor=actor, act=Act.ANSWER_CONSULT, at=at, note=f"{unit}: {opinion.label.lower()}")
    left = open_questions(dossier).count()
    emit(OpinionGiven(dossier_id=dossier.pk, code=dossier.code, number=question.number, open_count=left), at=at)
    data = {"code": dossier.code, "number": question.number, "unit": unit, "opinion": opinion.value}
    record(actor, "dossier.opinion_given", dossier, at=at, data=data)
    return dossier


def _question(actor: Actor, dossier: Dossier, number: int | None) -> Consultation:
    mine = questions_for(actor, dossier)
    found = next((one for one in mine if number in {None, one.number}), None)
    if found is None:
        raise NotFound(Problem("no_question", "Không có câu hỏi này đang chờ đơn vị của bạn trả lời.", "number"))
    return found
