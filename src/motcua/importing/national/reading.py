"""From a file to rows: JSON, JSON lines, both gzipped, and Excel, told apart by content, never by name.

Nothing here stops at a bad row: it becomes a `Row` with a fault, and the next one is read. Files are read piece by
piece, so a large one needs no more memory than its largest record.
"""

import codecs
import gzip
import io
import itertools
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from motcua.importing.national.sheets import sheet_rows

_CHUNK = 1 << 16
_GZIP, _ZIP, _COMPOUND = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: A record larger than this is no procedure but a broken file.
_LONGEST = 32 << 20
_LOOKAHEAD = 20
_ENVELOPE_KEYS = ("result", "data", "items", "records")
_ENVELOPE = re.compile(r'"(?:result|data|items|records)"\s*:\s*(?=[\[{])', re.IGNORECASE)
_MARKS = re.compile(r'\\.|["{}\[\]]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the file holds it. `number` is the line (JSON lines), the sheet's row, or the place in the list.

    `fault` says why there is no `value`; a fault without a number concerns the file, not a row.
    """

    number: int | None
    value: dict[str, Any] | None = None
    fault: str = ""


class _CutError(Exception):
    """The file ends before its time; `str()` says how."""


def rows_of(path: Path) -> Iterator[Row]:
    """Yield the rows of the file, bad ones with their fault. Raises OSError when it cannot be opened."""
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start.startswith((_ZIP, _COMPOUND)):
            yield from _sheet(path)
        elif start.startswith(_GZIP):
            with gzip.open(file) as unpacked:
                yield from _text_rows(_Source(unpacked))
        else:
            yield from _text_rows(_Source(file))


def _sheet(path: Path) -> Iterator[Row]:
    for number, value, fault in sheet_rows(path):
        yield Row(number, value, fault)


class _Source:
    """Text of a byte stream in pieces; remembers when the stream broke off."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile) -> None:
        self._stream = stream
        self._decoder: codecs.IncrementalDecoder | None = None
        self.cut = ""

    def chunks(self) -> Iterator[str]:
        while True:
            try:
                piece = self._stream.read1(_CHUNK) if isinstance(self._stream, gzip.GzipFile) else self._read()
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                self.cut = f"Tệp nén bị cắt hoặc hỏng ({error}); phần đọc được đã nhập."
                piece = b""
            if not piece:
                break
            yield self._decoded(piece)
        if self._decoder is not None and (rest := self._decoder.decode(b"", final=True)):
            yield rest

    def _read(self) -> bytes:
        return self._stream.read(_CHUNK)

    def _decoded(self, piece: bytes) -> str:
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(_encoding_of(piece))(errors="replace")
        return self._decoder.decode(piece)

    def lines(self) -> Iterator[str]:
        rest = ""
        for chunk in self.chunks():
            *whole, rest = (rest + chunk).split("\n")
            if len(rest) > _LONGEST:
                raise _CutError("Một dòng dài quá 32 triệu ký tự: không phải bản ghi thủ tục.")
            yield from whole
        if rest:
            yield rest


def _encoding_of(piece: bytes) -> str:
    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if piece[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if piece[:1] == b"\0" else "utf-8-sig"


def _text_rows(source: _Source) -> Iterator[Row]:
    try:
        yield from _of_lines_or_document(source)
    except _CutError as cut:
        yield Row(None, fault=str(cut))
    if source.cut:
        yield Row(None, fault=source.cut)


def _of_lines_or_document(source: _Source) -> Iterator[Row]:
    lines = source.lines()
    first = list(itertools.islice(lines, _LOOKAHEAD))
    if not any(line.strip() for line in first):
        rest = next((line for line in lines if line.strip()), None)
        if rest is None:
            yield Row(None, fault="Tệp không có bản ghi nào.")
            return
        first = [*first, rest]
    together = itertools.chain(first, lines)
    if _is_by_line(first):
        yield from _line_rows(together, source)
    else:
        yield from _document_rows(together, source)


def _is_by_line(first: list[str]) -> bool:
    """Whether each line is a record, also within the brackets of a list."""
    filled = [text for line in first if (text := _bare(line))]
    whole = any(_object(text) is not None for text in filled)
    return whole and sum(text.startswith("{") for text in filled) * 2 >= len(filled)


def _bare(line: str) -> str:
    """A line without what only joins it to its neighbours in a list: "[", "," and "]"."""
    text = line.strip("\ufeff \r\n\t").removeprefix("[").strip()
    text = text.removesuffix(",").rstrip()
    return text.removesuffix("]").rstrip() if text.startswith(("{", "]")) else text


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _line_rows(lines: Iterator[str], source: _Source) -> Iterator[Row]:
    waiting: tuple[int, str] | None = None
    for number, line in enumerate(lines, start=1):
        text = _bare(line)
        if not text:
            continue
        if waiting is not None:
            yield from _rows_in(*waiting)
        waiting = (number, text)
    if waiting is not None:
        yield from _rows_in(*waiting, cut=bool(source.cut))


def _rows_in(number: int, text: str, *, cut: bool = False) -> Iterator[Row]:
    """The rows of one piece of JSON: one, or those within its envelope."""
    try:
        value = json.loads(text)
    except RecursionError:
        yield Row(number, fault="Dữ liệu lồng nhau quá sâu.")
    except ValueError as error:
        yield Row(number, fault="Bản ghi bị cắt dở ở cuối tệp." if cut else f"Không đọc được JSON: {error}.")
    else:
        for record in _unwrapped(value):
            if record is None:
                yield Row(None, fault="Nguồn trả lời bằng mã lỗi, không kèm bản ghi.")
            elif isinstance(record, dict):
                yield Row(number, record)
            else:
                yield Row(number, fault="Không phải một bản ghi (cần một đối tượng JSON).")


def _unwrapped(value: Any) -> list[Any]:
    """The records within {"error_code": 0, "result": […]}; anything else is a record itself."""
    if isinstance(value, dict) and any(key.lower() in {"error_code", "errorcode"} for key in value):
        for key, inner in value.items():
            if key.lower() in _ENVELOPE_KEYS:
                return inner if isinstance(inner, list) else [inner]
    if isinstance(value, list):
        return value
    return [value]


def _document_rows(lines: Iterator[str], source: _Source) -> Iterator[Row]:
    """The records of one JSON text: a list, an envelope around one, one object, or objects one after another."""
    number, said = 0, False
    for text, whole in _pieces(_from_records(lines)):
        cut = not whole
        for row in _rows_in(number + 1, text, cut=cut):
            said = True
            number += row.number is not None
            yield Row(number if row.number is not None else None, row.value, row.fault)
        if cut and not source.cut:
            yield Row(None, fault="Tệp kết thúc khi bản ghi cuối chưa đóng ngoặc.")
    if not said:
        yield Row(None, fault="Không có bản ghi nào trong tệp, hoặc nguồn báo lỗi.")


def _from_records(lines: Iterator[str]) -> Iterator[str]:
    """The text from where its records begin: within the outer list, or within an envelope's."""
    head = ""
    for line in lines:
        head += line + "\n"
        if len(head) > _CHUNK or head.lstrip("\ufeff \r\n\t").startswith("["):
            break
    head = head.lstrip("\ufeff \r\n\t")
    if head.startswith("["):
        yield head[1:]
    elif _is_envelope(head) and (found := _ENVELOPE.search(head)):
        yield head[found.end() :].removeprefix("[")
    else:
        yield head
    for line in lines:
        yield line + "\n"


def _is_envelope(head: str) -> bool:
    start = head[:400].lower()
    return start.startswith("{") and ('"error' in start or '"result"' in start)


def _pieces(chunks: Iterator[str]) -> Iterator[tuple[str, bool]]:
    """Cut the text into its outermost objects; the last one may be unfinished (False).

    Ends at a bracket that closes more than was opened: the end of the list.
    """
    cutter = _Cutter()
    for chunk in chunks:
        yield from ((piece, True) for piece in cutter.feed(chunk))
        if cutter.is_over:
            return
    if rest := cutter.rest():
        yield rest, False


class _Cutter:
    """Follows braces and strings through text that comes in pieces; keeps no more than one record."""

    def __init__(self) -> None:
        self._kept = io.StringIO()
        self._depth = 0
        self._in_text = False
        self.is_over = False

    def feed(self, chunk: str) -> Iterator[str]:
        begun = 0
        for mark in _MARKS.finditer(chunk):
            sign = mark.group()
            if sign == '"':
                self._in_text = not self._in_text
                continue
            if self._in_text or sign.startswith("\\"):
                continue
            if sign in "{[":
                begun = begun if self._depth else mark.start()
                self._depth += 1
            elif self._depth <= 1:
                if not self._depth:
                    self.is_over = True
                    return
                self._depth = 0
                yield self._kept.getvalue() + chunk[begun : mark.end()]
                self._kept = io.StringIO()
                begun = mark.end()
            else:
                self._depth -= 1
        self._keep(chunk[begun:])

    def _keep(self, text: str) -> None:
        if not self._depth:
            return
        self._kept.write(text)
        if self._kept.tell() > _LONGEST:
            raise _CutError("Một bản ghi dài quá 32 triệu ký tự hoặc thiếu dấu đóng ngoặc.")

    def rest(self) -> str:
        return self._kept.getvalue() if self._depth else ""
