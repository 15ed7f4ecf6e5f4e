"""What stands on each paper of a dossier: frozen, JSON both ways, so that an issued paper can be printed again."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Self

from pydantic import AwareDatetime, TypeAdapter


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person or an organisation as printed; every field may be ""."""

    name: str = ""
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs: name and, where known, the post."""

    name: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class ComponentLine:
    """One paper handed in: numbers of originals, copies and pages (0 prints as a dash)."""

    name: str
    originals: int = 0
    copies: int = 0
    note: str = ""
    pages: int = 0


@dataclass(frozen=True, kw_only=True)
class SupplementLine:
    """One thing to add or to correct."""

    name: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """One result handed over."""

    name: str
    symbol: str = ""
    issued_on: date | None = None
    copies: int = 1


@dataclass(frozen=True, kw_only=True)
class PaperData:
    """What all papers share; `issued_at` and `printed_at` are aware moments.

    `parent_name` and `agency_name` are the two lines of the head; `number` is the paper's own number and symbol;
    `print_version` counts the prints, and from the second on `printed_at` and `correction` (for example "bản sửa theo
    quyết định 12/QĐ-UBND") are printed with it. `online` leaves the applicant's signature out. `verify_url`: where
    anybody may see whether the paper was issued.
    """

    dossier_code: str
    parent_name: str
    agency_name: str
    desk_name: str
    place: str
    issued_at: AwareDatetime
    submitter: PersonLine
    owner: PersonLine | None = None
    submitter_role: str = ""
    request: str = ""
    number: str = ""
    tracking_url: str = ""
    desk_phone: str = ""
    desk_address: str = ""
    online: bool = False
    print_version: int = 1
    printed_at: AwareDatetime | None = None
    correction: str = ""
    verify_url: str = ""

    kind: ClassVar[str] = ""

    def to_json(self) -> dict[str, Any]:
        """Return the data as JSON values: moments as ISO 8601 with offset, dates as yyyy-mm-dd."""
        dumped: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return dumped

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Return the data that `to_json` wrote; raises pydantic.ValidationError (a ValueError) on anything else."""
        found: Self = _adapter(cls).validate_python(raw)
        return found

    def reprinted(self, *, version: int, at: AwareDatetime, correction: str = "") -> Self:
        """Return the same paper marked as print number `version`, printed `at`."""
        return replace(self, print_version=version, printed_at=at, correction=correction)


_ADAPTERS: dict[type[PaperData], TypeAdapter[Any]] = {}


def _adapter(kind: type[PaperData]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


@dataclass(frozen=True, kw_only=True)
class ReceiptData(PaperData):
    """Mẫu 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả.

    `due_at` None prints as dots; `due_explained` is the sentence of the deadline calculation, printed below the
    appointment; `book` and `book_number` name the register (sổ theo dõi hồ sơ). `variant`: "certification" counts
    pages and copies to certify, "land" says which waiting is not counted; "" for all others.
    """

    channel: str = ""
    components: tuple[ComponentLine, ...] = ()
    set_count: int = 1
    term_text: str = ""
    received_at: AwareDatetime
    due_at: AwareDatetime | None = None
    due_explained: str = ""
    result_place: str = ""
    fees_text: str = ""
    book: str = ""
    book_number: str = ""
    receiver: Signatory = Signatory()
    variant: str = ""

    kind: ClassVar[str] = "receipt"


@dataclass(frozen=True, kw_only=True)
class SupplementSlipData(PaperData):
    """Mẫu 02, phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything that is missing, in one go."""

    items: tuple[SupplementLine, ...] = ()
    reason: str = ""
    legal_basis: str = ""
    submitted_at: AwareDatetime | None = None
    answer_by: AwareDatetime | date | None = None
    website: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    adviser: Signatory = Signatory()

    kind: ClassVar[str] = "supplement"


@dataclass(frozen=True, kw_only=True)
class RefusalData(PaperData):
    """Mẫu 03, phiếu từ chối tiếp nhận giải quyết hồ sơ: the reason and the article it rests on."""

    reason: str = ""
    legal_basis: str = ""
    submitted_at: AwareDatetime | None = None
    contact_name: str = ""
    contact_phone: str = ""
    refuser: Signatory = Signatory()

    kind: ClassVar[str] = "refusal"


@dataclass(frozen=True, kw_only=True)
class HandoverNoteData(PaperData):
    """Giấy biên nhận trả kết quả: what was handed over, by whom, to whom, when."""

    results: tuple[ResultLine, ...] = ()
    delivered_at: AwareDatetime
    giver: Signatory = Signatory()
    giver_phone: str = ""
    recipient: PersonLine = PersonLine()
    recipient_role: str = ""
    delivery_place: str = ""
    fees_text: str = ""

    kind: ClassVar[str] = "handover"


@dataclass(frozen=True, kw_only=True)
class ApologyData(PaperData):
    """Mẫu 04: the agency says sorry and names a new day. `extends`: the new day is a new due moment.

    `due_before` is the appointment that is not kept, `original_due_at` the first one; `cause` why.
    """

    extends: bool = True
    received_at: AwareDatetime
    domain: str = ""
    original_due_at: AwareDatetime | None = None
    due_before: AwareDatetime | None = None
    cause: str = ""
    promised_at: AwareDatetime
    signer: Signatory = Signatory()

    kind: ClassVar[str] = "apology"


@dataclass(frozen=True, kw_only=True)
class StopData(PaperData):
    """Mẫu 05, thông báo dừng giải quyết hồ sơ: why, at which stage, what becomes of fees and papers."""

    ground: str = ""
    reason: str = ""
    legal_basis: str = ""
    received_at: AwareDatetime | None = None
    submitted_at: AwareDatetime | None = None
    stage: str = ""
    asked_on: date | None = None
    fees: str = ""
    papers: str = ""
    signer: Signatory = Signatory()

    kind: ClassVar[str] = "stop"
