"""The bodies of the acts of the clock, of endings and of new beginnings."""

from motcua.dossiers.api.kinds import Day, Line, Long, Moment, Money, StrictBool, Upload
from motcua.dossiers.api.shapes import ActIn
from motcua.dossiers.terms import StopGround, SuspensionKind


class SuspendIn(ActIn):
    kind: SuspensionKind
    reason: Long = ""
    basis: Long = ""


class ResumeIn(ActIn):
    note: Long = ""


class RequestObligationIn(ActIn):
    """A notice to pay: `amount` in đồng, `on` its day."""

    title: Line = ""
    amount: Money = 0
    number: Line = ""
    on: Day | None = None
    pay_until: Day | None = None
    pay_at: Line = ""
    file: Upload = ""


class FulfilObligationIn(ActIn):
    """Proof of payment: `number` and `on` of the voucher, `amount` in đồng."""

    number: Line = ""
    on: Day | None = None
    amount: Money = 0
    note: Long = ""
    file: Upload = ""


class ExcuseIn(ActIn):
    """Why it is late: `cause` from `GET /dossiers/late-causes`; until when it is promised."""

    cause: Line = ""
    reason: Long = ""
    promised_at: Moment


class DraftApologyIn(ActIn):
    """`promised_at` empty: three days after the appointment; `drop`: throw the draft away."""

    cause: Line = ""
    reason: Long = ""
    promised_at: Moment | None = None
    drop: StrictBool = False


class StopIn(ActIn):
    ground: StopGround
    reason: Long = ""
    basis: Line = ""
    asked_on: Day | None = None
    fees: Line = ""
    papers: Line = ""


class RefuseSupplementIn(ActIn):
    reason: Long = ""
    fees: Line = ""
    papers: Line = ""


class RecallIn(ActIn):
    decision_number: Line = ""
    decided_on: Day | None = None
    reason: Long = ""


class ReopenIn(RecallIn):
    to_step: Line = ""
    due_at: Moment


class RenewIn(ActIn):
    confirmed_duplicate: StrictBool = False
