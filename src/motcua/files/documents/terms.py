"""What an official document consists of (Nghị định 30/2020/NĐ-CP, Điều 8): nine components and what may be added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import TextChoices

BlockKind = Literal["text", "article", "chapter", "heading", "fields", "table"]


class Urgency(TextChoices):
    """How fast a document travels."""

    NORMAL = "", "Thường"
    URGENT = "urgent", "Khẩn"
    VERY_URGENT = "very_urgent", "Thượng khẩn"
    EXPRESS = "express", "Hỏa tốc"


class Circulation(TextChoices):
    """Who may keep or pass on a document."""

    FREE = "", "Không giới hạn"
    RETURN = "return", "Xem xong trả lại"
    INTERNAL = "internal", "Lưu hành nội bộ"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the content; made by `text`, `article`, `chapter`, `heading`, `fields`, `table`."""

    kind: BlockKind
    text: str = ""
    head: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: authority and titles, a line each ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), and the name."""

    titles: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Annex:
    """A phụ lục; it begins on a page of its own. `number`: "I", or "" for the only one."""

    title: str
    body: tuple[Block, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An official document.

    `number` is the number and symbol ("15/QĐ-UBND"), "" as long as none was given; `day` its day, None likewise.
    `about`: trích yếu. `authority`: who decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN TIẾN"), for decisions and telegrams.
    `grounds`: căn cứ. `enclosed`: what a statute comes with. `archive`: after "Lưu: VT", drafter and number of copies
    ("VP, NVA.15"). `contact`: address, telephone, e-mail, at the foot of a letter's first page. `url` becomes the QR
    code. Signers stand from left to right; the last one is who issues it.
    """

    agency_name: str
    place: str
    issued_at: datetime
    about: str
    body: tuple[Block, ...]
    signers: tuple[Signer, ...]
    parent_name: str = ""
    number: str = ""
    day: date | None = None
    authority: str = ""
    grounds: tuple[str, ...] = ()
    enclosed: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = "VT"
    urgency: Urgency = Urgency.NORMAL
    circulation: Circulation = Circulation.FREE
    contact: str = ""
    url: str = ""
    annexes: tuple[Annex, ...] = ()


def text(words: str) -> Block:
    """A paragraph."""
    return Block("text", words)


def article(number: int, words: str) -> Block:
    """Điều 1. …, its paragraphs one a line."""
    return Block("article", words, f"Điều {number}.")


def chapter(number: str, title: str) -> Block:
    """Chương I with its title, in the middle."""
    return Block("chapter", title, f"Chương {number}")


def heading(words: str) -> Block:
    """A heading of a part: "I. KẾT QUẢ"."""
    return Block("heading", words)


def fields(*pairs: tuple[str, str]) -> Block:
    """Lines of a label and a value."""
    return Block("fields", rows=pairs)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """A table; its rows are numbered and its head repeats on each page."""
    return Block("table", heads=tuple(heads), rows=tuple(tuple(row) for row in rows))
