"""What becomes of open dossiers when an officer leaves a post or a unit ends: handlers of events of rooms below."""

from datetime import datetime

from django.utils import timezone

from motcua.agencies.events import UnitClosed
from motcua.agencies.terms import Right
from motcua.dossiers.actions.follow_successor import follow_successor
from motcua.dossiers.actions.hand_over_work import hand_over_work
from motcua.identity.events import OfficerDeactivated, PostEnded
from motcua.identity.queries import holders_of
from motcua.identity.terms import SYSTEM


def on_post_ended(event: PostEnded, at: datetime) -> None:
    """The open dossiers that the officer held in the unit go to the successor, or back to the unit."""
    heirs = {account.pk for account in holders_of(Right.HANDLE, event.unit_id, on=at)}
    heir = event.successor_id if event.successor_id in heirs else None
    hand_over_work(
        actor=SYSTEM, from_account_id=event.account_id, to_account_id=heir, unit_ids=frozenset({event.unit_id}), at=at
    )


def on_officer_deactivated(event: OfficerDeactivated, at: datetime) -> None:
    """Whatever a deactivated officer still held anywhere goes back to the units."""
    hand_over_work(actor=SYSTEM, from_account_id=event.account_id, to_account_id=None, unit_ids=None, at=at)


def on_unit_closed(event: UnitClosed, at: datetime) -> None:
    """Open dossiers of the unit go to its successor, on the day it ends at the earliest (else by the nightly job)."""
    if event.successor_id is not None and event.on <= timezone.localdate(at):
        follow_successor(unit_id=event.unit_id, successor_id=event.successor_id, at=at)
