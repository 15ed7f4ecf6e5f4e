"""Word and Excel files: what the ZIP holds, without unpacking it."""

import zipfile
from typing import IO

from motcua.files.terms import Limits, MediaType
from motcua.kernel.errors import Problem

_MAIN_PARTS = {"word/document.xml": MediaType.DOCX, "xl/workbook.xml": MediaType.XLSX}
_CONTENT_TYPES = "[Content_Types].xml"
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError)
_ENCRYPTED = 0x1
_SMALL = 1024 * 1024
_TEMPLATE_LINKS = "word/_rels/settings.xml.rels"


def office_kind(file: IO[bytes]) -> MediaType | None:
    """Return which office file a ZIP is; None for any other ZIP."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except _BROKEN:
        return None
    if _CONTENT_TYPES not in names:
        return None
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)


def office_problems(file: IO[bytes], name: str, limits: Limits, field: str = "") -> list[Problem]:
    """Return what speaks against a docx or xlsx file: macros, embedded programs, outside templates, a ZIP bomb."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            problems = _bomb_problems(entries, name, limits, field)
            return problems or _content_problems(archive, entries, name, field)
    except _BROKEN:
        return [Problem("office_unreadable", f"Tệp “{name}” bị hỏng. Hãy mở, lưu lại rồi tải lên.", field)]


def _bomb_problems(entries: list[zipfile.ZipInfo], name: str, limits: Limits, field: str) -> list[Problem]:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    swollen = unpacked > limits.unpacked or (unpacked > 10 * _SMALL and unpacked / packed > limits.ratio)
    if swollen or len(entries) > limits.entries:
        return [
            Problem(
                "office_bomb",
                f"Tệp “{name}” phình quá lớn khi mở nên không được nhận. Hãy lưu lại thành PDF rồi tải lên.",
                field,
            )
        ]
    return []


def _content_problems(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, field: str) -> list[Problem]:
    names = [entry.filename.lower() for entry in entries]
    problems = []
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        problems.append(
            Problem("office_locked", f"Tệp “{name}” bị khóa bằng mật khẩu. Hãy bỏ mật khẩu rồi tải lên.", field)
        )
    if any(part.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) or "/activex/" in part for part in names):
        problems.append(
            Problem("office_macro", f"Tệp “{name}” có macro (chương trình). Hãy lưu lại thành PDF rồi tải lên.", field)
        )
    if any("oleobject" in part for part in names):
        problems.append(
            Problem("office_embedded", f"Tệp “{name}” có tệp khác nhúng bên trong. Hãy gửi tệp đó riêng.", field)
        )
    if _outside_template(archive):
        problems.append(
            Problem("office_outside", f"Tệp “{name}” gọi tới mẫu ở máy khác. Hãy lưu lại thành PDF rồi tải lên.", field)
        )
    return problems


def _outside_template(archive: zipfile.ZipFile) -> bool:
    if _TEMPLATE_LINKS not in archive.namelist() or archive.getinfo(_TEMPLATE_LINKS).flag_bits & _ENCRYPTED:
        return False
    with archive.open(_TEMPLATE_LINKS) as part:
        links = part.read(_SMALL)
    return b'"External"' in links and b"attachedTemplate" in links
