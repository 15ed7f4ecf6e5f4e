"""In which capacity somebody acts: by their own rights, or by a delegation that is in force at this very moment."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access.rights import capacities_at, may_at, place_now
from motcua.dossiers.access.sight import visible_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.queries import Ended, end_of_mandate, ended_mandates
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotPermitted, Problem

#: Somebody whose delegation ended longer ago than this is told nothing of it.
_REMEMBERED = timedelta(days=30)


def capacities_open_to(actor: Actor, dossier: Dossier, act: Act, at: datetime) -> list[Actor]:
    """Return the actor once for each capacity in which they may do the act, the one they act in by default first."""
    return capacities_at(actor.at(at), dossier, act, place_now(dossier))


def settle_capacity(actor: Actor, dossier: Dossier, act: Act, at: datetime) -> bool:
    """Say on the locked dossier in which capacity the actor does the act; False when they may not do it at all.

    Raises NotPermitted when the delegation ended while the actor was at it.
    """
    able = capacities_open_to(actor, dossier, act, at)
    if not able:
        return False
    mandate = able[0].mandate
    if mandate is not None:
        if (ended := end_of_mandate(mandate, at=at)) is not None:
            raise NotPermitted(_ended(ended))
        dossier.__dict__["acting"] = able[0]
    return True


def refused_as_ended(actor: Actor, dossier_id: int, act: Act, at: datetime) -> NotPermitted | None:
    """Return what to tell somebody who could have done the act by a delegation that is over; None for all others."""
    for before, ended in _before(actor, at):
        dossier = visible_to(before).filter(pk=dossier_id).select_related("procedure", "owner", "submitter")
        found = dossier.first()
        if found is not None and may_at(before, found, act, place_now(found)):
            return NotPermitted(_ended(ended))
    return None


def _before(actor: Actor, at: datetime) -> Iterator[tuple[Actor, Ended]]:
    if actor.kind == "officer" and actor.account_id is not None:
        yield from ended_mandates(actor, at=at, since=at - _REMEMBERED)


def _ended(ended: Ended) -> Problem:
    when = ended.at.astimezone(VIET_NAM)
    how = "đã bị chấm dứt" if ended.was_revoked else "đã hết hiệu lực"
    basis = f" (văn bản {ended.mandate.basis})" if ended.mandate.basis else ""
    message = f"Bạn {ended.mandate.words}{basis}; việc giao quyền này {how} lúc {when:%H:%M ngày %d/%m/%Y}."
    return Problem("delegation_ended", message)
