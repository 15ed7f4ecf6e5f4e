"""Phân công thụ lý."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.terms import Right
from motcua.dossiers.access import lock_dossier, who_was_first
from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.actions.advance import advance, unit_of_step
from motcua.dossiers.events import DossierAssigned
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.flow import assigned_to, closed_ways, is_assigning
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act, Status
from motcua.identity.models import Account
from motcua.identity.queries import holders_of, stand_ins
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Invalid, Problem, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def assign_dossier(
    *, actor: Actor, dossier_id: int, at: datetime, to_account_id: int, note: str = "", revision: int | None = None
) -> Dossier:
    """Phân công: the unit's leader gives the dossier to a specialist of the unit, or to another one.

    Who is absent is stood in for: the dossier goes to the stand-in. A new specialist has what is left of the step's
    term. Raises Invalid when that person does not handle dossiers in the unit, Conflict when they already have the
    dossier.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.ASSIGN, at=at, revision=revision)
    step = dossier.step
    if is_assigning(dossier.definition, step):
        facts = process_facts(dossier, at, actor)
        target = assigned_to(dossier.definition, step, facts)
        if target is None:
            raise RuleBroken(closed_ways(dossier.definition, step, facts))
        step = target
    unit_id = unit_of_step(dossier, step) if step.at in {"handling", "unit"} else dossier.unit_id
    holder = next((one for one in holders_of(Right.HANDLE, unit_id, on=at) if one.id == to_account_id), None)
    note = clean(note, keep_lines=True)
    problems = note_problems(note, field="note")
    if holder is None:
        message = "Người được phân công không giữ vị trí thụ lý trong đơn vị này."
        raise Invalid([Problem("not_a_handler", message, "to"), *problems])
    if problems:
        raise Invalid(problems)
    absent, holder = holder, _present(holder, unit_id, at)
    if holder.id != absent.id:
        note = "\n".join(filter(None, [f"{absent.full_name} vắng mặt; giao người làm thay.", note]))
    if step.key == dossier.step_key and holder.id == dossier.holder_id:
        message = f"Hồ sơ đang do {holder.full_name} thụ lý."
        raise Conflict([Problem("assigned_already", message, "to"), who_was_first(dossier)])
    step_due_at = dossier.step_due_at if step.key == dossier.step_key else None
    advance(
        dossier,
        actor=actor,
        act=Act.ASSIGN,
        at=at,
        status=Status.PROCESSING,
        step=step,
        holder_id=holder.id,
        note=note,
        step_due_at=step_due_at,
    )
    emit(DossierAssigned(dossier_id=dossier.pk, code=dossier.code, account_id=holder.id), at=at)
    record(actor, "dossier.assigned", dossier, at=at, data={"code": dossier.code, "to": holder.full_name})
    return dossier


def _present(holder: Account, unit_id: int, at: datetime) -> Account:
    """Return who does the work of the officer at that moment: they themselves, or who stands in for them."""
    found = stand_ins([holder.pk], unit_id, at=at).get(holder.pk)
    return found.account if found and found.account.is_active else holder
