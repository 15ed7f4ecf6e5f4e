"""What goes in: the bodies of the writes, checked for shape here and for law by the acts."""

from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from motcua.dossiers.api.kinds import Answers, Count, Day, Line, Long, Moment, Number, StrictBool, Upload, Uploads
from motcua.dossiers.terms import Channel, Collector, PartyKind, ResultChannel, Seen, Source


class Strict(Schema):
    """A body that refuses names it does not know, so that a slip of the pen is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class PartyIn(Strict):
    """A person or an organisation."""

    name: Line
    kind: PartyKind = PartyKind.PERSON
    personal_id: Line = ""
    tax_code: Line = ""
    born: Day | None = None
    phone: Line = ""
    email: Line = ""
    address: Line = ""
    representative: Line = ""


class ComponentIn(Strict):
    """A paper handed in; `files` are the `upload` values that `POST /uploads` answered."""

    key: Line
    originals: Count = 0
    copies: Count = 0
    note: Long = ""
    files: Uploads = Field(default_factory=list)
    seen: Seen = Seen.UNSEEN
    pages: Count = 0


class DossierIn(Strict):
    """A dossier to hand in; with `receive` the desk takes it in at once. `agency`, `desk`: agency code or slug.

    `form`: the answers of the e-form, as `GET /procedures/{code}/form` describes them.
    """

    procedure: Line
    agency: Line = ""
    desk: Line = ""
    case: Line = "default"
    channel: Channel = Channel.IN_PERSON
    source: Source = Source.SELF
    owner: PartyIn
    submitter: PartyIn | None = None
    components: list[ComponentIn] = Field(default_factory=list, max_length=200)
    abstract: Long = ""
    set_count: Count = 1
    result_channel: ResultChannel = ResultChannel.IN_PERSON
    result_place: Line = ""
    result_desk: Line = ""
    external_code: Line = ""
    proxy_files: Uploads = Field(default_factory=list)
    form: Answers = Field(default_factory=dict)
    confirmed_duplicate: StrictBool = False
    receive: StrictBool = False
    at: Moment | None = None


class ActIn(Strict):
    """What every act may carry: when it was done (now by default) and the revision that was read."""

    at: Moment | None = None
    revision: Number | None = None


class GroundIn(Strict):
    """One reason: `code` from `GET /dossiers/reasons`, `component` the key of a paper or ""."""

    code: Line
    component: Line = ""
    note: Long = ""
    remedy: Long = ""


class RefuseIn(ActIn):
    grounds: list[GroundIn] = Field(default_factory=list, max_length=200)


class RequestSupplementIn(ActIn):
    grounds: list[GroundIn] = Field(default_factory=list, max_length=200)
    answer_until: Day | None = None
    exception_reason: Long = ""
    fields: list[Line] = Field(default_factory=list, max_length=500)


class SupplementIn(ActIn):
    """`files`: component key ("" for none in particular) → upload values; `form`: what was to be answered anew."""

    note: Long = ""
    form: Answers = Field(default_factory=dict)
    files: dict[Line, Uploads] = Field(default_factory=dict, max_length=200)


class AssignIn(ActIn):
    """`to`: user name of the specialist."""

    to: Line
    note: Long = ""


class ForwardIn(ActIn):
    to_step: Line = ""
    note: Long = ""


class AppraiseIn(ActIn):
    opinion: Long = ""
    text: Long = ""
    file: Upload = ""
    proposal: Literal["approve", "reject"] = "approve"
    to_step: Line = ""


class SendBackIn(ActIn):
    reason: Long = ""
    to_step: Line = ""


class ApproveIn(ActIn):
    """`draft_number`: the version of the draft that was read."""

    draft_number: Number
    note: Long = ""


class RejectIn(ActIn):
    draft_number: Number
    reason: Long = ""


class SealIn(ActIn):
    number: Line = ""
    symbol: Line = ""
    issued_on: Day | None = None
    scan: Upload = ""


class DeliverIn(ActIn):
    collector: Collector = Collector.OWNER
    name: Line = ""
    personal_id: Line = ""
    phone: Line = ""
    proxy_paper: Line = ""
    signed_by_hand: StrictBool = False
    note: Long = ""


class WithdrawIn(ActIn):
    reason: Long = ""


class CorrectIn(ActIn):
    """`changes`: names like "owner.phone" → the right value; dates as dd/mm/yyyy. `form`: answers put right."""

    changes: dict[Line, Line] = Field(default_factory=dict, max_length=50)
    form: Answers = Field(default_factory=dict)
    reason: Long = ""
