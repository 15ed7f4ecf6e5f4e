"""A list of dossiers as rows of an Excel file."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Final

from django.db.models import QuerySet

from motcua.agencies.queries import unit
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.steps import steps_of
from motcua.dossiers.rules.masking import mask_name
from motcua.dossiers.terms import Channel, Status
from motcua.sites.office.sheets import write_table

MOST_ROWS: Final = 10_000
_CHUNK: Final = 2000
_COLUMNS: Final = (
    "code", "procedure__code", "procedure__name", "status", "version_id", "step_key", "unit_id", "holder__full_name",
    "channel", "submitted_at", "received_at", "due_at", "answer_due_at", "shelf", "owner__name",
)  # fmt: skip
_PEOPLE: Final = ("owner__personal_id", "owner__phone", "owner__address")
_HEADERS: Final = (
    "Mã hồ sơ", "Mã thủ tục", "Thủ tục", "Trạng thái", "Bước", "Đang ở", "Người giữ", "Cách nộp", "Nộp lúc",
    "Tiếp nhận lúc", "Hẹn trả", "Phải trả lời trước", "Nơi để", "Chủ hồ sơ",
)  # fmt: skip
_PEOPLE_HEADERS: Final = ("Số định danh", "Số điện thoại", "Địa chỉ")


def excel_of(title: str, found: QuerySet[Dossier], *, people: bool) -> IO[bytes]:
    """Return an open temporary file with at most `MOST_ROWS` dossiers; without `people` names are shortened.

    Rows are read and written in pieces: memory does not grow with their number.
    """
    headers = [*_HEADERS, *(_PEOPLE_HEADERS if people else ())]
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_table(file, title, headers, _lines(found, people=people))
    file.seek(0)
    return file


def _lines(found: QuerySet[Dossier], *, people: bool) -> Iterator[Sequence[object]]:
    columns = [*_COLUMNS, *(_PEOPLE if people else ())]
    rows = found.select_related(None).values_list(*columns)[:MOST_ROWS]
    for row in rows.iterator(chunk_size=_CHUNK):
        yield _line(dict(zip(columns, row, strict=True)), people=people)


def _line(row: dict[str, object], *, people: bool) -> list[object]:
    version_id, unit_id = row["version_id"], row["unit_id"]
    step = steps_of([int(str(version_id))])[int(str(version_id))][str(row["step_key"])].name
    owner = str(row["owner__name"])
    line: list[object] = [
        row["code"],
        row["procedure__code"],
        row["procedure__name"],
        Status(int(str(row["status"]))).label,
        step,
        unit(int(str(unit_id))).name,
        row["holder__full_name"] or "",
        Channel(str(row["channel"])).label,
        *moments(row[name] for name in ("submitted_at", "received_at", "due_at")),
        *moments([row["answer_due_at"] if row["received_at"] is None else None]),
        row["shelf"],
        owner if people else mask_name(owner),
    ]
    return line + [row[name] for name in _PEOPLE] if people else line


def moments(values: Iterable[object]) -> list[object]:
    """Return moments, "" where there is none."""
    return [value if isinstance(value, datetime) else "" for value in values]
