"""What one person brought in one visit, and whom the next dossier at the counter continues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.terms import Right
from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Dossier, DossierGroup, IssuedPaper
from motcua.dossiers.queries.work import ordered
from motcua.dossiers.terms import Source
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem

_PARTY = ("kind", "name", "personal_id", "tax_code", "phone", "email", "address", "representative")


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit: its dossiers as far as the reader sees them, and the latest receipt for all of them."""

    group: DossierGroup
    dossiers: Sequence[Dossier]
    receipt: IssuedPaper | None


def visit_of(actor: Actor, group_id: int) -> Visited:
    """Return a visit of which the actor sees a dossier (four queries); raises NotFound."""
    found = ordered(visible_to(actor).filter(group_id=group_id)).order_by("received_at", "id")
    dossiers = list(found.select_related("procedure", "owner", "submitter", "unit", "holder"))
    group = DossierGroup.objects.filter(pk=group_id).select_related("submitter", "desk").first()
    if not dossiers or group is None:
        raise NotFound(Problem("no_group", "Không tìm thấy lượt nộp này."))
    papers = IssuedPaper.objects.filter(dossier__group_id=group_id, form="group_receipt").select_related("dossier")
    return Visited(group, dossiers, papers.order_by("-id").first())


def followed(actor: Actor, code: str) -> Dossier | None:
    """Return the dossier whose visit the next one continues: received at a desk of the actor; None for any other."""
    found = visible_to(actor).filter(code=code.strip().upper(), received_at__isnull=False)
    dossier = found.select_related("owner", "submitter", "group").first()
    return dossier if dossier and actor.has(Right.RECEIVE, unit_id=dossier.desk_id) else None


def continued(dossier: Dossier, *, at: datetime) -> dict[str, object]:
    """Return what the next dossier of the same person begins with, by the names of the intake form."""
    people = {"owner": dossier.owner}
    if dossier.submitter_id != dossier.owner_id:
        people["submitter"] = dossier.submitter
    typed: dict[str, object] = {
        f"{prefix}.{name}": getattr(party, name) for prefix, party in people.items() for name in _PARTY
    }
    born = {f"{prefix}.born": party.born for prefix, party in people.items() if party.born and party.born <= at.date()}
    rest = {"channel": dossier.channel, "result_channel": dossier.result_channel, "result_place": dossier.result_place}
    return {**typed, **born, **rest, "source": Source(dossier.source).value, "after": dossier.code}
