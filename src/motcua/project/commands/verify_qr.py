"""`motcua verify-qr`: the signed data of a result's QR code, checked with a list of keys and nothing else."""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from motcua.deadlines.terms import VIET_NAM
from motcua.project.runtime.errors import StartError
from motcua.results.rules.keys import KeyList, keys_from_json
from motcua.results.rules.qr import Claims, Read, read_qr

_LABELS = {
    "name": "Giấy tờ",
    "number": "Số",
    "agency": "Cơ quan cấp",
    "issued_on": "Ngày cấp",
    "valid_to": "Có giá trị đến hết",
    "holder": "Cấp cho",
    "holder_digits": "Ba số cuối của số định danh",
    "code": "Mã tra cứu",
    "version": "Phiên bản",
    "sha256": "SHA-256 của tệp",
}


def verify_qr(text: str, keys: str, *, as_json: bool, now: datetime | None = None) -> int:
    """Print what is true of a QR code; return 0 for one that is genuine and holds, 1 for any other.

    Raises StartError when the list of keys cannot be read.
    """
    try:
        known = keys_from_json(Path(keys).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"Không đọc được danh sách khóa {keys}.") from error
    read = read_qr(sys.stdin.read() if text == "-" else text, known.keys)
    today = (now or datetime.now(VIET_NAM)).astimezone(VIET_NAM).date()
    code, reason = _verdict(read, known, today)
    if as_json:
        print(json.dumps(_as_json(read, known, code, reason), ensure_ascii=False, indent=1))
    else:
        print(reason)
        for name, label in _LABELS.items():
            if value := _words(getattr(read.claims, name, "")):
                print(f"  {label}: {value}")
    return 1 if code else 0


def _verdict(read: Read, known: KeyList, today: date) -> tuple[str, str]:
    claims = read.claims
    if claims is None:
        return read.code, f"Không được tin: {read.reason}"
    if known.is_revoked(claims.code):
        return "revoked", "Không được dùng: kết quả này đã bị thu hồi."
    if known.is_replaced(claims.code):
        return "superseded", "Giấy là thật nhưng đã có bản mới thay thế; hãy xin bản mới."
    if claims.valid_to is not None and today > claims.valid_to:
        return "expired", f"Giấy là thật nhưng đã hết hạn từ {claims.valid_to:%d/%m/%Y}."
    if claims.valid_from is not None and today < claims.valid_from:
        return "not_yet", f"Giấy là thật nhưng đến {claims.valid_from:%d/%m/%Y} mới có hiệu lực."
    since = f"{known.made_at.astimezone(VIET_NAM):%H:%M %d/%m/%Y}" if known.made_at else "không rõ lúc nào"
    return "", f"Mã QR là thật, do {claims.agency} cấp. Danh sách khóa lập {since}: bị thu hồi sau đó thì chưa biết."


def _as_json(read: Read, known: KeyList, code: str, reason: str) -> dict[str, Any]:
    return {
        "valid": not code,
        "reason_code": code,
        "reason": reason,
        "key": read.kid,
        "keys_made_at": known.made_at.isoformat() if known.made_at else "",
        "claims": _claims(read.claims) if read.claims else None,
    }


def _claims(claims: Claims) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(claims).items()}


def _words(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
