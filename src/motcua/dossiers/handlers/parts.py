"""What follows for the dossiers of a family: a part that is finished, a parent that was taken back."""

from datetime import datetime

from motcua.dossiers import events
from motcua.dossiers.actions.hand_to_parent import hand_to_parent
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Status
from motcua.identity.terms import SYSTEM

_WITHDRAWN_FROM = (
    Status.RECEIVED,
    Status.PROCESSING,
    Status.SUPPLEMENT_REQUESTED,
    Status.OBLIGATION_REQUESTED,
)


def on_result_ready(event: events.DossierEvent, at: datetime) -> None:
    """A result was decided or sealed: that of a part goes to its parent as soon as nothing is left to do with it."""
    hand_to_parent(part_id=event.dossier_id, at=at)


def on_parent_ended(event: events.DossierEvent, at: datetime) -> None:
    """The parent was withdrawn or stopped: nobody works on its parts any more."""
    open_parts = Dossier.objects.filter(parent_id=event.dossier_id, status__in=_WITHDRAWN_FROM)
    for pk, last_act_at in open_parts.order_by("id").values_list("pk", "last_act_at"):
        reason = f"Hồ sơ chính {event.code} đã kết thúc trước khi có kết quả."
        withdraw_dossier(actor=SYSTEM, dossier_id=pk, at=max(at, last_act_at), reason=reason)
