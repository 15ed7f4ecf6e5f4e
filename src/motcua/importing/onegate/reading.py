"""From a file of a one-stop system to rows: JSON of processes or forms, BPMN 2.0, the ministry's workbook."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from motcua.importing.onegate.fields import form_from
from motcua.importing.onegate.steps import process_from
from motcua.importing.onegate.terms import FormRow, Note, ProcessRow, Unread
from motcua.importing.onegate.workbook import is_workbook_of_processes, process_in, sheets_of
from motcua.kernel.errors import Invalid, Problem
from motcua.processes.rules.bpmn import from_bpmn

Wanted = Literal["processes", "forms"]
_ZIP = b"PK\x03\x04"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Record:
    row: int
    code: str
    raw: Mapping[str, Any]


def rows_of(data: bytes, wanted: Wanted) -> Iterator[ProcessRow | FormRow | Unread]:
    """Yield what the file holds, row by row; a row that cannot be understood is `Unread` and does not stop the rest.

    The shape is recognised by content. Raises Invalid when the whole file is of no known shape.
    """
    body = data.removeprefix(_BOM).lstrip()
    if body.startswith(_ZIP):
        yield from _of_workbook(data, wanted)
    elif body.startswith(b"<"):
        yield from _of_bpmn(data, wanted)
    else:
        yield from _of_json(body, wanted)


def _of_json(body: bytes, wanted: Wanted) -> Iterator[ProcessRow | FormRow | Unread]:
    try:
        found = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _unknown("Tệp không phải JSON đọc được.") from error
    records = list(_records(found))
    if not records:
        raise _unknown("Tệp không có bản ghi nào.")
    for record in records:
        yield _row_of(record, wanted)


def _records(found: Any) -> Iterator[_Record]:
    """Records of {code: [record, …]}, of a list, or a single one; a code met again gets its place behind it."""
    if isinstance(found, list):
        groups: Sequence[tuple[str, Any]] = [(_code_in(one), one) for one in found]
    elif isinstance(found, dict) and not ({"steps", "lines"} & set(found)):
        groups = [
            (str(code), one) for code, some in found.items() for one in (some if isinstance(some, list) else [some])
        ]
    else:
        groups = [(_code_in(found), found)]
    met: dict[str, int] = {}
    for row, (code, raw) in enumerate(groups, start=1):
        met[code] = met.get(code, 0) + 1
        own = code if met[code] == 1 else f"{code} #{met[code]}"
        yield _Record(row, own, raw if isinstance(raw, Mapping) else {})


def _code_in(raw: Any) -> str:
    return str(raw.get("code") or raw.get("id") or "") if isinstance(raw, Mapping) else ""


def _row_of(record: _Record, wanted: Wanted) -> ProcessRow | FormRow | Unread:
    try:
        if wanted == "processes":
            return process_from(record.raw, row=record.row, code=record.code)
        return form_from(record.raw, row=record.row, code=record.code)
    except (ValueError, TypeError, AttributeError) as error:
        known = str(error) if type(error) is ValueError else "Bản ghi không đúng cấu trúc của một hệ thống một cửa."
        return Unread(record.row, record.code, (Note("", "unread", known),))


def _of_bpmn(data: bytes, wanted: Wanted) -> Iterator[ProcessRow | Unread]:
    if wanted == "forms":
        raise _unknown("Tệp BPMN mô tả quy trình, không có biểu mẫu.")
    found = from_bpmn(data)
    notes = tuple(Note("steps", "bpmn", message) for message in found.notes)
    yield ProcessRow(row=1, code=found.code or found.name, name=found.name, steps=found.steps, notes=notes)


def _of_workbook(data: bytes, wanted: Wanted) -> Iterator[ProcessRow | Unread]:
    try:
        sheets = sheets_of(data)
    except ValueError as error:
        raise _unknown(str(error)) from error
    if wanted == "forms" or not is_workbook_of_processes(sheets):
        raise _unknown("Bảng tính không có hai trang «Bước xử lý» và «Thao tác xử lý».")
    found = process_in(sheets)
    if found is None:
        yield Unread(1, "", (Note("", "empty", "Trang «Bước xử lý» chưa có dòng nào."),))
    else:
        yield found


def _unknown(message: str) -> Invalid:
    return Invalid(Problem("unknown_shape", message, "file"))
