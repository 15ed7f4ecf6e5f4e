"""What stands on the papers of how a dossier went through the house, and of several dossiers brought at once."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import AwareDatetime

from motcua.dossiers.papers.data import ComponentLine, PaperData, Signatory

_NOBODY = Signatory()


@dataclass(frozen=True, kw_only=True)
class HandoverLine:
    """One "1. Giao … 2. Nhận …" pair; `taken_at` None: not taken over yet. `result`: in words, "" prints as a dash."""

    from_unit: str
    to_unit: str
    given_at: AwareDatetime | None = None
    given_by: str = ""
    taken_at: AwareDatetime | None = None
    taken_by: str = ""
    result: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlSheetData(PaperData):
    """Mẫu 06 (Thông tư 01/2018: Mẫu 05), phiếu kiểm soát quá trình giải quyết hồ sơ: every hand-over until `issued_at`.

    `handling_name`: who solves it. The last pair of an open dossier is left to be filled in by hand.
    """

    handling_name: str = ""
    components: tuple[ComponentLine, ...] = ()
    set_count: int = 1
    term_text: str = ""
    received_at: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    handovers: tuple[HandoverLine, ...] = ()

    kind: ClassVar[str] = "control"


@dataclass(frozen=True, kw_only=True)
class ActLine:
    """One act of the timeline. `to`: who has the dossier after it; `due_at`: until when the step should be done."""

    at: AwareDatetime
    by: str
    act: str
    to: str = ""
    due_at: AwareDatetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ProcessLogData(PaperData):
    """Quá trình xử lý: a working form with every act until `issued_at`."""

    status: str = ""
    received_at: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    acts: tuple[ActLine, ...] = ()

    kind: ClassVar[str] = "process"


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """One dossier of a group: `papers` is how many papers came with it, in words."""

    code: str
    request: str
    owner: str = ""
    papers: str = ""
    received_at: AwareDatetime
    due_at: AwareDatetime | None = None
    fees_text: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupReceiptData(PaperData):
    """Mẫu 01 for several dossiers that one person brought at once: one paper lists all of them."""

    dossiers: tuple[GroupLine, ...] = ()
    result_place: str = ""
    receiver: Signatory = _NOBODY

    kind: ClassVar[str] = "group_receipt"
