"""The bodies of the acts between units."""

from pydantic import Field

from motcua.dossiers.api.kinds import Count, Line, Long, Moment, Number, StrictBool, Upload
from motcua.dossiers.api.shapes import ActIn, Strict
from motcua.dossiers.terms import Opinion, Seen


class QuestionIn(Strict):
    """What one unit is asked; `unit`: agency code or slug."""

    unit: Line
    text: Long = ""
    answer_due_at: Moment | None = None


class ConsultIn(ActIn):
    questions: list[QuestionIn] = Field(default_factory=list, max_length=50)


class AnswerConsultIn(ActIn):
    """`number`: which question; the oldest open one of the account's units when left out."""

    opinion: Opinion
    answer: Long = ""
    file: Upload = ""
    number: Number | None = None


class CancelConsultIn(ActIn):
    number: Number | None = None
    reason: Long = ""


class TakeOverIn(ActIn):
    note: Long = ""


class ReasonIn(ActIn):
    reason: Long = ""


class TransferIn(ActIn):
    """`to`: slug of the division."""

    to: Line
    reason: Long = ""


class RebaseIn(ActIn):
    """`to_step`: where the dossier goes on when its step is no more in the newer version."""

    to_step: Line = ""
    reason: Long = ""


class OpenPartIn(ActIn):
    """`procedure`: its code; `agency`: agency code or slug, "" for the usual one; `case`: "" for the usual one."""

    procedure: Line
    agency: Line = ""
    case: Line = ""


class CheckIn(Strict):
    seen: Seen = Seen.UNSEEN
    pages: Count = 0


class CheckPapersIn(ActIn):
    """`checks`: key of a paper → what was seen of it."""

    checks: dict[Line, CheckIn] = Field(default_factory=dict, max_length=200)


class ShelveIn(ActIn):
    shelf: Line = ""


class DecideCorrectionIn(ActIn):
    approve: StrictBool
    note: Long = ""
