"""Facts of the journal in Vietnamese words."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from motcua.dossiers.rules.causes import LATE_CAUSES
from motcua.dossiers.rules.corrections import label_of
from motcua.dossiers.rules.reasons import REASONS
from motcua.dossiers.terms import DIGITISE, Act, Channel, Collector, StopGround, SuspensionKind
from motcua.files.terms import Fault
from motcua.identity.rules.factors import FactorGroup
from motcua.journal.models import Entry

#: Verb of the journal → act of the timeline.
ACTS: Final[Mapping[str, str]] = {
    "dossier.submitted": "submit",
    "dossier.received": Act.RECEIVE,
    "dossier.refused": Act.REFUSE,
    "dossier.supplement_requested": Act.REQUEST_SUPPLEMENT,
    "dossier.supplemented": Act.SUPPLEMENT,
    "dossier.assigned": Act.ASSIGN,
    "dossier.forwarded": Act.FORWARD,
    "dossier.appraised": Act.APPRAISE,
    "dossier.sent_back": Act.SEND_BACK,
    "dossier.approved": Act.APPROVE,
    "dossier.rejected": Act.REJECT,
    "dossier.result_sealed": Act.SEAL,
    "dossier.result_delivered": Act.DELIVER,
    "dossier.withdrawn": Act.WITHDRAW,
    "dossier.corrected": Act.CORRECT,
    "dossier.handed_over": "hand_over",
    "dossier.correction_proposed": Act.CORRECT,
    "dossier.correction_decided": Act.DECIDE_CORRECTION,
    "dossier.opinion_asked": Act.CONSULT,
    "dossier.opinion_given": Act.ANSWER_CONSULT,
    "dossier.opinion_cancelled": Act.CANCEL_CONSULT,
    "dossier.taken_over": Act.TAKE_OVER,
    "dossier.hand_over_refused": "refuse_hand_over",
    "dossier.taken_back": Act.TAKE_BACK,
    "dossier.transferred": Act.TRANSFER,
    "dossier.rebased": Act.REBASE,
    "dossier.part_opened": Act.OPEN_PART,
    "dossier.part_finished": "part_done",
    "dossier.part_handed_in": "hand_to_parent",
    "dossier.papers_checked": Act.CHECK_PAPERS,
    "dossier.papers_digitised": DIGITISE,
    "dossier.shelved": Act.SHELVE,
    "dossier.moved_to_successor": "hand_over",
    "dossier.due_recomputed": "recompute",
    "dossier.suspended": Act.SUSPEND,
    "dossier.resumed": Act.RESUME,
    "dossier.obligation_requested": Act.REQUEST_OBLIGATION,
    "dossier.obligation_fulfilled": Act.FULFIL_OBLIGATION,
    "dossier.apology_drafted": Act.DRAFT_APOLOGY,
    "dossier.apology_dropped": "drop_apology",
    "dossier.extended": Act.EXTEND,
    "dossier.apologised": Act.APOLOGISE,
    "dossier.stopped": Act.STOP,
    "dossier.result_recalled": Act.RECALL,
    "dossier.reopened": Act.REOPEN,
}

_LABELS: Final[Mapping[str, str]] = {
    "reason": "Lý do",
    "exception_reason": "Lý do yêu cầu thêm lần nữa",
    "purpose": "Mục đích",
    "note": "Nội dung",
    "due_at": "Hẹn trả",
    "channel": "Kênh nộp",
    "number": "Số, lần",
    "draft": "Dự thảo số",
    "is_negative": "Đề nghị, kết quả từ chối",
    "collector": "Người nhận là",
    "name": "Tên",
    "title": "Vị trí",
    "on": "Từ ngày",
    "valid_from": "Hiệu lực từ",
    "valid_to": "Đến trước ngày",
    "retired_on": "Hết hiệu lực từ",
    "agency": "Cơ quan",
    "handling_unit": "Đơn vị thụ lý",
    "date": "Ngày",
    "decision_no": "Số văn bản",
    "value": "Giá trị",
    "files": "Tệp",
    "grounds": "Nội dung yêu cầu",
    "fields": "Thông tin đã sửa",
    "username": "Tên đăng nhập",
    "way": "Cách đăng nhập",
    "kind": "Hình thức",
    "giver": "Người giao",
    "receiver": "Người nhận",
    "rights": "Quyền",
    "until": "Đến",
    "most_a_day": "Mỗi ngày",
    "most_open": "Đang giải quyết",
    "agency_code": "Mã định danh",
    "since": "Hoạt động từ",
    "units": "Nơi được hỏi",
    "unit": "Đơn vị",
    "to": "Chuyển đến",
    "part": "Hồ sơ thành phần",
    "shelf": "Nơi để hồ sơ",
    "approved": "Đồng ý",
    "proposed_by": "Người đề nghị",
    "basis": "Căn cứ pháp lý",
    "amount": "Số tiền",
    "notice": "Số thông báo",
    "proof": "Số chứng từ",
    "cause": "Nguyên nhân",
    "promised_at": "Hứa trả",
    "before": "Hẹn trả trước đó",
    "ground": "Dừng vì",
    "fees": "Phí, lệ phí",
    "papers": "Giấy tờ trả lại",
    "successor": "Hồ sơ nối tiếp",
    "stops_clock": "Dừng tính thời hạn",
    "most_days": "Tối đa số ngày",
    "groups": "Bắt buộc với",
    "grace_days": "Số ngày chuẩn bị",
    "entries": "Số dòng",
    "problems": "Số chỗ sai khác",
    "procedure": "Thủ tục",
    "fault": "Lỗi",
    "detail": "Tên mã độc",
    "size": "Số byte",
    "references": "Số nơi giữ đã đếm",
    "owners": "Số nơi giữ thật",
}
#: Facts that tell nothing of the applicant, shown in lists.
_LISTED: Final = frozenset(
    {"reason", "exception_reason", "purpose", "number", "title", "on", "agency", "handling_unit", "date", "value"}
)
_LONGEST: Final = 160
#: Facts kept as codes → what each code says.
_CODED: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {kind.value: kind.label for kind in SuspensionKind},
    "ground": {ground.value: ground.label for ground in StopGround},
    "cause": LATE_CAUSES,
    "groups": {group.value: group.label for group in FactorGroup},
    "fault": {fault.value: fault.label for fault in Fault},
}
#: Verbs that name facts of a dossier which were, or should be, put right.
CORRECTIONS: Final = frozenset({"dossier.corrected", "dossier.correction_proposed", "dossier.correction_decided"})


def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """Return everything an entry says, in words."""
    labels = {**_LABELS, "name": "Họ tên người nhận"} if entry.verb == "dossier.result_delivered" else _LABELS
    return [(labels[key], value) for key, value in _facts(entry) if key in labels and value]


def summary_of(entry: Entry) -> str:
    """Return in one line what an entry says, nothing about the applicant."""
    told = [f"{_LABELS[key]}: {value}" for key, value in _facts(entry) if key in _LISTED and value]
    if entry.verb in CORRECTIONS:
        told.append("Đã sửa: " + ", ".join(correction_labels(entry)))
    if entry.verb in {"unit.renamed", "unit.code_assigned"}:
        told.append(f"{entry.data.get('from', '')} → {entry.data.get('to', '')}")
    text = ". ".join(told)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def correction_labels(entry: Entry) -> list[str]:
    """Return which facts of a dossier were corrected."""
    changes = entry.data.get("changes")
    return [label_of(name) for name in changes] if isinstance(changes, dict) else []


def corrections_of(entry: Entry) -> list[tuple[str, str, str]]:
    """Return what was corrected: label, before, after."""
    changes = entry.data.get("changes")
    if not isinstance(changes, dict):
        return []
    return [(label_of(name), str(before), str(after)) for name, (before, after) in changes.items()]


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    for key, value in entry.data.items():
        yield key, _words(key, value)


def _words(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else ""
    if isinstance(value, list):
        return "; ".join(_CODED.get(key, {}).get(str(one)) or _item(one) for one in value)
    if key == "channel" and value in Channel.values:
        return str(Channel(value).label)
    if key == "collector" and value in Collector.values:
        return str(Collector(value).label)
    if key in _CODED and value in _CODED[key]:
        return _CODED[key][value]
    return _moment(str(value)) if value not in (None, "") else ""


def _item(value: Any) -> str:
    if isinstance(value, dict):
        what = REASONS.get(str(value.get("code", "")), ("", ""))[0]
        return ". ".join(filter(None, [what, str(value.get("note", "")), str(value.get("remedy", ""))]))
    return str(value)


def _moment(text: str) -> str:
    """Return a moment or a day as it is written in Vietnam; other texts as they are."""
    if len(text) == len("2026-02-24") and text[4:5] == text[7:8] == "-":
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    found = parse_datetime(text) if "T" in text and text[:4].isdecimal() else None
    return f"{timezone.localtime(found):%H:%M %d/%m/%Y}" if found else text
