"""Words of the room: stacks of scanned pages, what is read from them, digitised papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices


class StackState(TextChoices):
    """How far a stack of scanned pages has come."""

    READING = "reading", "Đang đọc"
    READY = "ready", "Chờ xác nhận"
    FAILED = "failed", "Không đọc được"
    CONFIRMED = "confirmed", "Đã số hóa"
    DROPPED = "dropped", "Đã bỏ"


class Purpose(TextChoices):
    """What a stack is scanned for."""

    DIGITISE = "digitise", "Số hóa thành phần hồ sơ"
    CERTIFY = "certify", "Chứng thực bản sao điện tử"


class PageKind(TextChoices):
    """What a scanned page is."""

    PAGE = "page", "Trang giấy tờ"
    BLANK = "blank", "Trang trắng"
    SEPARATOR = "separator", "Tờ phân cách"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in pixels of its upright picture: left, top, width, height."""

    left: int
    top: int
    width: int
    height: int

    def joined(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        right = max(self.left + self.width, other.left + other.width)
        bottom = max(self.top + self.height, other.top + other.height)
        return Box(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read: its text, how sure the reader is (0–100), its place."""

    text: str
    confidence: float
    box: Box


Line = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The lines that were read on a page, from top to bottom."""

    lines: tuple[Line, ...] = ()

    @property
    def confidence(self) -> float:
        """How sure the reader is of the page, 0–100, by letters; 0 where nothing was read."""
        words = [word for line in self.lines for word in line]
        letters = sum(len(word.text) for word in words)
        return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0

    def as_json(self) -> list[list[list[Any]]]:
        """Return the lines as plain values, a word as [text, confidence, left, top, width, height]."""
        return [
            [[w.text, round(w.confidence), w.box.left, w.box.top, w.box.width, w.box.height] for w in line]
            for line in self.lines
        ]

    @staticmethod
    def from_json(lines: Sequence[Sequence[Sequence[Any]]]) -> "ReadPage":
        """Return what `as_json` gave."""
        return ReadPage(
            tuple(tuple(Word(str(w[0]), float(w[1]), Box(*map(int, w[2:6]))) for w in line) for line in lines)
        )


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value read for a field: how sure (0–100), on which page of the paper (from 0), where; page -1: not found."""

    key: str
    value: str = ""
    confidence: int = 0
    page: int = -1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class SheetMark:
    """What the QR code of a separator sheet says: before which paper of which dossier it lies."""

    dossier_code: str
    component_key: str


#: A stack is at most so many pages; more is told in words, and brought in several times.
MOST_PAGES: Final = 200
#: Files of one stack.
MOST_FILES: Final = 60
#: Nghị định 30/2020/NĐ-CP, Phụ lục I: papers are digitised in colour at 200 dpi at least, 1:1, PDF 1.4 or newer.
LEAST_DPI: Final = 200
MOST_DPI: Final = 300
#: A value read less surely than this (0–100) is marked for the clerk's eyes.
SURE: Final = 85

#: Verb of the journal → what it says.
ACT_WORDS: Final[Mapping[str, str]] = {
    "stack.opened": "Đưa xấp giấy vào số hóa",
    "stack.arranged": "Sắp xếp trang quét",
    "stack.confirmed": "Xác nhận số hóa giấy tờ",
    "stack.dropped": "Bỏ xấp giấy đã quét",
    "paper.digitised": "Số hóa thành phần hồ sơ",
    "scanning.rule_set": "Đặt quy định ký số hóa",
}
