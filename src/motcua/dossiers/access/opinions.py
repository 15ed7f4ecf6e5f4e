"""Whose it is to answer which question about a dossier."""

from django.db.models import QuerySet

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.models import Consultation, Dossier
from motcua.identity.terms import Actor

_ANSWERING = (Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY)


def open_questions(dossier: Dossier) -> QuerySet[Consultation]:
    """Return the questions that wait for an answer, the oldest first."""
    waiting = dossier.consultations.filter(answered_at__isnull=True, cancelled_at__isnull=True)
    return waiting.order_by("number")


def questions_for(actor: Actor, dossier: Dossier) -> list[Consultation]:
    """Return the open questions that the actor may answer, the oldest first."""
    return [one for one in open_questions(dossier) if may_answer_for(actor, one.unit_id)]


def may_answer_for(actor: Actor, unit_id: int) -> bool:
    """Return whether the actor speaks for the unit: works on dossiers or leads there, or leads its agency."""
    if any(actor.has(right, unit_id=unit_id) for right in _ANSWERING):
        return True
    return actor.has(Right.LEAD_AGENCY, agency_id=unit_by_id(unit_id).agency_id)
