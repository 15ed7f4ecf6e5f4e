"""A package as one zip: the same files always give the same bytes; a hostile zip is refused before it is unpacked."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from motcua.kernel.errors import Invalid, Problem
from motcua.packages.terms import LARGEST_FILE, LARGEST_PACKAGE, MOST_FILES, PROCEDURE_FILE

#: The day every file of a zip bears, so that its bytes depend on nothing but what it holds.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED: Final = 0x1
_MODE: Final = 0o100644
#: What a damaged or forged zip may make the standard library raise; unreadable letters in names are ValueErrors.
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    ValueError,
    ArithmeticError,
    LookupError,
    EOFError,
    OSError,
)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return the zip of the files, stored by name in order, not compressed: its bytes are the same on every machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, _MODE << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def files_in_zip(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name, a folder around all of them taken away.

    Raises Invalid with every reason: no zip, names that lead outside, links, passwords, too many or too large files.
    """
    if len(data) > LARGEST_PACKAGE:
        raise Invalid(Problem("package_too_large", f"Gói lớn hơn {LARGEST_PACKAGE // 1024 // 1024} MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if problems := list(_problems(entries)):
                raise Invalid(problems)
            return _without_folder(_unpacked(archive, entries))
    except _UNREADABLE as error:
        message = "Không mở được tệp nén; hãy nén lại kiểu .zip thường."
        raise Invalid(Problem("zip_unreadable", message)) from error


def _problems(entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    if len(entries) > MOST_FILES:
        yield Problem("too_many_files", f"Tệp nén có hơn {MOST_FILES} tệp.")
        return
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if _leads_outside(name):
            yield Problem("zip_path", "Tên tệp dẫn ra ngoài gói.", name)
        if stat.S_ISLNK(entry.external_attr >> 16):
            yield Problem("zip_link", "Trong gói không được có liên kết tới tệp khác.", name)
        if entry.flag_bits & _ENCRYPTED:
            yield Problem("zip_encrypted", "Tệp đặt mật khẩu; hãy nén lại không mật khẩu.", name)
        if name in seen:
            yield Problem("zip_twice", "Tên tệp xuất hiện hai lần trong tệp nén.", name)
        seen.add(name)


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts or "" in parts


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Read no more than is allowed, whatever the zip says of its sizes."""
    left = LARGEST_PACKAGE
    files = {}
    for entry in entries:
        with archive.open(entry) as one:
            content = one.read(min(left, LARGEST_FILE) + 1)
        left -= len(content)
        if len(content) > LARGEST_FILE:
            message = f"Tệp lớn hơn {LARGEST_FILE // 1024} KB."
            raise Invalid(Problem("file_too_large", message, entry.filename))
        if left < 0:
            raise Invalid(Problem("package_too_large", f"Gói lớn hơn {LARGEST_PACKAGE // 1024 // 1024} MB."))
        files[entry.filename] = content
    return files


def _without_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Programs like to pack the folder itself; what a system puts beside it does not count."""
    own = {name for name in files if not name.startswith("__MACOSX/")}
    folders = {name.split("/", maxsplit=1)[0] for name in own}
    if PROCEDURE_FILE in files or len(folders) != 1:
        return files
    (folder,) = folders
    if f"{folder}/{PROCEDURE_FILE}" not in files:
        return files
    return {name.removeprefix(f"{folder}/"): files[name] for name in own}
