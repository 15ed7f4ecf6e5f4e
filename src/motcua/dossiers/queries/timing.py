"""What happened to the time of a dossier: pauses, money asked for, apologies, what it continues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Apology, Dossier, Move, Obligation, Suspension
from motcua.dossiers.terms import ENDED, Act, Status

_PAUSING = frozenset({Act.REQUEST_SUPPLEMENT, Act.SUSPEND, Act.REQUEST_OBLIGATION, "process_suspend"})
_OUTCOMES = frozenset({Act.APPROVE, Act.REJECT, Act.DELIVER, Act.RECALL, Act.REOPEN})
_EXCUSING = frozenset({Act.EXTEND, Act.APOLOGISE})


@dataclass(frozen=True, slots=True)
class Timing:
    """Pauses, notices to pay and signed apologies, oldest first; the dossiers before and after this one."""

    suspensions: Sequence[Suspension] = ()
    obligations: Sequence[Obligation] = ()
    apologies: Sequence[Apology] = ()
    predecessor: Dossier | None = None
    successors: Sequence[Dossier] = ()
    last_outcome: str = ""

    def pause(self, at: datetime) -> Suspension | None:
        """Return the pause in which the clock stands still at `at`; one that lasted too long does not stop it."""
        return pause_at(self.suspensions, at)

    @property
    def owed(self) -> Obligation | None:
        """What the applicant has still to pay."""
        return next((one for one in self.obligations if one.fulfilled_at is None), None)

    @property
    def is_recalled(self) -> bool:
        """Whether the result was taken back and neither solved anew nor handed over again."""
        return self.last_outcome == Act.RECALL

    @property
    def promised_at(self) -> datetime | None:
        """The day named by the last apology that moved nothing, when nothing was moved after it."""
        last = self.apologies[-1] if self.apologies else None
        return last.promised_at if last and not last.extends else None


def timing_of(dossier: Dossier, moves: Sequence[Move]) -> Timing:
    """Return what happened to the time of the dossier; queries only for what its moves tell of."""
    acts = {move.act for move in moves}
    suspensions = list(dossier.suspensions.order_by("since")) if acts & _PAUSING else []
    obligations = list(dossier.obligations.order_by("number")) if Act.REQUEST_OBLIGATION in acts else []
    signed = dossier.apologies.filter(signed_at__isnull=False).order_by("number") if acts & _EXCUSING else ()
    without_result = dossier.status in ENDED and dossier.status != Status.DELIVERED
    return Timing(
        suspensions=suspensions,
        obligations=obligations if dossier.is_open else [one for one in obligations if one.fulfilled_at],
        apologies=list(signed),
        predecessor=dossier.predecessor,
        last_outcome=next((move.act for move in reversed(moves) if move.act in _OUTCOMES), ""),
        successors=list(dossier.successors.order_by("id")) if without_result else [],
    )


def pause_at(suspensions: Sequence[Suspension], at: datetime) -> Suspension | None:
    """Return the open pause among these that stops the clock at `at`."""
    found = next((one for one in suspensions if one.until is None), None)
    if found is None or (found.at_most_until is not None and found.at_most_until < at):
        return None
    return found
