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


#: What stands in a timeline and is no act of its own.
_OTHER_MOVES = {"submit": "Nộp hồ sơ", "hand_over": "Bàn giao công việc"}


def act_label(act: str) -> str:
    """Return the words for a line of the timeline."""
    return _OTHER_MOVES.get(act) or Act(act).label


class AttachmentPurpose(TextChoices):
    COMPONENT = "component", "Thành phần hồ sơ"
    SUPPLEMENT = "supplement", "Giấy tờ bổ sung"
    DRAFT = "draft", "Dự thảo kết quả"
    RESULT = "result", "Kết quả"
    PROXY = "proxy", "Văn bản ủy quyền"


class SuspensionKind(TextChoices):
    """Why the clock stands still; this release stops it only for a supplement."""

    SUPPLEMENT = "supplement", "Chờ bổ sung hồ sơ"


class Collector(TextChoices):
    """Who collected the result."""

    OWNER = "owner", "Chủ hồ sơ"
    SUBMITTER = "submitter", "Người nộp hồ sơ"
    PROXY = "proxy", "Người được ủy quyền"
