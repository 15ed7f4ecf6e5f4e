"""Chuyển hồ sơ sang bước tiếp theo."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.events import DossierForwarded
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.initialled import refuse_without_initials
from motcua.dossiers.rules.flow import closed_ways, target_forward
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def forward_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    to_step: str = "",
    note: str = "",
    revision: int | None = None,
    initialled: bool = False,
) -> Dossier:
    """Chuyển xử lý: hand the dossier over to the next step, in its unit; "" is the usual next step.

    `initialled`: the initials that the step may demand are made with it (`initial_and_hand_on`).
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.FORWARD, at=at, revision=revision)
    facts = process_facts(dossier, at, actor)
    if closed := closed_ways(dossier.definition, dossier.step, facts, to=to_step):
        raise RuleBroken(closed)
    step = target_forward(dossier.definition, dossier.step, to_step, facts)
    if step is None:
        raise Invalid(Problem("no_such_move", "Từ bước này không chuyển được đến bước đã chọn.", "to_step"))
    note = clean(note, keep_lines=True)
    if problems := note_problems(note, field="note"):
        raise Invalid(problems)
    if not initialled:
        refuse_without_initials(dossier, is_new=False)
    # What is decided stays so on its way to the hand-out.
    status = None if dossier.status == Status.FINISHED else Status.PROCESSING
    advance(dossier, actor=actor, act=Act.FORWARD, at=at, status=status, step=step, note=note)
    event = DossierForwarded(dossier_id=dossier.pk, code=dossier.code, unit_id=dossier.unit_id, step_key=step.key)
    emit(event, at=at)
    record(actor, "dossier.forwarded", dossier, at=at, data={"code": dossier.code, "to_step": step.key, "note": note})
    return dossier
