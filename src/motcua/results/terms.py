"""Words of the room: papers a person holds, how they stand, for whom they are opened."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices


class PaperKind(TextChoices):
    """How a paper came into a person's store (Nghị định 45/2020/NĐ-CP, Điều 16; Thông tư 01/2023/TT-VPCP)."""

    RESULT = "result", "Kết quả giải quyết thủ tục hành chính"
    CERTIFIED_COPY = "certified_copy", "Bản sao điện tử được chứng thực"
    DIGITISED = "digitised", "Bản số hóa có ký số của cán bộ"


class Standing(TextChoices):
    """How a paper stands today."""

    VALID = "valid", "Còn hiệu lực"
    NOT_YET = "not_yet", "Chưa đến ngày có hiệu lực"
    EXPIRED = "expired", "Đã hết hạn"
    SUPERSEDED = "superseded", "Đã có bản mới thay thế"
    REVOKED = "revoked", "Đã bị thu hồi"


class ShareTo(TextChoices):
    """For whom a share is."""

    ANYONE = "anyone", "Bất kỳ ai có đường dẫn"
    PERSON = "person", "Một người, phải đăng nhập"
    AGENCY = "agency", "Cán bộ của một cơ quan, phải đăng nhập"
    ORGANISATION = "organisation", "Người đại diện của một tổ chức, phải đăng nhập"


class ShareField(TextChoices):
    """What of a paper a share shows, beside its kind, issuer and standing."""

    HOLDER = "holder", "Họ tên đầy đủ của tôi"
    PERSONAL_ID = "personal_id", "Số định danh của tôi"
    NUMBER = "number", "Số, ký hiệu giấy tờ"
    DATES = "dates", "Ngày cấp, thời hạn"
    FILE = "file", "Tệp giấy tờ để tải về"


class ConsentHow(TextChoices):
    """How a person agreed that a paper of theirs is used again (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15)."""

    ONLINE = "online", "Tự chọn khi nộp trực tuyến"
    CODE = "code", "Mã đồng ý đọc tại quầy"
    SIGNED = "signed", "Ký phiếu đồng ý tại quầy"


class RepresentedBy(TextChoices):
    """As what somebody acts for an organisation."""

    LEGAL = "legal", "Người đại diện theo pháp luật"
    AUTHORISED = "authorised", "Người được ủy quyền"


#: Verbs of the journal in words.
ACT_WORDS: Final[Mapping[str, str]] = {
    "result.issued": "Vào sổ kết quả điện tử",
    "result.file_added": "Thêm bản lưu trữ của kết quả",
    "paper.revoked": "Thu hồi giấy tờ điện tử",
    "paper.deposited": "Đưa giấy tờ vào kho",
    "paper.shared": "Chia sẻ giấy tờ",
    "paper.share_ended": "Dừng chia sẻ giấy tờ",
    "paper.reused": "Dùng lại giấy tờ trong kho",
    "consent.code_made": "Lấy mã đồng ý dùng giấy tờ",
    "consent.given": "Đồng ý cho dùng giấy tờ trong kho",
    "consent.ended": "Rút sự đồng ý cho dùng giấy tờ trong kho",
    "representation.confirmed": "Xác nhận người đại diện của tổ chức",
    "representation.ended": "Chấm dứt đại diện của tổ chức",
    "result_key.registered": "Đăng ký khóa ký mã QR kết quả",
}
