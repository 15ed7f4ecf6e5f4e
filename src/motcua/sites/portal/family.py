"""The parts of a dossier as its applicant sees them: stages below the one code they know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier, Move, SupplementRequest
from motcua.dossiers.queries.family import parts_below
from motcua.dossiers.terms import Act, Status
from motcua.sites.kit.clock import Clock
from motcua.sites.kit.face import face_of


@dataclass(frozen=True, slots=True)
class Stage:
    """One part: what is done, where, how it stands; `asks` when the applicant has to add something to it."""

    name: str
    agency: str
    status: int
    face: Clock
    code: str
    asks: bool = False


def stages_of(dossier: Dossier, moves: Sequence[Move], at: datetime) -> list[Stage]:
    """Return the parts of a dossier (two queries when it has any, none when not)."""
    if all(move.act != Act.OPEN_PART for move in moves):
        return []
    return stages(parts_below(dossier), at)


def stages(parts: Sequence[Dossier], at: datetime) -> list[Stage]:
    """Return parts as stages, in the order they were opened."""
    asked = {one.pk for one in parts if one.status == Status.SUPPLEMENT_REQUESTED}
    waiting = SupplementRequest.objects.filter(dossier_id__in=asked, answered_at__isnull=True) if asked else None
    unanswered = set(waiting.values_list("dossier_id", flat=True)) if waiting is not None else set()
    return [
        Stage(
            name=one.procedure.name,
            agency=one.agency.name,
            status=one.status,
            face=face_of(one, at, answered=one.pk not in unanswered),
            code=one.code,
            asks=one.pk in unanswered,
        )
        for one in parts
    ]
