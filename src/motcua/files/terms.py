"""Words of the room: kinds of files, limits, what a stored file is called."""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024

#: What data say in place of a thing that nobody knows before the paper is issued: the paper keeps room for it, filled
#: in with the signature of who issues it. Private characters, which no text that people type keeps.
BLANK_NUMBER, BLANK_DAY, BLANK_DATE, BLANK_TITLE, BLANK_SIGNER = BLANKS = (
    "\ue101",
    "\ue102",
    "\ue103",
    "\ue104",
    "\ue105",
)


class MediaType(StrEnum):
    """The kinds of files that are taken in."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]

    @property
    def extension(self) -> str:
        """The usual ending of its name, with the dot."""
        return _EXTENSIONS[self][0]

    @property
    def extensions(self) -> tuple[str, ...]:
        """Every ending its name may have, with the dot, lower case."""
        return _EXTENSIONS[self]

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self in {MediaType.JPEG, MediaType.PNG}


_LABELS = {
    MediaType.PDF: "PDF",
    MediaType.JPEG: "ảnh JPG",
    MediaType.PNG: "ảnh PNG",
    MediaType.DOCX: "Word (docx)",
    MediaType.XLSX: "Excel (xlsx)",
}
_EXTENSIONS: dict[MediaType, tuple[str, ...]] = {
    MediaType.PDF: (".pdf",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.DOCX: (".docx",),
    MediaType.XLSX: (".xlsx",),
}


class Fault(StrEnum):
    """What may be wrong with a kept content; "" in the database when nothing is."""

    MISSING = "missing"
    DAMAGED = "damaged"
    INFECTED = "infected"

    @property
    def label(self) -> str:
        """What an administrator reads."""
        return _FAULT_LABELS[self]


_FAULT_LABELS = {
    Fault.MISSING: "mất nội dung",
    Fault.DAMAGED: "nội dung bị hỏng",
    Fault.INFECTED: "có mã độc, đã chặn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one file may be: bytes, pixels, pages, objects, unpacked bytes."""

    size: int = 20 * MEGABYTE
    pixels: int = 60_000_000
    pages: int = 3_000
    objects: int = 200_000
    unpacked: int = 600 * MEGABYTE
    entries: int = 5_000
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is safely kept: hex SHA-256 of what is kept, bytes, media type, cleaned name."""

    sha256: str
    size: int
    media_type: str
    name: str
