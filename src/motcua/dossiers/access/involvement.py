"""How near an officer is to a dossier, and what of its people they therefore see."""

from enum import Enum, auto

from motcua.agencies.terms import Right
from motcua.dossiers.models import Consultation, Dossier
from motcua.identity.terms import Actor

_WORKING = frozenset({Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL})


class Involvement(Enum):
    """From near to far."""

    OWN = auto()  # the citizen whose dossier it is
    WORKS = auto()  # takes it in, works on it, leads or seals for the agency: sees the people in full
    COLLEAGUE = auto()  # of the same agency: sees the people masked, in full when they say what for
    OVERSEES = auto()  # only oversees: says what for first


def involvement_of(actor: Actor, dossier: Dossier) -> Involvement:
    """Return how near the actor, who may see the dossier, is to it; at most two queries, usually none."""
    if actor.kind == "citizen":
        return Involvement.OWN
    if actor.is_system or _works(actor, dossier) or _is_asked(actor, dossier):
        return Involvement.WORKS
    agencies = {dossier.agency_id, dossier.desk.agency_id}
    is_colleague = any(post.agency_id in agencies and post.rights & _WORKING for post in actor.postings)
    return Involvement.COLLEAGUE if is_colleague else Involvement.OVERSEES


def _works(actor: Actor, dossier: Dossier) -> bool:
    if dossier.holder_id is not None and dossier.holder_id == actor.account_id:
        return True
    units = {dossier.desk_id, dossier.unit_id, dossier.handling_unit_id, dossier.delivery_desk_id}
    if any(post.unit_id in units and post.rights & _WORKING for post in actor.postings):
        return True
    agencies = {dossier.agency_id, dossier.desk.agency_id}
    of_agency = {Right.LEAD_AGENCY, Right.SEAL}
    return any(post.agency_id in agencies and post.rights & of_agency for post in actor.postings)


def _is_asked(actor: Actor, dossier: Dossier) -> bool:
    """Whether a unit of the actor was asked for an opinion, or works on a part or the parent (liên thông)."""
    units = {post.unit_id for post in actor.postings if post.rights & _WORKING}
    if not units:
        return False
    if Consultation.objects.filter(dossier=dossier, unit_id__in=units, cancelled_at__isnull=True).exists():
        return True
    family = Dossier.objects.filter(parent=dossier) | Dossier.objects.filter(pk=dossier.parent_id or 0)
    return (family.filter(handling_unit_id__in=units) | family.filter(unit_id__in=units)).exists()
