"""What units do together with one dossier, as its page tells it: opinions, corrections, parts, boundary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from motcua.agencies.queries import unit
from motcua.dossiers.models import Consultation, Correction, Dossier, Move
from motcua.dossiers.queries.family import parts_below
from motcua.dossiers.rules.boundary import Boundary, boundary_of
from motcua.dossiers.terms import BESIDE, NOT_HANDED_OVER, Act
from motcua.sites.desk.forms.of_corrections import lines_of
from motcua.sites.desk.rows import face_of_row
from motcua.sites.kit.clock import Clock


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to one unit, and what became of it."""

    question: Consultation
    unit: str
    file_url: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A correction that waits for a leader, or how the last one was decided."""

    correction: Correction
    lines: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the dossier with its own clock."""

    dossier: Dossier
    face: Clock
    result: str


def between_of(dossier: Dossier, moves: Sequence[Move], at: datetime) -> dict[str, Any]:
    """Return what the page shows of it; asks the database only for what the timeline says there is."""
    acts = {move.act for move in moves}
    return {
        "asked": asked_of(dossier, at) if Act.CONSULT in acts else [],
        "proposed": _proposed(dossier) if dossier.is_received and Act.CORRECT in acts else None,
        "family": [_part(one, at) for one in parts_below(dossier)] if Act.OPEN_PART in acts else [],
        "boundary": _boundary(dossier, moves),
        "result_desk": unit(dossier.delivery_desk_id).name,
    }


def asked_of(dossier: Dossier, at: datetime) -> list[Asked]:
    """Return every question about the dossier, the oldest first."""
    found = dossier.consultations.select_related("attachment").order_by("number")
    return [
        Asked(
            one,
            unit(one.unit_id).name,
            reverse("desk:file", args=[dossier.code, one.attachment_id]) if one.attachment_id else "",
            is_late=one.answered_at is None and one.answer_due_at is not None and one.answer_due_at < at,
        )
        for one in found
    ]


def _proposed(dossier: Dossier) -> Proposed | None:
    last = dossier.corrections.order_by("-proposed_at").select_related("decided_by").first()
    return Proposed(last, lines_of(last)) if last else None


def _part(part: Dossier, at: datetime) -> Part:
    result = getattr(part, "result", None)
    said = f"{result.name} số {result}" if result is not None and result.number else ""
    return Part(part, face_of_row(part, at), said)


def _boundary(dossier: Dossier, moves: Sequence[Move]) -> Boundary | None:
    if unit(dossier.desk_id).agency_id == dossier.agency_id:
        return None
    touched = [move for move in moves if move.act not in BESIDE]
    given = bool(touched) and touched[-1].act not in NOT_HANDED_OVER
    crossed = given and touched[-1].from_unit_id not in {None, touched[-1].to_unit_id}
    return boundary_of(dossier.status, at_desk=dossier.unit_id == dossier.desk_id, is_untaken=crossed)
