"""What houses tell one another about their logs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.evidence.rules.notes import BadNoteError, PublicKey, read_note, read_public_key
from motcua.evidence.tree.merkle import is_consistent


@dataclass(frozen=True, slots=True)
class Told:
    """A head of another house: its note, what it says, and the key it says signed it (None: unsigned)."""

    note: str
    origin: str
    size: int
    root: bytes
    key: PublicKey | None


def read_told(said: Mapping[str, Any]) -> Told:
    """Read what a house answered; raises BadNoteError."""
    note, key = said.get("note"), said.get("key")
    if not isinstance(note, str):
        raise BadNoteError("câu trả lời không có đầu sổ")
    checkpoint = read_note(note)[0]
    public = read_public_key(key) if isinstance(key, str) and key else None
    return Told(note, checkpoint.origin, checkpoint.size, checkpoint.root, public)


def why_not_follows(earlier: tuple[int, bytes], told: Told, path: list[bytes]) -> str:
    """Say why a head does not continue the one seen before (size, root); "" when it does."""
    size, root = earlier
    if told.size < size:
        return f"sổ nay chỉ có {told.size} lá, trước đó đã có {size} lá"
    if told.size == size:
        return "" if told.root == root else f"cùng {size} lá mà gốc khác"
    if not is_consistent(size, root, told.size, told.root, path):
        return f"không chứng minh được rằng {told.size} lá bắt đầu bằng {size} lá đã thấy"
    return ""


def read_path(said: Mapping[str, Any]) -> list[bytes]:
    """Return the hashes of a proof; raises BadNoteError."""
    path = said.get("path")
    if not isinstance(path, list) or not all(isinstance(one, str) for one in path):
        raise BadNoteError("câu trả lời không có bằng chứng nối tiếp")
    try:
        return [bytes.fromhex(one) for one in path]
    except ValueError as error:
        raise BadNoteError("bằng chứng nối tiếp không đọc được") from error
