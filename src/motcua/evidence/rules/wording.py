"""What was found, in words that name the act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from motcua.evidence.terms import FindingKind

_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
_SAID: Mapping[FindingKind, str] = {
    FindingKind.CHANGED: "{row} đã bị sửa: {act}.",
    FindingKind.DELETED: "{row} đã bị xóa: {act}.",
    FindingKind.INSERTED: "{row} bị chèn thẳng vào cơ sở dữ liệu, không có trong sổ bằng chứng: {act}.",
    FindingKind.UNSEALED: "{row} không do phần mềm ghi (dấu của phần mềm sai) nên không được vào sổ: {act}.",
    FindingKind.LEAF: "Lá thứ {seq} của sổ bằng chứng đã bị sửa hoặc bị xóa; {row}: {act}.",
    FindingKind.LATE: (
        "{row} nói là được ghi lúc {recorded}, nhưng chưa có trong đầu sổ ký lúc {covered}: được ghi lùi ngày; {act}."
    ),
    FindingKind.ROOT: (
        "Sổ không khớp đầu sổ {size} lá ký lúc {at}; việc bị sửa nằm trong các lá từ {low} đến {high}{act}."
    ),
    FindingKind.HEAD: "Đầu sổ {size} lá: {why}.",
    FindingKind.SIGNATURE: "Chữ ký của đầu sổ {size} lá ký lúc {at} không đúng: {why}.",
    FindingKind.BLOB_CHANGED: "Tệp {sha256} trên đĩa đã bị sửa{act}.",
    FindingKind.BLOB_ROW: "Dòng ghi tệp {sha256} (cỡ, loại, lúc nhận) đã bị sửa{act}.",
    FindingKind.BLOB_MISSING: "Tệp {sha256} không còn trên đĩa{act}.",
    FindingKind.ROW_CHANGED: (
        "Hồ sơ {code}: {column} của {thing} nay là {now}, nhật ký ghi {said}; bị sửa thẳng trong cơ sở dữ liệu sau việc"
        " {act}."
    ),
    FindingKind.ROW_BETWEEN: (
        "Hồ sơ {code}: {column} của {thing} đã bị sửa thẳng trong cơ sở dữ liệu từ {said} thành {now},"
        " trước việc {act}."
    ),
    FindingKind.ROW_GONE: "Hồ sơ {code}: {thing} đã bị xóa khỏi cơ sở dữ liệu; nhật ký ghi ở việc {act}.",
    FindingKind.ROW_ADDED: "Hồ sơ {code}: {thing} có trong cơ sở dữ liệu mà không việc nào trong nhật ký ghi.",
    FindingKind.WITNESS: "Sổ của {origin} không nối tiếp đầu sổ đã giữ: {why}.",
}


def sentence(kind: FindingKind, facts: Mapping[str, Any]) -> str:
    """Return one Vietnamese sentence; `facts` holds what the kind's words name, `verb`, `object` … name the act."""
    row = f"{facts.get('kind', 'Dòng nhật ký')} số {facts.get('id', '?')}"
    said = {"row": row, "act": act_words(facts), **{key: value for key, value in facts.items() if key != "at"}}
    return _SAID[kind].format(**said, at=moment_words(str(facts.get("at", ""))))


def act_words(about: Mapping[str, Any]) -> str:
    """Return who did what to which object, when; says so when that is not known."""
    if "act" in about:
        return str(about["act"])
    if not about.get("verb"):
        return "không còn biết là việc gì"
    code = f" (hồ sơ {about['code']})" if about.get("code") else ""
    actor = f", {about['actor']}" if about.get("actor") else ""
    when = f", lúc {moment_words(str(about['at']))}" if about.get("at") else ""
    return f"«{about['verb']}» trên {about.get('object', '?')}{code}{actor}{when}"


def moment_words(text: str) -> str:
    """Return an ISO moment as Vietnam's clocks say it; another text as it is."""
    try:
        return f"{datetime.fromisoformat(text).astimezone(_VIET_NAM):%H:%M:%S %d/%m/%Y}"
    except ValueError:
        return text
