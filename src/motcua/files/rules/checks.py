"""May this file be kept? Every reason against it at once, in words that say what to do."""

from collections.abc import Callable
from typing import IO

from motcua.files.rules.images import image_problems
from motcua.files.rules.names import extension_of, size_in_words
from motcua.files.rules.office import office_kind, office_problems
from motcua.files.rules.pdf import pdf_problems
from motcua.files.terms import Limits, MediaType
from motcua.kernel.errors import Problem

ALLOWED = "PDF, ảnh JPG hoặc PNG, Word (docx), Excel (xlsx)"
_HEIC_ENDINGS = {".heic", ".heif"}
_TIFF_ENDINGS = {".tif", ".tiff"}
_OLD_OFFICE_ENDINGS = {".doc", ".xls", ".docm", ".xlsm"}
_HEAD = 16
_ALIASES = {"image/jpg": MediaType.JPEG, "image/pjpeg": MediaType.JPEG, "application/x-pdf": MediaType.PDF}


def size_problem(size: int | None, *, name: str, limit: int, field: str = "") -> Problem:
    """Say that a file is too big: its size (None: not known, reading stopped) and the limit, both in bytes."""
    weight = f"nặng {size_in_words(size)}, vượt" if size is not None else "vượt"
    return Problem(
        "file_too_big",
        f"Tệp “{name}” {weight} mức tối đa {size_in_words(limit)}. Hãy quét ở 200–300 dpi, nén lại hoặc tách thành "
        "nhiều tệp rồi tải lên lần nữa.",
        field,
    )


def recognise(file: IO[bytes]) -> MediaType | None:
    """Return what the first bytes (and, for ZIP, the contents) say the file is; None for anything not taken in."""
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    return office_kind(file) if head.startswith(b"PK\x03\x04") else None


def content_problems(
    file: IO[bytes], *, name: str, declared_type: str, limits: Limits, field: str = ""
) -> tuple[MediaType | None, list[Problem]]:
    """Return the kind of the file and everything against keeping it.

    `file` is seekable and within `limits.size`; `name` is a cleaned name; `declared_type` is what the sender says it
    is ("" or a general type where the sender does not know).
    """
    file.seek(0)
    if not file.read(1):
        return None, [
            Problem("file_empty", f"Tệp “{name}” không có nội dung (0 byte). Hãy kiểm tra và chọn lại tệp.", field)
        ]
    kind = recognise(file)
    problems = _name_problems(name, kind, declared_type, field)
    if kind is not None:
        file.seek(0)
        problems += _INSPECTIONS[kind](file, name, limits, field)
    return kind, problems


_INSPECTIONS: dict[MediaType, Callable[[IO[bytes], str, Limits, str], list[Problem]]] = {
    MediaType.PDF: pdf_problems,
    MediaType.JPEG: image_problems,
    MediaType.PNG: image_problems,
    MediaType.DOCX: office_problems,
    MediaType.XLSX: office_problems,
}


def _name_problems(name: str, kind: MediaType | None, declared_type: str, field: str) -> list[Problem]:
    ending = extension_of(name)
    if kind is None:
        return [Problem("file_type_not_allowed", _refusal(name, ending), field)]
    if ending not in kind.extensions or _declared(declared_type) not in {None, kind}:
        said = ending or _label_of(declared_type) or "không rõ"
        return [
            Problem(
                "file_type_differs",
                f"Tệp “{name}” không đúng loại đã khai: khai là {said} nhưng nội dung là {kind.label}. "
                f"Hãy đặt lại tên tệp có đuôi {kind.extension} hoặc chọn đúng tệp.",
                field,
            )
        ]
    return []


def _declared(declared_type: str) -> MediaType | None:
    bare = declared_type.partition(";")[0].strip().lower()
    if bare in _ALIASES:
        return _ALIASES[bare]
    return MediaType(bare) if bare in set(MediaType) else None


def _label_of(declared_type: str) -> str:
    declared = _declared(declared_type)
    return declared.label if declared else ""


def _refusal(name: str, ending: str) -> str:
    if ending in _HEIC_ENDINGS:
        return (
            f"Tệp “{name}” là ảnh HEIC của iPhone, chưa dùng được ở đây. Hãy vào Cài đặt → Camera → Định dạng → "
            "Tương thích nhất rồi chụp lại, hoặc gửi ảnh dạng JPG."
        )
    if ending in _TIFF_ENDINGS:
        return f"Tệp “{name}” là ảnh TIFF. Hãy chọn lưu thành PDF ở máy quét rồi quét lại, hoặc gửi ảnh JPG."
    if ending in _OLD_OFFICE_ENDINGS:
        return f"Tệp “{name}” thuộc loại cũ hoặc có macro. Hãy lưu lại thành PDF, docx hoặc xlsx rồi tải lên."
    known = any(ending in kind.extensions for kind in MediaType)
    if known:
        return f"Tệp “{name}” bị hỏng hoặc không đúng loại đã khai ({ending}). Hãy mở thử, lưu lại rồi tải lên lần nữa."
    return f"Tệp “{name}” thuộc loại không được nhận. Chỉ nhận {ALLOWED}."
