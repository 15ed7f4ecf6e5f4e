"""Messages of the national payment platform, protocol 1.0.6: order of fields, signature, checks.

`MaXacThuc` is the lowercase hex SHA-256 of the fields in their order joined by "|", the partner's secret last.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from motcua.deadlines.terms import VIET_NAM

VERSION = "1.0.6"
SUCCESS = "00"
INIT_FIELDS = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan", "MaThietBi",
    "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
)  # fmt: skip
ASK_FIELDS = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
CALLBACK_FIELDS = (
    "LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang", "ThoiGianGD",
    "ThongTinGiaoDich",
)  # fmt: skip
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_MOST_DOUBLINGS = 8
#: A transaction nobody paid is asked about so long.
GIVE_UP_AFTER = timedelta(days=2)


def signature(message: Mapping[str, object], fields: Sequence[str], secret: str) -> str:
    """Return `MaXacThuc` of the message; a field that is missing counts as empty."""
    said = "|".join([*(str(message.get(name, "")) for name in fields), secret])
    return hashlib.sha256(said.encode()).hexdigest()


def signed(message: Mapping[str, object], fields: Sequence[str], secret: str) -> dict[str, object]:
    """Return the message in its order with its signature at the end."""
    return {**{name: message[name] for name in fields}, "MaXacThuc": signature(message, fields, secret)}


def is_genuine(message: Mapping[str, object], fields: Sequence[str], secret: str) -> bool:
    """Return whether the signature is right, in a time that tells nothing about where it differs."""
    given = str(message.get("MaXacThuc", "")).lower()
    return bool(secret) and hmac.compare_digest(given.encode(), signature(message, fields, secret).encode())


def init_message(
    *, partner: str, reference: str, amount: int, text: str, at: datetime, ip: str, secret: str
) -> dict[str, object]:
    """Return INIT, without the data of the receipt."""
    message = {
        "LoaiBanTin": "INIT",
        "PhienBan": VERSION,
        "MaDoiTac": partner,
        "MaThamChieu": reference,
        "SoTien": str(amount),
        "LoaiHinhThanhToan": "PAY",
        "MaKenhThanhToan": "1",
        "MaThietBi": "1",
        "NgonNgu": "vi-VN",
        "MaTienTe": "VND",
        "MaNganHang": "PAYMENT",
        "ThongTinGiaoDich": text,
        "ThoiGianGD": stamp(at),
        "Ip": ip,
    }
    return signed(message, INIT_FIELDS, secret)


def ask_message(kind: str, *, partner: str, reference: str, at: datetime, secret: str) -> dict[str, object]:
    """Return QUERY or GET_BILL."""
    message = {
        "LoaiBanTin": kind,
        "PhienBan": VERSION,
        "MaDoiTac": partner,
        "MaThamChieu": reference,
        "ThoiGianGD": stamp(at),
    }
    return signed(message, ASK_FIELDS, secret)


def stamp(at: datetime) -> str:
    """Return yyyyMMddHHmmss in Vietnam."""
    return f"{at.astimezone(VIET_NAM):%Y%m%d%H%M%S}"


def next_question(at: datetime, attempts: int) -> datetime:
    """Return when to ask again: after 30 seconds, doubling, at most an hour."""
    doublings: int = 2 ** min(attempts, _MOST_DOUBLINGS)
    return at + min(_FIRST_WAIT * doublings, _LONGEST_WAIT)


def amount_of(message: Mapping[str, object]) -> int | None:
    """Return SoTien in đồng, None when it is no whole number."""
    said = str(message.get("SoTien", "")).removesuffix(".0").removesuffix(".00")
    return int(said) if said.isascii() and said.isdigit() else None
