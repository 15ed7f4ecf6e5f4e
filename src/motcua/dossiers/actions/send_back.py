"""Trả lại bước trước."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.actions.advance import advance, unit_of_step
from motcua.dossiers.events import DossierSentBack
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.flow import closed_ways, target_back
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def send_back_dossier(
    *, actor: Actor, dossier_id: int, at: datetime, reason: str, to_step: str = "", revision: int | None = None
) -> Dossier:
    """Trả lại bước trước: return the dossier to an earlier step, to whoever worked on it there, with the reason."""
    dossier = lock_dossier(actor, dossier_id, to=Act.SEND_BACK, at=at, revision=revision)
    reason = clean(reason, keep_lines=True)
    facts = process_facts(dossier, at, actor)
    if closed := closed_ways(dossier.definition, dossier.step, facts, to=to_step, back=True):
        raise RuleBroken(closed)
    step = target_back(dossier.definition, dossier.step, to_step, facts)
    problems = note_problems(reason, field="reason", missing="Phải nêu lý do trả lại.")
    if step is None:
        problems.append(Problem("no_such_move", "Từ bước này không trả lại được bước đã chọn.", "to_step"))
    if problems or step is None:
        raise Invalid(problems)
    holder_id = last_worker(dossier, step.key, unit_of_step(dossier, step))
    advance(dossier, actor=actor, act=Act.SEND_BACK, at=at, step=step, holder_id=holder_id, note=reason)
    event = DossierSentBack(
        dossier_id=dossier.pk, code=dossier.code, unit_id=dossier.unit_id, account_id=holder_id, reason=reason
    )
    emit(event, at=at)
    record(
        actor, "dossier.sent_back", dossier, at=at, data={"code": dossier.code, "to_step": step.key, "reason": reason}
    )
    return dossier


def last_worker(dossier: Dossier, step_key: str, unit_id: int) -> int | None:
    """Return who last passed the dossier on from that step, so that it comes back to the same desk."""
    moves = dossier.moves.filter(from_step=step_key, from_unit_id=unit_id, actor__isnull=False)
    leaving = moves.exclude(to_step=step_key).order_by("-number")
    return leaving.values_list("actor_id", flat=True).first()
