"""Bước đi: the timeline, and who works at a step until when."""

from datetime import date, datetime

from django.utils import timezone

from motcua.agencies.queries import UnitInfo, agency_by_code, unit_by_slug
from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import VIET_NAM, Term, TermUnit
from motcua.dossiers.models import Delivery, Dossier, Move, Result
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.inserting import insert, update
from motcua.procedures.rules.selection import last_step
from motcua.processes.terms import Step


def note_move(dossier: Dossier, *, actor: Actor, act: str, at: datetime, note: str, also: tuple[str, ...] = ()) -> Move:
    """Add a line to the timeline for what happens to a dossier where it is; `also` names changed fields to save."""
    dossier.last_act_at = at
    dossier.revision += 1
    update(dossier, "last_act_at", "revision", *also)
    step_key, unit_id = dossier.step_key, dossier.unit_id
    return log_move(dossier, actor=actor, act=act, at=at, note=note, before_step=step_key, before_unit=unit_id)


def log_move(
    dossier: Dossier,
    *,
    actor: Actor,
    act: str,
    at: datetime,
    note: str = "",
    before_step: str = "",
    before_unit: int | None = None,
) -> Move:
    """Add a line to the timeline of a dossier that was just saved."""
    acting = dossier.acting_as(actor)
    move = Move(
        dossier=dossier,
        number=dossier.revision,
        act=act,
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        actor_title=acting.title,
        delegation_id=acting.mandate.delegation_id if acting.mandate else None,
        status=dossier.status,
        from_step=before_step,
        to_step=dossier.step_key,
        from_unit_id=before_unit,
        to_unit_id=dossier.unit_id,
        to_holder_id=dossier.holder_id,
        step_due_at=dossier.step_due_at,
        note=note,
    )
    return insert(move)


def end_pauses(dossier: Dossier, at: datetime) -> None:
    """End what still stands still: the dossier ends."""
    for pause in dossier.suspensions.filter(until__isnull=True):
        pause.until = at
        pause.save(update_fields=["until"])


def drop_rows(dossier: Dossier, model: type[Delivery | Result]) -> None:
    """Take the dossier's row of that table away; what stood there is kept elsewhere by the act."""
    for row in model._default_manager.filter(dossier=dossier):
        dossier.note_row(row.row_name, None)
        row.delete()


def unit_of_step(dossier: Dossier, step: Step) -> int:
    """Return the unit that works at the step; the last one is done at the desk that hands the result out.

    Raises RuleBroken for a step of another agency that is not there any more (liên thông).
    """
    if step.at == "unit":
        return outside_unit(dossier, step)
    is_last = step.key == last_step(dossier.definition).key
    desk_id = dossier.delivery_desk_id if is_last else dossier.desk_id
    places = {"desk": desk_id, "handling": dossier.handling_unit_id, "agency": dossier.agency_id}
    return places[step.at]


def outside_unit(dossier: Dossier, step: Step) -> int:
    """Return the unit that the step names by slug or agency code; raises RuleBroken when the province has none now."""
    found = named_unit(step.unit, dossier.agency_id, timezone.localdate())
    if found is None:
        message = f"Bước «{step.name}» ở cơ quan «{step.unit}», nơi không có hoặc không còn hoạt động."
        raise RuleBroken(Problem("unit_unknown", message, "to_step"))
    return found.id


def named_unit(name: str, agency_id: int, on: date) -> UnitInfo | None:
    """Return the unit of the agency's province with that slug or agency code on the day; None when there is none."""
    try:
        found = unit_by_slug(name)
    except NotFound:
        try:
            by_code = agency_by_code(name, on=on)
        except Invalid:
            return None
        if by_code is None:
            return None
        found = by_code
    return found if found.holds_on(on) and found.path[0] == unit_by_id(agency_id).path[0] else None


def due_at_step(dossier: Dossier, step: Step, at: datetime) -> datetime | None:
    """Return until when the step should be done; None when the step has no term of its own."""
    if step.term is None:
        return None
    calendar = calendar_of(unit_of_step(dossier, step), on=at.astimezone(VIET_NAM).date())
    return compute_due(at, Term(step.term.amount, TermUnit(step.term.unit)), calendar).due_at
