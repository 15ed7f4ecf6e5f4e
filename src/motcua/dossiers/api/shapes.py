"""What goes in: the bodies of the writes, checked for shape here and for law by the acts."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from motcua.dossiers.terms import Channel, Collector, PartyKind, ResultChannel, Source

Text = str


class Strict(Schema):
    """A body that refuses names it does not know, so that a slip of the pen is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class PartyIn(Strict):
    """A person or an organisation."""

    name: str
    kind: PartyKind = PartyKind.PERSON
    personal_id: str = ""
    tax_code: str = ""
    born: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    representative: str = ""


class ComponentIn(Strict):
    """A paper handed in; `files` are the `upload` values that `POST /uploads` answered."""

    key: str
    originals: int = 0
    copies: int = 0
    note: str = ""
    files: list[str] = Field(default_factory=list, max_length=50)


class DossierIn(Strict):
    """A dossier to hand in; with `receive` the desk takes it in at once. `agency`, `desk`: agency code or slug."""

    procedure: str
    agency: str = ""
    desk: str = ""
    case: str = "default"
    channel: Channel = Channel.IN_PERSON
    source: Source = Source.SELF
    owner: PartyIn
    submitter: PartyIn | None = None
    components: list[ComponentIn] = Field(default_factory=list, max_length=200)
    abstract: str = ""
    set_count: int = 1
    result_channel: ResultChannel = ResultChannel.IN_PERSON
    result_place: str = ""
    external_code: str = ""
    proxy_files: list[str] = Field(default_factory=list, max_length=20)
    confirmed_duplicate: bool = False
    receive: bool = False
    at: datetime | None = None


class ActIn(Strict):
    """What every act may carry: when it was done (now by default) and the revision that was read."""

    at: datetime | None = None
    revision: int | None = None


class GroundIn(Strict):
    """One reason: `code` from `GET /dossiers/reasons`, `component` the key of a paper or ""."""

    code: str
    component: str = ""
    note: str = ""
    remedy: str = ""


class RefuseIn(ActIn):
    grounds: list[GroundIn] = Field(default_factory=list, max_length=200)


class RequestSupplementIn(ActIn):
    grounds: list[GroundIn] = Field(default_factory=list, max_length=200)
    answer_until: date | None = None
    exception_reason: str = ""


class SupplementIn(ActIn):
    """`files`: component key ("" for none in particular) → upload values."""

    note: str = ""
    files: dict[str, list[str]] = Field(default_factory=dict, max_length=200)


class AssignIn(ActIn):
    """`to`: user name of the specialist."""

    to: str
    note: str = ""


class ForwardIn(ActIn):
    to_step: str = ""
    note: str = ""


class AppraiseIn(ActIn):
    opinion: str = ""
    text: str = ""
    file: str = ""
    proposal: Literal["approve", "reject"] = "approve"
    to_step: str = ""


class SendBackIn(ActIn):
    reason: str = ""
    to_step: str = ""


class ApproveIn(ActIn):
    """`draft_number`: the version of the draft that was read."""

    draft_number: int
    note: str = ""


class RejectIn(ActIn):
    draft_number: int
    reason: str = ""


class SealIn(ActIn):
    number: str = ""
    symbol: str = ""
    issued_on: date | None = None
    scan: str = ""


class DeliverIn(ActIn):
    collector: Collector = Collector.OWNER
    name: str = ""
    personal_id: str = ""
    phone: str = ""
    proxy_paper: str = ""
    signed_by_hand: bool = False
    note: str = ""


class WithdrawIn(ActIn):
    reason: str = ""


class CorrectIn(ActIn):
    """`changes`: names like "owner.phone" → the right value; dates as dd/mm/yyyy."""

    changes: dict[str, str] = Field(default_factory=dict, max_length=50)
    reason: str = ""
