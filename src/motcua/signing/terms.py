"""Words of the room: keys, places on a page, what is to be signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal, Protocol

from django.db.models import TextChoices

from motcua.trust.terms import Level, Role

Algorithm = Literal["rsa", "ecdsa"]


class KeyKind(TextChoices):
    """Where a private key lives."""

    PKCS12 = "pkcs12", "Tệp PKCS#12 trên máy chủ"
    PKCS11 = "pkcs11", "Thiết bị PKCS#11 (HSM, token)"
    CSC = "csc", "Dịch vụ ký số từ xa (CSC)"
    AGENT = "agent", "Token tại máy của cán bộ"


class KeyGoneError(Exception):
    """The key went away in the middle (token pulled out, service down): what was signed so far is in `done`."""

    def __init__(self, message: str, done: Sequence[bytes] = ()) -> None:
        super().__init__(message)
        self.done = tuple(done)


class SigningKey(Protocol):
    """The port: a key that signs digests; everything else about signatures is ours.

    `certificate` and `chain` are DER, the chain without the anchor. `sign` returns one raw signature a digest, in order
    (RSA: PKCS#1 v1.5 over the DigestInfo, which the key makes; ECDSA: DER of r and s); raises KeyGoneError.
    """

    certificate: bytes
    chain: tuple[bytes, ...]
    algorithm: Algorithm

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]: ...
    def close(self) -> None: ...


class Stamper(Protocol):
    """The port of a time-stamping authority (RFC 3161); the room `trust` has the one with two authorities.

    `stamp` returns the DER of a TimeStampToken over the digest; raises `UnstampedError` (of `trust.terms`) when none
    answers and the written window lets the work go on, `TrustStoppedError` when it does not.
    """

    def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes: ...


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a signature shows: page from 0 (-1: the last) and the box (left, bottom, right, top) in points."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Blank:
    """A room of the paper for what is known only when it is issued: a text field, filled in once.

    Made empty (`value` "") with the first signature; filled in with a later one: `value` is what it says, `appearance`
    a one-page PDF drawn into it. `label` is what it is called aloud.
    """

    name: str
    label: str
    placement: Placement
    value: str = ""
    appearance: bytes | None = None


@dataclass(frozen=True, slots=True)
class SignaturePlan:
    """One signature that a paper is to get.

    `appearance`: a one-page PDF that is drawn into the box (made by signing/appearance); None: an invisible signature.
    `at`: when it is signed, as the signer claims. `name`: the field's name, unique in the file. `blanks`: rooms
    that are kept or filled in with it, and that it covers.
    """

    name: str
    role: Role
    at: datetime
    reason: str = ""
    place: str = ""
    level: Level = Level.T
    placement: Placement | None = None
    appearance: bytes | None = None
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """A key somebody may sign with: `ref` names it for the provider of its kind, `label` for people.

    `certificate` is DER, b"" where only the device knows it; `valid_to`: until when the certificate is good.
    `needs_code`: besides or instead of a PIN it wants a code that is good for one time.
    """

    kind: KeyKind
    ref: str
    label: str
    certificate: bytes = b""
    chain: tuple[bytes, ...] = ()
    valid_to: datetime | None = None
    needs_pin: bool = True
    needs_code: bool = False


#: Verbs of the journal in words.
ACT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "signing.opened": "Mở lô ký số",
        "signing.continued": "Nhập lại PIN, ký tiếp lô",
        "signing.stopped": "Dừng lô ký số",
        "signing.finished": "Ký xong lô",
        "signature_image.set": "Đặt mẫu chữ ký",
        "signature_image.dropped": "Bỏ mẫu chữ ký",
        "archived_paper.completed": "Hoàn thiện chữ ký để lưu trữ lâu dài",
        "archived_paper.renewed": "Gia hạn dấu thời gian lưu trữ",
        "seal_image.set": "Đặt mẫu dấu",
        "key.offered": "Đưa khóa ký vào, chờ xác nhận",
        "key.confirmed": "Xác nhận khóa ký",
        "key.refused": "Không chấp nhận khóa ký",
        "key.withdrawn": "Rút khóa ký đang chờ",
        "key.placed": "Đưa khóa ký vào dùng",
        "key.removed": "Gỡ khóa ký",
        "key.preferred": "Chọn khóa ký mặc định",
        "signing_service.set": "Khai báo dịch vụ ký số từ xa",
        "signing_service.ended": "Ngừng dùng dịch vụ ký số từ xa",
        "dossier.number_reserved": "Giữ số cho kết quả",
        "dossier.number_cancelled": "Hủy số đã giữ",
    }
)
