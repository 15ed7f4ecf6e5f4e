"""Trả về nơi giao: what refusing a hand-over and taking a dossier back have in common."""

from datetime import datetime

from motcua.dossiers.access.handed import last_handover
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.procedures.rules.selection import step_of

__all__ = ["give_back", "last_handover"]


def give_back(dossier: Dossier, given: Move, *, actor: Actor, act: str, at: datetime, note: str) -> None:
    """Put the dossier back where the hand-over `given` took it from: step, unit, holder and step deadline."""
    before = dossier.moves.filter(number__lt=given.number).order_by("-number").first()
    step = step_of(dossier.definition, given.from_step)
    if given.act == Act.TRANSFER and given.from_unit_id is not None:
        dossier.handling_unit_id = given.from_unit_id
    advance(
        dossier,
        actor=actor,
        act=act,
        at=at,
        step=step,
        holder_id=before.to_holder_id if before else None,
        step_due_at=before.step_due_at if before else None,
        note=note,
        also=("handling_unit",),
    )
