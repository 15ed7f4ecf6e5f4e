"""Verbs and facts of the journal in Vietnamese words."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from motcua.dossiers.rules.causes import LATE_CAUSES
from motcua.dossiers.rules.corrections import label_of
from motcua.dossiers.rules.reasons import REASONS
from motcua.dossiers.terms import Act, Channel, Collector, StopGround, SuspensionKind
from motcua.files.terms import Fault
from motcua.identity.rules.factors import FactorGroup
from motcua.journal.models import Entry
from motcua.postal.terms import ACT_WORDS as POSTAL_WORDS

#: Verb of the journal → what it says.
VERBS: Final[Mapping[str, str]] = {
    "dossier.submitted": "Nộp hồ sơ",
    "dossier.received": "Tiếp nhận hồ sơ",
    "dossier.refused": "Từ chối tiếp nhận hồ sơ",
    "dossier.supplement_requested": "Yêu cầu bổ sung hồ sơ",
    "dossier.supplemented": "Bổ sung hồ sơ",
    "dossier.assigned": "Phân công",
    "dossier.forwarded": "Chuyển bước",
    "dossier.appraised": "Thẩm định, trình kết quả",
    "dossier.sent_back": "Trả lại bước trước",
    "dossier.approved": "Phê duyệt",
    "dossier.rejected": "Không phê duyệt",
    "dossier.result_sealed": "Cấp số, đóng dấu",
    "dossier.result_delivered": "Trả kết quả",
    "dossier.withdrawn": "Rút hồ sơ",
    "dossier.corrected": "Đính chính thông tin",
    "dossier.charge_added": "Thêm khoản thu",
    "dossier.payment_requested": "Yêu cầu nộp phí, lệ phí",
    "dossier.payment_collected": "Thu phí, lệ phí",
    "dossier.charge_waived": "Miễn, giảm phí, lệ phí",
    "dossier.charge_refunded": "Hoàn phí, lệ phí",
    "dossier.payment_corrected": "Sửa khoản thu ghi sai",
    "payment.charged": "Lập khoản phải nộp",
    "payment.requested": "Yêu cầu nộp",
    "payment.taken": "Thu tiền tại quầy",
    "payment.booked": "Ghi nhận tiền đã vào tài khoản",
    "payment.waived": "Miễn, giảm khoản thu",
    "payment.cancelled": "Hủy khoản thu",
    "payment.refunded": "Hoàn tiền",
    "payment.countered": "Ghi bút toán ngược",
    "payment.order_opened": "Tạo giao dịch thanh toán",
    "payment.flagged": "Nền tảng báo số tiền khác",
    "payment.series_opened": "Mở quyển biên lai",
    "payment.account_set": "Khai báo tài khoản thu",
    "shift.opened": "Mở ca thu",
    "shift.closed": "Chốt ca thu",
    "shift.taken_over": "Nhận bàn giao ca thu",
    "statement.read": "Tải lên sao kê",
    "statement.imported": "Nhập sao kê",
    "statement.line_resolved": "Xử lý dòng sao kê",
    "dossier.handed_over": "Bàn giao hồ sơ",
    "dossier.correction_proposed": "Đề nghị đính chính",
    "dossier.correction_decided": "Duyệt đề nghị đính chính",
    "dossier.opinion_asked": "Lấy ý kiến",
    "dossier.opinion_not_asked": "Không hỏi được ý kiến theo quy trình",
    "dossier.timer_rang": "Nhắc việc theo hẹn giờ của quy trình",
    "dossier.opinion_given": "Trả lời ý kiến",
    "dossier.opinion_cancelled": "Rút yêu cầu lấy ý kiến",
    "dossier.taken_over": "Nhận bàn giao",
    "dossier.hand_over_refused": "Từ chối nhận bàn giao",
    "dossier.taken_back": "Thu hồi hồ sơ vừa chuyển",
    "draft.taken": "Mở bản soạn sẵn tại quầy",
    "dossier.transferred": "Chuyển đơn vị thụ lý",
    "dossier.rebased": "Chuyển sang phiên bản thủ tục mới",
    "dossier.part_opened": "Mở hồ sơ thành phần liên thông",
    "dossier.part_finished": "Có kết quả hồ sơ thành phần",
    "dossier.part_handed_in": "Chuyển kết quả về hồ sơ chính",
    "dossier.papers_checked": "Đánh dấu giấy tờ đã kiểm tra",
    "dossier.shelved": "Ghi nơi để hồ sơ giấy",
    "dossier.moved_to_successor": "Chuyển hồ sơ đến đơn vị kế thừa",
    "dossier.due_recomputed": "Tính lại hẹn trả theo lịch",
    "dossier.suspended": "Tạm dừng tính thời hạn",
    "dossier.resumed": "Tiếp tục tính thời hạn",
    "dossier.obligation_requested": "Yêu cầu nghĩa vụ tài chính",
    "dossier.obligation_fulfilled": "Xác nhận nghĩa vụ tài chính",
    "dossier.apology_drafted": "Soạn văn bản xin lỗi",
    "dossier.apology_dropped": "Bỏ dự thảo xin lỗi",
    "dossier.extended": "Xin lỗi và gia hạn",
    "dossier.apologised": "Xin lỗi vì trễ hạn",
    "dossier.stopped": "Dừng giải quyết",
    "dossier.result_recalled": "Thu hồi kết quả đã trả",
    "dossier.reopened": "Giải quyết lại",
    "dossier.renewed": "Lập hồ sơ mới nối tiếp",
    "suspension_rule.set": "Đặt quy định tạm dừng",
    "suspension_rule.ended": "Kết thúc quy định tạm dừng",
    "group.opened": "Mở lượt nộp nhiều hồ sơ",
    "group.joined": "Gộp hồ sơ vào lượt nộp",
    "batch.opened": "Bấm một lô việc",
    "register.asked": "Lập Sổ theo dõi hồ sơ",
    "dossier.read": "Mở xem hồ sơ để giám sát",
    **POSTAL_WORDS,
    "land.parcel_recorded": "Ghi thông tin thửa đất",
    "land.sheet_sent": "Chuyển thông tin xác định nghĩa vụ tài chính",
    "land.sheet_answered": "Cơ quan thuế ra thông báo",
    "land.sheet_returned": "Cơ quan thuế trả lại phiếu chuyển",
    "land.sheet_withdrawn": "Thu hồi phiếu chuyển",
    "land.tax_paid": "Ghi nhận nộp thuế đất",
    "certification.numbered": "Vào sổ chứng thực",
    "unit.created": "Lập đơn vị",
    "unit.first_named": "Đặt tên đơn vị đầu tiên",
    "unit.renamed": "Đổi tên đơn vị",
    "unit.moved": "Chuyển đơn vị",
    "unit.closed": "Kết thúc đơn vị",
    "unit.code_assigned": "Gán mã định danh",
    "hours.set": "Đặt giờ làm việc",
    "post.added": "Lập vị trí việc làm",
    "post.closed": "Kết thúc vị trí việc làm",
    "account.created": "Lập tài khoản",
    "account.signed_up": "Đăng ký tài khoản",
    "account.activated": "Kích hoạt tài khoản",
    "account.changed": "Sửa thông tin tài khoản",
    "account.signed_in": "Đăng nhập",
    "account.password_changed": "Đổi mật khẩu",
    "account.password_ended": "Hủy mật khẩu",
    "account.link_made": "Tạo liên kết dùng một lần",
    "account.vouched": "Xác thực định danh",
    "account.post_assigned": "Bố trí vị trí việc làm",
    "account.post_ended": "Thôi giữ vị trí việc làm",
    "account.leave_declared": "Khai báo vắng mặt",
    "account.leave_ended": "Trở lại làm việc",
    "reminder_rule.set": "Đặt mốc nhắc hạn",
    "reminder_rule.ended": "Bỏ mốc nhắc hạn",
    "account.factor_changed": "Thay đổi bảo mật hai lớp",
    "account.factors_removed": "Gỡ bảo mật hai lớp của tài khoản",
    "factor_rule.set": "Đặt quy định bảo mật hai lớp",
    "journal.checked": "Kiểm tra nhật ký",
    "account.deactivated": "Khóa tài khoản",
    "account.reactivated": "Mở lại tài khoản",
    "delegation.granted": "Giao quyền",
    "delegation.revoked": "Chấm dứt giao quyền",
    "helper_limit.set": "Đặt hạn mức nộp thay",
    "token.issued": "Cấp khóa truy cập",
    "token.revoked": "Thu hồi khóa truy cập",
    "procedure.drafted": "Soạn phiên bản thủ tục",
    "procedure.draft_changed": "Sửa bản thảo thủ tục",
    "procedure.draft_discarded": "Bỏ bản thảo thủ tục",
    "procedure.draft_returned": "Trả lại bản thảo thủ tục",
    "procedure.cloned": "Nhân bản thủ tục",
    "procedure.publication_proposed": "Xin công bố thủ tục",
    "procedure.approved": "Duyệt công bố thủ tục",
    "procedure.package_installed": "Cài gói thủ tục",
    "procedure.published": "Công bố thủ tục",
    "procedure.imported": "Nhập thủ tục",
    "blob.faulty": "Phát hiện tệp mất, hỏng hoặc có mã độc",
    "blob.mended": "Tệp đã nguyên vẹn trở lại",
    "blob.miscounted": "Sửa số nơi giữ tệp",
    "blob.removed": "Bỏ hẳn tệp không nơi nào giữ",
    "procedure.offered": "Đăng ký tiếp nhận thủ tục",
    "procedure.offering_stopped": "Thôi tiếp nhận thủ tục",
    "procedure.retired": "Bãi bỏ thủ tục",
    "calendar.day_declared": "Khai báo ngày nghỉ, làm bù",
    "calendar.day_removed": "Bỏ khai báo ngày nghỉ, làm bù",
    "calendar.loaded": "Nạp lịch nghỉ",
    "clock.set": "Đặt giờ chốt",
    "list.exported": "Xuất danh sách hồ sơ",
    "list.shared": "Đặt bộ lọc dùng chung",
    "territories.loaded": "Nạp danh mục đơn vị hành chính",
}
GROUPS: Final = (
    ("Hồ sơ", "dossier."),
    ("Đơn vị", "unit."),
    ("Vị trí việc làm", "post."),
    ("Tài khoản", "account."),
    ("Giao quyền", "delegation."),
    ("Khóa truy cập", "token."),
    ("Thủ tục", "procedure."),
    ("Lịch", "calendar."),
    ("Khác", ""),
)

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


def verb_text(verb: str) -> str:
    """Return the verb in words; one that is not known stays as it is."""
    return VERBS.get(verb, verb)


def verb_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the verbs in groups, for a list to choose from."""
    left = dict(VERBS)
    found = []
    for label, prefix in GROUPS:
        group = [(verb, words) for verb, words in left.items() if verb.startswith(prefix)]
        for verb, _ in group:
            del left[verb]
        found.append((label, group))
    return found


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
