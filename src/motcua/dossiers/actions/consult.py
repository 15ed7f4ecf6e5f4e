"""Lấy ý kiến đơn vị, cơ quan liên quan."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import UnitInfo
from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.asking import Question, ask
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.kernel.text import clean

__all__ = ["Question", "consult"]

_MOST_ASKED = 20


@transaction.atomic
def consult(
    *, actor: Actor, dossier_id: int, at: datetime, questions: Sequence[Question], revision: int | None = None
) -> Dossier:
    """Lấy ý kiến: ask one or many units of the province at once; the dossier stays where it is, its clock runs.

    Raises Invalid with every problem of every question.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.CONSULT, at=at, revision=revision)
    asked = [Question(one.unit_id, clean(one.text, keep_lines=True), one.answer_due_at) for one in questions]
    if problems := _problems(dossier, asked, at):
        raise Invalid(problems)
    ask(dossier, actor, asked, act=Act.CONSULT, at=at, asked_by_id=actor.known_id)
    return dossier


def _problems(dossier: Dossier, asked: Sequence[Question], at: datetime) -> list[Problem]:
    if not asked:
        return [Problem("required", "Hãy chọn ít nhất một nơi để lấy ý kiến.", "questions.0.unit")]
    if len(asked) > _MOST_ASKED:
        return [Problem("too_many", f"Mỗi lần lấy ý kiến tối đa {_MOST_ASKED} nơi.", "questions")]
    problems = [
        problem for place, one in enumerate(asked) for problem in _wrong(dossier, one, f"questions.{place}", at)
    ]
    asked_before: set[int] = set()
    for place, one in enumerate(asked):
        if one.unit_id in asked_before:
            problems.append(Problem("asked_twice", "Nơi này được chọn hai lần.", f"questions.{place}.unit"))
        asked_before.add(one.unit_id)
    return problems


def _wrong(dossier: Dossier, question: Question, place: str, at: datetime) -> list[Problem]:
    problems = note_problems(question.text, field=f"{place}.text", missing="Phải ghi nội dung cần lấy ý kiến.")
    if question.answer_due_at is not None and question.answer_due_at <= at:
        problems.append(Problem("due_passed", "Hạn trả lời phải ở tương lai.", f"{place}.due"))
    unit = _unit(question.unit_id)
    today = at.astimezone(VIET_NAM).date()
    if unit is None or not unit.holds_on(today) or unit.path[0] != unit_by_id(dossier.agency_id).path[0]:
        message = "Không có cơ quan, đơn vị này trong tỉnh."
        problems.append(Problem("unit_unknown", message, f"{place}.unit"))
    elif unit.id == dossier.unit_id:
        problems.append(Problem("asks_itself", "Hồ sơ đang ở chính đơn vị này.", f"{place}.unit"))
    return problems


def _unit(unit_id: int) -> UnitInfo | None:
    try:
        return unit_by_id(unit_id)
    except NotFound:
        return None
