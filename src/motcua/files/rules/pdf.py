"""PDF files: no programs inside, no attachments, no lock, no bomb. A signed PDF is judged, never changed."""

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, cast

import pikepdf

from motcua.files.terms import Limits
from motcua.kernel.errors import Problem

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = 8
_CHUNK = 1024 * 1024
_PIECE = 64 * 1024
_DEEPEST = 40
_PROGRAM_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMedia", "/RichMediaContent"}
_PROGRAM_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMediaExecute", "/Rendition"}
_ATTACHMENT_KEYS = {"/EF", "/EmbeddedFiles", "/Collection"}
_MOST_IMAGE_PIXELS = 400_000_000


def pdf_problems(file: IO[bytes], name: str, limits: Limits, field: str = "") -> list[Problem]:
    """Return everything that speaks against a PDF file of at most `limits.size` bytes."""
    file.seek(0)
    if _unpacks_beyond(file.read(), limits.unpacked):
        return [_problem("bomb", name, field)]
    file.seek(0)
    try:
        with pikepdf.open(cast("BinaryIO", file)) as pdf:
            return [_problem(code, name, field) for code in sorted(_faults(pdf, limits))]
    except pikepdf.PasswordError:
        return [_problem("locked", name, field)]
    except (pikepdf.PdfError, ValueError, RecursionError, RuntimeError, KeyError, TypeError, AttributeError):
        return [_problem("unreadable", name, field)]


_MESSAGES = {
    "bomb": "phình quá lớn khi mở nên không được nhận. Hãy in lại thành PDF mới rồi tải lên.",
    "locked": "bị khóa hoặc mã hóa bằng mật khẩu. Hãy bỏ mật khẩu (in lại thành PDF mới) rồi tải lên.",
    "unreadable": "bị hỏng, không mở được. Hãy mở thử, lưu lại thành PDF mới rồi tải lên.",
    "program": "có chương trình chạy bên trong (mã lệnh, biểu mẫu động). Hãy in lại thành PDF mới rồi tải lên.",
    "attachment": "có tệp khác đính kèm bên trong. Hãy gửi tệp đó riêng và tải lên bản PDF không đính kèm.",
    "too_long": "có quá nhiều trang hoặc đối tượng. Hãy tách thành nhiều tệp rồi tải lên.",
    "no_pages": "không có trang nào. Hãy kiểm tra và chọn lại tệp.",
}


def _problem(code: str, name: str, field: str) -> Problem:
    return Problem(f"pdf_{code}", f"Tệp PDF “{name}” {_MESSAGES[code]}", field)


def _faults(pdf: pikepdf.Pdf, limits: Limits) -> set[str]:
    if pdf.is_encrypted:
        return {"locked"}
    if len(pdf.objects) > limits.objects:
        return {"too_long"}
    faults = {fault for thing in pdf.objects for fault in _faults_of(thing, _DEEPEST)}
    faults |= set(_faults_of(pdf.trailer, _DEEPEST))
    pages = len(pdf.pages)
    if not pages:
        faults.add("no_pages")
    if pages > limits.pages:
        faults.add("too_long")
    return faults


def _faults_of(thing: Any, depth: int) -> Iterator[str]:
    """Walk one object and what it holds directly; what it refers to is walked on its own."""
    if depth == 0:
        yield "bomb"
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield from _dictionary_faults(thing, depth)
    elif isinstance(thing, pikepdf.Array):
        for inner in thing:
            if _is_direct_container(inner):
                yield from _faults_of(inner, depth - 1)


def _dictionary_faults(thing: Any, depth: int) -> Iterator[str]:
    for key, value in thing.items():
        if key in _PROGRAM_KEYS or (key == "/S" and str(value) in _PROGRAM_ACTIONS):
            yield "program"
        elif key in _ATTACHMENT_KEYS:
            yield "attachment"
        elif _is_direct_container(value):
            yield from _faults_of(value, depth - 1)
    if isinstance(thing, pikepdf.Stream) and _is_swollen(thing):
        yield "bomb"


def _is_direct_container(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _is_swollen(stream: pikepdf.Stream) -> bool:
    filters = stream.get("/Filter")
    chain = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    packed_twice = sum(one in {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode"} for one in chain) > 1
    if stream.get("/Subtype") != "/Image":
        return packed_twice
    return packed_twice or _number(stream.get("/Width")) * _number(stream.get("/Height")) > _MOST_IMAGE_PIXELS


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int) else 0


def _unpacks_beyond(content: bytes, limit: int) -> bool:
    """Say whether the deflated streams hold more than `limit` bytes, before any library unpacks them."""
    total = 0
    for found in _STREAM.finditer(content):
        head = content[found.end() : found.end() + 2]
        if len(head) == 2 and head[0] & 0x0F == _FLATE and int.from_bytes(head) % 31 == 0:  # noqa: PLR2004 RFC 1950
            total += _inflated(content, found.end(), limit - total)
            if total > limit:
                return True
    return False


def _inflated(content: bytes, start: int, limit: int) -> int:
    """Return how many bytes a zlib stream unpacks to, or a number over `limit`; holds one megabyte at a time."""
    unpacker, total, waiting = zlib.decompressobj(), 0, b""
    try:
        while not unpacker.eof and total <= limit:
            if not waiting:
                waiting, start = content[start : start + _PIECE], start + _PIECE
                if not waiting:
                    break
            total += len(unpacker.decompress(waiting, _CHUNK))
            waiting = unpacker.unconsumed_tail
    except zlib.error:
        pass
    return total
