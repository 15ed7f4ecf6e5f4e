"""The life of a dossier in the words of the people it belongs to."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.urls import reverse

from motcua.agencies.queries import unit
from motcua.dossiers.models import Attachment, Dossier, IssuedPaper, Move
from motcua.dossiers.papers.forms import FORMS, Form, FormSet
from motcua.dossiers.queries.pages import Parts
from motcua.dossiers.rules.openness import NOTES_FOR_APPLICANT, SILENT_ACTS, result_is_open
from motcua.dossiers.terms import Act, ResultChannel, Status
from motcua.procedures.rules.selection import next_step, step_of
from motcua.sites.kit.thread import Knot, Mark, Paper, kind_of
from motcua.sites.kit.words import local_date, size_text

_TITLES: Final[Mapping[str, str]] = {
    "submit": "Nộp hồ sơ",
    Act.RECEIVE: "Cơ quan tiếp nhận hồ sơ",
    Act.REFUSE: "Cơ quan không tiếp nhận hồ sơ",
    Act.REQUEST_SUPPLEMENT: "Cơ quan yêu cầu bổ sung",
    Act.SUPPLEMENT: "Bổ sung hồ sơ",
    Act.ASSIGN: "Phân công người thụ lý",
    Act.APPRAISE: "Thẩm định xong, trình duyệt",
    Act.SEND_BACK: "Xem xét lại một bước",
    Act.APPROVE: "Phê duyệt kết quả",
    Act.REJECT: "Không chấp thuận, có văn bản trả lời",
    Act.SEAL: "Cấp số, đóng dấu kết quả",
    Act.DELIVER: "Trả kết quả",
    Act.WITHDRAW: "Rút hồ sơ",
    Act.CORRECT: "Đính chính thông tin",
    Act.SUSPEND: "Tạm dừng tính thời hạn",
    Act.RESUME: "Tiếp tục tính thời hạn",
    Act.REQUEST_OBLIGATION: "Cơ quan yêu cầu nộp nghĩa vụ tài chính",
    Act.FULFIL_OBLIGATION: "Cơ quan xác nhận đã nộp",
    Act.EXTEND: "Cơ quan xin lỗi và hẹn lại ngày trả",
    Act.APOLOGISE: "Cơ quan xin lỗi vì trễ hẹn",
    Act.STOP: "Cơ quan dừng giải quyết hồ sơ",
    Act.REFUSE_SUPPLEMENT: "Hết hạn bổ sung, hồ sơ kết thúc",
    Act.RECALL: "Cơ quan thu hồi kết quả đã trả",
    Act.REOPEN: "Cơ quan giải quyết lại hồ sơ",
    Act.DECIDE_CORRECTION: "Quyết định về đính chính thông tin",
    Act.CONSULT: "Lấy ý kiến cơ quan, đơn vị liên quan",
    Act.TRANSFER: "Chuyển đơn vị thụ lý",
    Act.REBASE: "Áp dụng phiên bản mới của thủ tục",
    Act.OPEN_PART: "Chuyển giải quyết liên thông",
    "part_done": "Một phần liên thông đã xong",
}
_MARKS: Final[Mapping[str, Mark]] = {
    Act.REQUEST_SUPPLEMENT: "wait",
    Act.REFUSE: "bad",
    Act.REJECT: "bad",
    Act.WITHDRAW: "bad",
    Act.DELIVER: "good",
    Act.SUSPEND: "wait",
    Act.REQUEST_OBLIGATION: "wait",
    Act.APOLOGISE: "bad",
    Act.STOP: "bad",
    Act.REFUSE_SUPPLEMENT: "bad",
    Act.RECALL: "bad",
    Act.REOPEN: "wait",
}


#: Acts of the head of the agency, wherever the dossier lies meanwhile.
_OF_AGENCY: Final = frozenset({Act.EXTEND, Act.APOLOGISE, Act.STOP, Act.RECALL, Act.REOPEN})
#: Acts that turn about whose turn it is.
_ASKING: Final = frozenset({Act.REQUEST_SUPPLEMENT, Act.SUPPLEMENT})


def story_of(dossier: Dossier, moves: Sequence[Move], *, public: bool) -> list[Knot]:
    """Return what happened, where the dossier is now, what usually follows; `public`: without people and notes."""
    knots = [_past(dossier, move, public=public) for move in moves if _tells(move)]
    if not dossier.is_open:
        return knots
    knots.append(_now(dossier, moves))
    step, known = next_step(dossier.definition, dossier.step_key), {dossier.step_key}
    while step is not None and step.key not in known:
        knots.append(Knot(step.name, "next"))
        known.add(step.key)
        step = next_step(dossier.definition, step.key)
    return knots


def _tells(move: Move) -> bool:
    """Whether a move tells the applicant something: what has no name here and leads nowhere (money) does not."""
    return move.act not in SILENT_ACTS and (move.act in _TITLES or move.from_step != move.to_step)


def _past(dossier: Dossier, move: Move, *, public: bool) -> Knot:
    title = _TITLES.get(move.act) or f"Chuyển sang: {step_of(dossier.definition, move.to_step).name}"
    shows_note = not public and move.act in NOTES_FOR_APPLICANT
    where = unit(dossier.agency_id if move.act in _OF_AGENCY else move.from_unit_id or move.to_unit_id)
    by_applicant = move.act in {"submit", Act.SUPPLEMENT, Act.WITHDRAW} and not move.actor_title
    who = move.actor_name if by_applicant else ", ".join(filter(None, [move.actor_name, where.name]))
    if public:
        who = "" if by_applicant else where.name
    return Knot(title, _MARKS.get(move.act, "done"), at=move.at, who=who, text=move.note if shows_note else "")


def is_answered(dossier: Dossier, moves: Sequence[Move]) -> bool:
    """Whether the applicant sent what was asked for and the office has still to look at it."""
    asked_last = next((move.act for move in reversed(moves) if move.act in _ASKING), "")
    return dossier.status == Status.SUPPLEMENT_REQUESTED and asked_last == Act.SUPPLEMENT


def _now(dossier: Dossier, moves: Sequence[Move]) -> Knot:
    where = unit(dossier.unit_id).name
    if is_answered(dossier, moves):
        return Knot("Đang chờ cơ quan xem giấy tờ bổ sung", "now", who=where)
    if dossier.status == Status.SUPPLEMENT_REQUESTED:
        return Knot("Đang chờ bổ sung", "now", who=where)
    if dossier.status == Status.OBLIGATION_REQUESTED:
        return Knot("Đang chờ nộp nghĩa vụ tài chính", "now", who=where)
    if dossier.status == Status.SUBMITTED:
        return Knot("Đang chờ tiếp nhận", "now", who=where)
    return Knot(f"Đang ở bước: {dossier.step.name}", "now", who=where)


def issued_sheets(dossier: Dossier, papers: Sequence[IssuedPaper]) -> list[Paper]:
    """Return the papers the office made out for the applicant, newest first."""
    sheets = []
    for paper in papers:
        title = FORMS[Form(paper.form), FormSet(paper.form_set)].title
        again = f" (bản {paper.version})" if paper.version > 1 else ""
        url = reverse("portal:paper", args=[dossier.code, paper.pk])
        sheets.append(Paper(f"{title}{again}", url, "PDF", f"lập ngày {local_date(paper.issued_at):%d/%m/%Y}"))
    return sheets


def file_sheet(dossier: Dossier, file: Attachment) -> Paper:
    """Return a file of the dossier as a sheet to open."""
    url = reverse("portal:attachment", args=[dossier.code, file.pk])
    return Paper(file.name, url, kind_of(file.blob.media_type), size_text(file.blob.size))


def result_sheet(dossier: Dossier, parts: Parts) -> Paper | None:
    """Return the sealed result once the applicant may have it: handed over, or asked for as a file."""
    if parts.result is None or parts.result.scan_id is None or not may_have_result(dossier, parts):
        return None
    scan = next((file for file in parts.other_files if file.pk == parts.result.scan_id), None)
    return file_sheet(dossier, scan) if scan is not None else None


def may_have_result(dossier: Dossier, parts: Parts) -> bool:
    """Whether the file of the result is the applicant's to read."""
    return parts.result is not None and result_is_open(
        is_sealed=parts.result.sealed_at is not None,
        is_delivered=dossier.status == Status.DELIVERED,
        wants_file=dossier.result_channel == ResultChannel.ONLINE,
    )
