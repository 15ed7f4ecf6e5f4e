"""Words of the room: what is said of a signature and of the paper that carries it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal, Protocol

from django.db.models import TextChoices

Revocation = Literal["good", "revoked", "unknown", "not_checked"]
#: Where the time of a signature comes from: a timestamp that verified, the signer's own claim, nowhere.
TimeSource = Literal["timestamp", "claimed", "none"]
#: "pades" ETSI.CAdES.detached, "adbe" adbe.pkcs7.detached, "adbe_sha1" adbe.pkcs7.sha1 (contents hashed with SHA-1),
#: "timestamp" ETSI.RFC3161 over the document, "xades", "cades".
SignatureKind = Literal["pades", "adbe", "adbe_sha1", "timestamp", "xades", "cades"]


class Level(TextChoices):
    """How long a PAdES signature can be proved (ETSI EN 319 142-1)."""

    B = "B-B", "Không dấu thời gian"
    T = "B-T", "Có dấu thời gian"
    LT = "B-LT", "Có dấu thời gian và bằng chứng thu hồi"
    LTA = "B-LTA", "Lưu trữ lâu dài"


class Role(TextChoices):
    """In which role a signature stands on a paper (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    SIGNER = "signer", "Ký ban hành"
    SEAL = "seal", "Chữ ký số của cơ quan"
    INITIAL_CONTENT = "initial_content", "Ký nháy nội dung"
    INITIAL_FORM = "initial_form", "Ký nháy thể thức"
    DIGITISER = "digitiser", "Ký số hóa"
    CERTIFIER = "certifier", "Ký chứng thực"
    ATTACHMENT_SEAL = "attachment_seal", "Chữ ký số của cơ quan trên phụ lục, bản sao"
    OTHER = "other", "Chữ ký khác"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed in a paper after a signature: stable `code`, Vietnamese `text`, page from 1 (0: none)."""

    code: str
    text: str
    page: int = 0
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What is true of one signature.

    `intact`: the bytes of its own revision are those that were signed, and the signature fits the key. `trusted`: the
    certificate leads to an anchor and was good at the time; None: undecidable (no anchor known, no answer about
    revocation). `revision`: which revision of the file it signs, from 1. `reason_code` is "" for one that is intact and
    trusted; `reason` is one Vietnamese sentence always.
    """

    name: str
    revision: int
    kind: SignatureKind
    role: Role
    intact: bool
    trusted: bool | None
    reason_code: str
    reason: str
    signer: str = ""
    agency: str = ""
    time: datetime | None = None
    time_source: TimeSource = "none"
    level: Level | None = None
    digest: str = ""
    key: str = ""
    serial: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    path: tuple[str, ...] = ()
    revocation: Revocation = "not_checked"
    covers_whole_file: bool = False
    changed_after: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What is true of a file: always one, also for a file nobody can read (`error` then says why).

    `valid`: there is a signature, every one is intact and trusted, nothing changed afterwards but what was allowed, and
    all signers that were demanded are there. `reason`: one Vietnamese sentence.
    """

    valid: bool
    reason_code: str
    reason: str
    sha256: str = ""
    size: int = 0
    pages: int = 0
    error: str = ""
    signatures: tuple[SignatureVerdict, ...] = ()
    changes: tuple[Change, ...] = ()
    missing_roles: tuple[Role, ...] = ()
    checked_at: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class UnstampedError(Exception):
    """No time-stamping authority answered; the written window lets work go on without a timestamp."""


class TrustStoppedError(Exception):
    """A trust service has been away for longer than the written window allows: signing stops."""


class Fetcher(Protocol):
    """The port to what certificate authorities publish; an answer is DER as it came, None when nobody answered.

    Nobody has looked into the answers: who asks verifies their signatures and dates. Never raises for the network.
    """

    def ocsp(self, url: str, request: bytes) -> bytes | None: ...
    def crl(self, url: str) -> bytes | None: ...


class HolderKind(TextChoices):
    """Whose certificate it is (Nghị định 30/2020/NĐ-CP: a person signs, an agency seals)."""

    OFFICER = "officer", "Cá nhân"
    AGENCY = "agency", "Cơ quan, tổ chức"


class KeyPlace(TextChoices):
    """Where the private key of a certificate lives; the same values as the room `signing` has for its keys."""

    PKCS12 = "pkcs12", "Tệp PKCS#12 trên máy chủ"
    PKCS11 = "pkcs11", "Thiết bị PKCS#11 (HSM, token)"
    CSC = "csc", "Dịch vụ ký số từ xa (CSC)"
    AGENT = "agent", "Token tại máy của cán bộ"


class ServiceKind(TextChoices):
    """What is asked of trust services."""

    TSA = "tsa", "Cấp dấu thời gian"
    OCSP = "ocsp", "Kiểm tra trực tuyến (OCSP)"
    CRL = "crl", "Danh sách thu hồi (CRL)"


class WindowKind(TextChoices):
    """What may be away while signing goes on."""

    STAMP = "stamp", "Cấp dấu thời gian"
    REVOCATION = "revocation", "Kiểm tra thu hồi"


class RuleKind(TextChoices):
    """What an administrator may set: windows in hours, alarms in days."""

    STAMP_WINDOW = "stamp_window", "Được ký tiếp khi không lấy được dấu thời gian"
    REVOCATION_WINDOW = "revocation_window", "Được ký tiếp khi không kiểm tra được thu hồi"
    ALARM_FIRST = "alarm_first", "Báo chứng thư sắp hết hạn, lần thứ nhất"
    ALARM_SECOND = "alarm_second", "Báo chứng thư sắp hết hạn, lần thứ hai"
    ALARM_LAST = "alarm_last", "Báo chứng thư sắp hết hạn, lần cuối"


class Standing(TextChoices):
    """How signing stands while a trust service is away."""

    WELL = "well", "Bình thường"
    GOING_ON = "going_on", "Ký tiếp, ghi chờ"
    STOPPED = "stopped", "Ngừng ký"


class RequestKind(TextChoices):
    """What is asked of a certificate authority."""

    ISSUE = "issue", "Cấp mới"
    RENEW = "renew", "Gia hạn"
    REVOKE = "revoke", "Thu hồi"


class RequestState(TextChoices):
    """How far a request has come."""

    SENDING = "sending", "Đang gửi"
    WAITING = "waiting", "Chờ trả lời"
    DONE = "done", "Đã thực hiện"
    REFUSED = "refused", "Bị từ chối"
    CANCELLED = "cancelled", "Đã hủy"


#: Why a certificate is revoked (RFC 5280 §5.3.1): code → words.
REVOCATION_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "keyCompromise": "Khóa bị lộ, mất thiết bị",
        "affiliationChanged": "Người giữ chuyển công tác, nghỉ việc; cơ quan sáp nhập, giải thể",
        "superseded": "Đã có chứng thư khác thay",
        "cessationOfOperation": "Không còn dùng",
        "unspecified": "Lý do khác",
    }
)

#: Verbs of the journal in words.
ACT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "certificate.registered": "Ghi chứng thư số vào sổ",
        "certificate.revoked": "Ghi nhận chứng thư số bị thu hồi",
        "certificate.moved": "Ghi nơi giữ khóa của chứng thư số",
        "certificate_request.opened": "Đề nghị cấp, gia hạn, thu hồi chứng thư số",
        "certificate_request.waiting": "Gửi đề nghị về chứng thư số",
        "certificate_request.done": "Thực hiện xong đề nghị về chứng thư số",
        "certificate_request.refused": "Đề nghị về chứng thư số bị từ chối",
        "certificate_request.cancelled": "Hủy đề nghị về chứng thư số",
        "trust_service.set": "Khai báo dịch vụ tin cậy",
        "trust_service.ended": "Ngừng dùng dịch vụ tin cậy",
        "trust_rule.set": "Đặt thời gian được ký khi thiếu dịch vụ tin cậy",
        "outage.began": "Dịch vụ tin cậy không trả lời",
        "outage.ended": "Dịch vụ tin cậy hoạt động trở lại",
    }
)
