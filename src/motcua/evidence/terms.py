"""Words of the room: kinds of leaves, what a check finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import IntegerChoices, TextChoices


class LeafKind(IntegerChoices):
    """What a leaf of the log commits to."""

    ORIGIN = 0, "Khởi đầu của sổ"
    ENTRY = 1, "Dòng nhật ký"
    READING = 2, "Lượt xem dữ liệu cá nhân"
    BLOB = 3, "Tệp được lưu"


class FindingKind(TextChoices):
    """What a check can find."""

    CHANGED = "changed", "Bị sửa"
    DELETED = "deleted", "Bị xóa"
    INSERTED = "inserted", "Bị chèn"
    UNSEALED = "unsealed", "Không do phần mềm ghi"
    LEAF = "leaf", "Lá của sổ bị sửa"
    LATE = "late", "Ghi lùi ngày"
    ROOT = "root", "Sổ không khớp đầu sổ đã ký"
    HEAD = "head", "Đầu sổ bị sửa hoặc bị xóa"
    SIGNATURE = "signature", "Chữ ký của đầu sổ sai"
    BLOB_CHANGED = "blob_changed", "Tệp bị sửa"
    BLOB_ROW = "blob_row", "Dòng ghi tệp bị sửa"
    BLOB_MISSING = "blob_missing", "Tệp bị mất"
    ROW_CHANGED = "row_changed", "Cột của hồ sơ khác nhật ký"
    ROW_BETWEEN = "row_between", "Cột của hồ sơ bị sửa giữa hai việc"
    ROW_GONE = "row_gone", "Dòng của hồ sơ bị xóa"
    ROW_ADDED = "row_added", "Dòng của hồ sơ bị chèn"
    WITNESS = "witness", "Không khớp đầu sổ cơ quan khác đã giữ"


#: What is said of a row beside its hash: verb, object, code of the dossier, who, when.
About = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not what it was: stable kind, one Vietnamese sentence that names the act, and its facts."""

    kind: FindingKind
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)


#: Verbs that this room writes into the journal.
ACT_WORDS: Mapping[str, str] = {
    "evidence.checked": "Kiểm tra sổ bằng chứng",
    "evidence.exported": "Xuất gói bằng chứng",
    "evidence.exchanged": "Trao đổi đầu sổ với cơ quan khác",
    "evidence.restored": "Xác nhận sổ lùi lại sau khi khôi phục",
}
