"""The acts of a dossier beside their proofs, for the citizen's and the officer's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from motcua.dossiers.models import Dossier, IssuedPaper
from motcua.dossiers.rules.verifying import paper_line
from motcua.evidence.models import Head
from motcua.evidence.queries.acts import ProvedAct, prove_entries
from motcua.evidence.queries.bundle import proof_json
from motcua.evidence.queries.tree import leaf_of
from motcua.evidence.terms import LeafKind
from motcua.journal.models import Entry
from motcua.journal.queries import entries_about
from motcua.kernel.errors import NotFound, Problem

#: Acts between the applicant and the agency. What else is in the journal is the agency's own work.
OPEN_ACTS: Final[Mapping[str, str]] = {
    "dossier.submitted": "Nộp hồ sơ",
    "dossier.received": "Tiếp nhận hồ sơ",
    "dossier.refused": "Từ chối tiếp nhận hồ sơ",
    "dossier.supplement_requested": "Yêu cầu bổ sung hồ sơ",
    "dossier.supplemented": "Bổ sung hồ sơ",
    "dossier.approved": "Phê duyệt",
    "dossier.rejected": "Không phê duyệt",
    "dossier.result_sealed": "Cấp số, đóng dấu",
    "dossier.result_delivered": "Trả kết quả",
    "dossier.withdrawn": "Rút hồ sơ",
    "dossier.corrected": "Đính chính thông tin",
    "dossier.suspended": "Tạm dừng tính thời hạn",
    "dossier.resumed": "Tiếp tục tính thời hạn",
    "dossier.obligation_requested": "Yêu cầu nghĩa vụ tài chính",
    "dossier.obligation_fulfilled": "Xác nhận nghĩa vụ tài chính",
    "dossier.extended": "Xin lỗi và gia hạn",
    "dossier.apologised": "Xin lỗi vì trễ hạn",
    "dossier.stopped": "Dừng giải quyết",
    "dossier.result_recalled": "Thu hồi kết quả đã trả",
    "dossier.reopened": "Giải quyết lại",
}
_INTERNAL: Final = "Việc trong cơ quan"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One act: what it says, and how it stands in the log."""

    entry: Entry
    words: str
    proved: ProvedAct


def evidence_of(dossier: Dossier) -> tuple[Head | None, list[EvidenceRow]]:
    """Return the newest head, and every act of the dossier in the order of writing."""
    entries = list(entries_about(dossier))
    head, proved = prove_entries([one.pk for one in entries])
    return head, [EvidenceRow(one, OPEN_ACTS.get(one.verb, _INTERNAL), proved[one.pk]) for one in entries]


def paper_standing(code: str, form: str, version: int) -> ProvedAct | None:
    """Return how the issuing of a paper stands in the log, None when its line in the journal does not name it.

    The line names the SHA-256 of the data that the paper is printed from, so the paper itself is proved with it.
    """
    paper = IssuedPaper.objects.filter(dossier__code=code, form=form, version=version).select_related("dossier").first()
    if paper is None:
        return None
    line = paper_line(form, version, paper.data)
    entry = entries_about(paper.dossier).filter(data__papers__contains=[line]).first()
    return prove_entries([entry.pk])[1][entry.pk] if entry else None


def proof_of(dossier: Dossier, entry_id: int, *, is_whole: bool) -> dict[str, Any]:
    """Return the proof of one act of the dossier as JSON values; raises NotFound.

    `is_whole`: with the line itself also for the agency's own work; otherwise that stands there by its hash only.
    """
    entry = entries_about(dossier).filter(pk=entry_id).first()
    leaf = leaf_of(LeafKind.ENTRY, entry_id) if entry else None
    if entry is None or leaf is None:
        raise NotFound(Problem("no_evidence", "Việc này chưa vào sổ bằng chứng; hãy thử lại sau vài phút."))
    found = proof_json(leaf)
    if not is_whole and entry.verb not in OPEN_ACTS:
        found["content"], found["about"] = None, {}
    return found
