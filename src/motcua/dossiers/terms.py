"""Words of the room: statuses, channels, acts, parties."""

from django.db.models import IntegerChoices, TextChoices


class Status(IntegerChoices):
    """The ten statuses that the National Public Service Portal knows (codes of `DongBoHoSoMC`)."""

    SUBMITTED = 1, "Mới đăng ký"
    RECEIVED = 2, "Được tiếp nhận"
    REFUSED = 3, "Không được tiếp nhận"
    PROCESSING = 4, "Đang xử lý"
    SUPPLEMENT_REQUESTED = 5, "Yêu cầu bổ sung giấy tờ"
    OBLIGATION_REQUESTED = 6, "Yêu cầu thực hiện nghĩa vụ tài chính"
    WITHDRAWN = 7, "Công dân yêu cầu rút hồ sơ"
    STOPPED = 8, "Dừng xử lý"
    FINISHED = 9, "Đã xử lý xong"
    DELIVERED = 10, "Đã trả kết quả"


#: Statuses from which nothing follows by itself.
ENDED = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.DELIVERED})
OPEN = frozenset(set(Status) - ENDED)
#: Statuses in which a due moment still binds the office (in 5 and 6 the clock stands still, but will run on).
CLOCK_RUNS_IN = OPEN - {Status.FINISHED}

#: Allowed changes of status (domain facts 3.4, consistent with two national systems).
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.SUBMITTED: frozenset({Status.RECEIVED, Status.REFUSED, Status.SUPPLEMENT_REQUESTED, Status.WITHDRAWN}),
    Status.RECEIVED: frozenset(
        {
            Status.PROCESSING,
            Status.SUPPLEMENT_REQUESTED,
            Status.OBLIGATION_REQUESTED,
            Status.WITHDRAWN,
            Status.STOPPED,
        }
    ),
    Status.PROCESSING: frozenset(
        {
            Status.PROCESSING,
            Status.SUPPLEMENT_REQUESTED,
            Status.OBLIGATION_REQUESTED,
            Status.WITHDRAWN,
            Status.STOPPED,
            Status.FINISHED,
        }
    ),
    Status.SUPPLEMENT_REQUESTED: frozenset({Status.RECEIVED, Status.PROCESSING, Status.WITHDRAWN, Status.STOPPED}),
    Status.OBLIGATION_REQUESTED: frozenset({Status.PROCESSING, Status.WITHDRAWN, Status.STOPPED}),
    Status.FINISHED: frozenset({Status.DELIVERED, Status.PROCESSING}),
    Status.REFUSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.STOPPED: frozenset(),
    Status.DELIVERED: frozenset({Status.FINISHED}),
}


class Channel(TextChoices):
    """The four channels of Decree 367/2025 (amending Decree 118/2025)."""

    IN_PERSON = "in_person", "Trực tiếp tại Bộ phận Một cửa"
    POST = "post", "Qua bưu chính công ích, thuê dịch vụ hoặc ủy quyền"
    ONLINE = "online", "Trực tuyến trên Cổng dịch vụ công"
    VNEID = "vneid", "Trực tuyến trên VNeID"


ONLINE_CHANNELS = frozenset({Channel.ONLINE, Channel.VNEID})


class Source(TextChoices):
    """Who brought the dossier, recorded beside its channel."""

    SELF = "self", "Chủ hồ sơ tự nộp"
    PROXY = "proxy", "Người được ủy quyền"
    REPRESENTATIVE = "representative", "Người đại diện theo pháp luật"
    HIRED = "hired", "Doanh nghiệp, cá nhân được thuê dịch vụ"
    POST_OFFICE = "post_office", "Nhân viên bưu chính"
    PARENT = "parent", "Cha, mẹ, người giám hộ"
    ASSISTED = "assisted", "Cán bộ hỗ trợ nộp trực tuyến"


class ResultChannel(TextChoices):
    """How the applicant wants the result."""

    IN_PERSON = "in_person", "Nhận trực tiếp tại Bộ phận Một cửa"
    POST = "post", "Nhận qua bưu chính công ích"
    ONLINE = "online", "Nhận bản điện tử"


class PartyKind(TextChoices):
    PERSON = "person", "Cá nhân"
    ORGANISATION = "organisation", "Tổ chức"


class Act(TextChoices):
    """The acts of this room; the words on the buttons."""

    RECEIVE = "receive", "Tiếp nhận"
    REFUSE = "refuse", "Từ chối tiếp nhận"
    REQUEST_SUPPLEMENT = "request_supplement", "Yêu cầu bổ sung"
    SUPPLEMENT = "supplement", "Bổ sung hồ sơ"
    ASSIGN = "assign", "Phân công"
    FORWARD = "forward", "Chuyển bước tiếp theo"
    APPRAISE = "appraise", "Thẩm định, trình kết quả"
    SEND_BACK = "send_back", "Trả lại bước trước"
    APPROVE = "approve", "Phê duyệt"
    REJECT = "reject", "Không phê duyệt"
    SEAL = "seal", "Cấp số, đóng dấu"
    DELIVER = "deliver", "Trả kết quả"
    WITHDRAW = "withdraw", "Rút hồ sơ"
    CORRECT = "correct", "Đính chính thông tin"
    DECIDE_CORRECTION = "decide_correction", "Duyệt đính chính"
    REFUSE_SUPPLEMENT = "refuse_supplement", "Không nhận bổ sung quá hạn"
    SUSPEND = "suspend", "Tạm dừng tính thời hạn"
    RESUME = "resume", "Tiếp tục tính thời hạn"
    REQUEST_OBLIGATION = "request_obligation", "Yêu cầu nghĩa vụ tài chính"
    FULFIL_OBLIGATION = "fulfil_obligation", "Xác nhận nghĩa vụ tài chính"
    EXTEND = "extend", "Xin lỗi và gia hạn"
    APOLOGISE = "apologise", "Xin lỗi vì trễ hạn"
    DRAFT_APOLOGY = "draft_apology", "Soạn văn bản xin lỗi"
    STOP = "stop", "Dừng giải quyết"
    RECALL = "recall", "Thu hồi kết quả đã trả"
    REOPEN = "reopen", "Giải quyết lại"
    RENEW = "renew", "Lập hồ sơ mới nối tiếp"
    CONSULT = "consult", "Lấy ý kiến"
    ANSWER_CONSULT = "answer_consult", "Trả lời ý kiến"
    CANCEL_CONSULT = "cancel_consult", "Rút yêu cầu lấy ý kiến"
    TAKE_OVER = "take_over", "Nhận bàn giao"
    TAKE_BACK = "take_back", "Thu hồi hồ sơ vừa chuyển"
    TRANSFER = "transfer", "Chuyển đơn vị thụ lý"
    REBASE = "rebase", "Chuyển sang phiên bản thủ tục mới"
    OPEN_PART = "open_part", "Mở hồ sơ thành phần liên thông"
    CHECK_PAPERS = "check_papers", "Đánh dấu giấy tờ đã kiểm tra"
    SHELVE = "shelve", "Ghi nơi để hồ sơ giấy"
    COLLECT_CASH = "collect_cash", "Thu phí, lệ phí"
    ADD_CHARGE = "add_charge", "Thêm khoản thu"
    REQUEST_PAYMENT = "request_payment", "Yêu cầu nộp phí, lệ phí"
    WAIVE_CHARGE = "waive_charge", "Miễn, giảm phí, lệ phí"
    REFUND_CHARGE = "refund_charge", "Hoàn phí, lệ phí"
    CORRECT_PAYMENT = "correct_payment", "Sửa khoản thu ghi sai"


#: Acts by which somebody answers with their name towards the applicant: who does them has just proved who they are.
SIGNED_ACTS = frozenset(
    {
        Act.APPROVE,
        Act.REJECT,
        Act.SEAL,
        Act.EXTEND,
        Act.APOLOGISE,
        Act.STOP,
        Act.RECALL,
        Act.REOPEN,
        Act.DECIDE_CORRECTION,
    }
)

#: A move of the timeline: papers seen at the desk became files (by the right to mark papers as checked).
DIGITISE = "digitise"

#: What stands in a timeline and is no act of its own.
_OTHER_MOVES = {
    DIGITISE: "Số hóa giấy tờ",
    "submit": "Nộp hồ sơ",
    "hand_over": "Bàn giao công việc",
    "recompute": "Tính lại hẹn trả theo lịch",
    "drop_apology": "Bỏ dự thảo xin lỗi",
    "refuse_hand_over": "Từ chối nhận bàn giao",
    "part_done": "Có kết quả hồ sơ thành phần",
    "hand_to_parent": "Chuyển kết quả về hồ sơ chính",
    "process_consult": "Lấy ý kiến theo quy trình",
    "process_suspend": "Dừng tính thời hạn theo quy trình",
    "process_resume": "Tính tiếp thời hạn theo quy trình",
    "process_move": "Tự chuyển theo quy trình",
}
#: What the process itself does when a dossier comes to a step; nobody has touched the dossier by it.
BY_PROCESS = frozenset({"process_consult", "process_suspend", "process_resume"})


def act_label(act: str) -> str:
    """Return the words for a line of the timeline."""
    return _OTHER_MOVES.get(act) or Act(act).label


class AttachmentPurpose(TextChoices):
    COMPONENT = "component", "Thành phần hồ sơ"
    SUPPLEMENT = "supplement", "Giấy tờ bổ sung"
    DRAFT = "draft", "Dự thảo kết quả"
    RESULT = "result", "Kết quả"
    SIGNED = "signed", "Kết quả đã ký số, chưa đóng dấu"
    PROXY = "proxy", "Văn bản ủy quyền"
    CONSENT = "consent", "Giấy đồng ý, giấy tờ chứng minh quan hệ"
    OPINION = "opinion", "Văn bản góp ý"
    NOTICE = "notice", "Thông báo, chứng từ nghĩa vụ tài chính"


class SuspensionKind(TextChoices):
    """Why the clock stands still (domain facts 4.2). Which of the chosen ones do is data, see `SuspensionRule`."""

    SUPPLEMENT = "supplement", "Chờ bổ sung hồ sơ"
    OBLIGATION = "obligation", "Chờ thực hiện nghĩa vụ tài chính"
    CONSULTATION = "consultation", "Lấy ý kiến, xác minh liên cơ quan"
    PUBLIC_NOTICE = "public_notice", "Niêm yết công khai"
    SURVEY = "survey", "Trích đo, đo đạc"
    INSPECTION = "inspection", "Thanh tra, kiểm tra"
    DISPUTE = "dispute", "Giải quyết tranh chấp"
    FORCE_MAJEURE = "force_majeure", "Sự kiện bất khả kháng"
    SYSTEM_FAULT = "system_fault", "Lỗi hệ thống"
    PROCESS = "process", "Chờ theo quy trình của thủ tục"


#: Kinds that begin and end with an act of their own, never by hand.
OF_OTHER_ACTS = frozenset({SuspensionKind.SUPPLEMENT, SuspensionKind.OBLIGATION, SuspensionKind.PROCESS})


class StopGround(TextChoices):
    """Why the solving of a dossier is stopped (Mẫu 05, TT 03/2025/TT-VPCP)."""

    BY_REQUEST = "by_request", "Theo đề nghị của tổ chức, cá nhân"
    BY_LAW = "by_law", "Theo quy định của pháp luật"
    NOT_SUPPLEMENTED = "not_supplemented", "Không bổ sung hồ sơ đúng hạn"
    OTHER = "other", "Lý do khác"


class Opinion(TextChoices):
    """What a consulted unit says."""

    AGREE = "agree", "Đồng ý"
    DISAGREE = "disagree", "Không đồng ý"
    REMARK = "remark", "Ý kiến khác"


class Seen(TextChoices):
    """In which shape the desk saw a paper with its own eyes."""

    UNSEEN = "", "Chưa kiểm tra"
    ORIGINAL = "original", "Bản chính"
    CERTIFIED = "certified", "Bản sao chứng thực"
    COPY = "copy", "Bản sao, bản chụp"


class Digitised(IntegerChoices):
    """How a paper came to be electronic: the national codes of a digitised component (Thông tư 01/2023/TT-VPCP)."""

    NO = 0, "Chưa số hóa"
    SCANNED = 1, "Được số hóa"
    PAPER_REUSED = 2, "Tái sử dụng thành phần hồ sơ"
    RESULT_REUSED = 3, "Tái sử dụng kết quả"


class Consent(TextChoices):
    """How somebody for whom another typed has agreed (Nghị định 13/2023, Luật 91/2025/QH15: consent is provable)."""

    NONE = "", "Không cần"
    SIGNED = "signed", "Ký giấy đồng ý"
    SPOKEN = "spoken", "Nói trước mặt cán bộ"
    CODE = "code", "Mã xác nhận gửi đến điện thoại"
    LAW = "law", "Đại diện theo pháp luật (cha mẹ, người giám hộ)"


class Collector(TextChoices):
    """Who collected the result."""

    OWNER = "owner", "Chủ hồ sơ"
    SUBMITTER = "submitter", "Người nộp hồ sơ"
    PROXY = "proxy", "Người được ủy quyền"
    PARENT = "parent", "Hồ sơ liên thông chứa hồ sơ này"


#: Who may stand at the desk to collect; a part hands its result to its parent by itself.
COLLECTORS = (Collector.OWNER, Collector.SUBMITTER, Collector.PROXY)

#: Moves made from elsewhere: after them the unit that has the dossier has still not touched it.
BESIDE = frozenset(
    {
        *BY_PROCESS,
        Act.CORRECT,
        Act.DECIDE_CORRECTION,
        Act.ANSWER_CONSULT,
        Act.CANCEL_CONSULT,
        Act.SHELVE,
        Act.CHECK_PAPERS,
        DIGITISE,
        Act.OPEN_PART,
        Act.DRAFT_APOLOGY,
        Act.EXTEND,
        Act.APOLOGISE,
        Act.FULFIL_OBLIGATION,
        "drop_apology",
        Act.COLLECT_CASH,
        Act.ADD_CHARGE,
        Act.REQUEST_PAYMENT,
        Act.WAIVE_CHARGE,
        Act.REFUND_CHARGE,
        Act.CORRECT_PAYMENT,
        "recompute",
        "part_done",
    }
)
#: Moves by which a dossier comes back to whoever had it: nothing to take over.
NOT_HANDED_OVER = frozenset({Act.TAKE_BACK, "refuse_hand_over"})


class ReminderAbout(TextChoices):
    """Which due moment a reminder is about."""

    DUE = "due", "Hẹn trả kết quả"
    STEP = "step", "Hạn của bước"
    ANSWER = "answer", "Hạn trả lời hồ sơ trực tuyến"


class ReminderTo(TextChoices):
    """Who is reminded; each next one when the one before did not move."""

    HOLDER = "holder", "Người đang xử lý"
    LEADER = "leader", "Lãnh đạo đơn vị"
    OVERSEER = "overseer", "Bộ phận giám sát"
