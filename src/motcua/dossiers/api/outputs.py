"""What comes out, as the description of the API shows it."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field


class WarningOut(Schema):
    """Something odd that did not stop the write."""

    code: str
    message: str
    field: str = ""
    basis: str = ""


class DossierBrief(Schema):
    """A dossier after a write. Moments in Vietnam time; `due_explained` says how `due_at` was counted."""

    id: int
    code: str
    status: int = Field(ge=1, le=10)
    status_label: str
    revision: int
    step: str
    unit_id: int
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    due_explained: str
    step_due_at: datetime | None
    answer_due_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    is_negative: bool


class DossierMade(DossierBrief):
    """A dossier just handed in, with what looked odd."""

    warnings: list[WarningOut]


class ProcedureOut(Schema):
    code: str
    name: str


class AgencyOut(Schema):
    slug: str
    name: str
    code: str


class UnitOut(Schema):
    slug: str
    name: str


class DossierLine(DossierBrief):
    """A dossier in a list. `unit`, `holder`: where and with whom it is."""

    procedure: ProcedureOut
    agency: AgencyOut
    unit: UnitOut
    holder: str
    owner: str
    submitter: str
    channel: str


class DossierPage(Schema):
    """Dossiers, newest first; `next_cursor` is "" on the last page."""

    dossiers: list[DossierLine]
    next_cursor: str


class QueuePage(DossierPage):
    """Dossiers that wait for the account, most urgent first; `counts`: box → how many."""

    counts: dict[str, int]


class PartyOut(Schema):
    kind: str
    name: str
    personal_id: str
    tax_code: str
    born: date | None
    phone: str
    email: str
    address: str
    representative: str


class FileOut(Schema):
    """A file; its content: GET /dossiers/{id}/files/{file id}.

    `purpose`: component, supplement, draft, result or proxy.
    """

    id: int
    name: str
    sha256: str
    media_type: str
    size: int
    purpose: str


class ComponentOut(Schema):
    key: str
    name: str
    originals: int
    copies: int
    is_required: bool
    is_present: bool
    note: str
    files: list[FileOut]


class PaperOut(Schema):
    """An issued paper; as PDF: GET /dossiers/{id}/papers/{paper id}."""

    id: int
    form: str
    form_set: str
    title: str
    version: int
    issued_at: datetime
    issued_by: str


class DraftOut(Schema):
    number: int
    is_negative: bool
    opinion: str
    text: str
    author: str
    at: datetime


class ResultOut(Schema):
    name: str
    number: str
    symbol: str
    issued_on: date | None
    is_negative: bool
    reason: str
    signer: str
    signer_title: str
    draft_number: int
    sealed_at: datetime | None


class FormOut(Schema):
    """The e-form: answers as `GET /procedures/{code}/form` describes them, and where each comes from."""

    values: dict[str, Any]
    provenance: dict[str, dict[str, str]]


class DossierWhole(DossierLine):
    """A dossier with everything on it; `acts`: what the account may do now; `forward`, `back`: steps it may go to.

    `people`: whether the parties are shown in full; if not, their numbers are masked and `form` is left out.
    """

    external_code: str
    case: str
    source: str
    abstract: str
    set_count: int
    result_channel: str
    result_place: str
    desk: UnitOut
    step_name: str
    forward: list[str]
    back: list[str]
    original_due_at: datetime | None
    supplement_count: int
    people: bool
    owner_party: PartyOut
    submitter_party: PartyOut
    tracking_url: str
    acts: list[str]
    components: list[ComponentOut]
    other_files: list[FileOut]
    papers: list[PaperOut]
    drafts: list[DraftOut]
    result: ResultOut | None
    form: FormOut | None


class MoveOut(Schema):
    number: int
    act: str
    act_label: str
    at: datetime
    actor: str
    title: str
    status: int
    status_label: str
    from_step: str
    to_step: str
    unit: str
    holder: str
    step_due_at: datetime | None
    note: str


class Timeline(Schema):
    """Every act done to the dossier, oldest first."""

    code: str
    moves: list[MoveOut]


class ReasonOut(Schema):
    """A reason for `grounds`; `remedy` is the advice used when none is written."""

    code: str
    name: str
    remedy: str


class Reasons(Schema):
    reasons: list[ReasonOut]


class LateCauseOut(Schema):
    """A cause of lateness for `cause`."""

    code: str
    name: str


class LateCauses(Schema):
    causes: list[LateCauseOut]


class UploadOut(Schema):
    """A kept file; `upload` stands for it in the act that attaches it, for this account and for seven days."""

    name: str
    size: int
    media_type: str
    sha256: str
    upload: str


class BillLineOut(Schema):
    """One thing to pay; `left` is what of it is still owed, in đồng."""

    number: int
    kind: str
    name: str
    unit_price: int
    quantity: int
    left: int


class BillEntryOut(Schema):
    """One entry of the ledger."""

    id: int
    kind: str
    amount: int
    at: str | None
    reason: str


class BillReceiptOut(Schema):
    """One receipt that was given out."""

    kind: str
    symbol: str
    number: int
    amount: int
    cancelled: bool


class BillOut(Schema):
    """What of a dossier is to pay, was paid, and the receipts; `state` "none" when nothing was ever charged."""

    state: str
    reference: str = ""
    owed: int = 0
    excess: int = 0
    lines: list[BillLineOut] = Field(default_factory=list)
    entries: list[BillEntryOut] = Field(default_factory=list)
    receipts: list[BillReceiptOut] = Field(default_factory=list)
