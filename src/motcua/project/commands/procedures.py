"""`motcua procedures import` and `motcua procedures export`."""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from motcua.project.commands.shell import inside
from motcua.project.runtime.console import complain, say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation

if TYPE_CHECKING:
    from motcua.importing.terms import Report

_SHOWN = 40
_SECONDS_BETWEEN = 2.0


def import_procedures(installation: Installation, *, path: Path, as_json: bool) -> int:
    """Import national procedure records; progress goes to the error output, the report to the output.

    Returns 1 when the file could not be read to its end; rows that were refused are told in the report.
    """
    if not path.is_file():
        raise StartError(f"Không có tệp {path}.")
    with inside(installation):
        from django.utils import timezone

        from motcua.identity.terms import SYSTEM
        from motcua.importing.actions import import_file

        report = import_file(actor=SYSTEM, path=path, at=timezone.now(), progress=_progress())
    complain(f"Đã đọc {report.rows} dòng.")
    if as_json:
        say(json.dumps(as_plain(report), ensure_ascii=False, indent=2))
    else:
        _show(report)
    return 1 if report.faults else 0


def as_plain(report: Report) -> dict[str, object]:
    """The report as plain JSON values."""
    return {
        "rows": report.rows,
        "taken": report.taken,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "flagged": report.flagged,
        "faults": report.faults,
        "reasons": [dataclasses.asdict(reason) for reason in report.reasons],
    }


def _progress() -> Callable[[Report], None]:
    """Say now and then how many rows have been read."""
    last = time.monotonic()

    def step(report: Report) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN:
            last = time.monotonic()
            complain(f"Đã đọc {report.rows} dòng …")

    return step


def _show(report: Report) -> None:
    say(
        f"Nhận mới {report.taken}, thay đổi {report.changed}, không đổi {report.unchanged}, từ chối {report.refused}; "
        f"{report.flagged} bản ghi còn chỗ giữ nguyên văn."
    )
    for reason in report.reasons[:_SHOWN]:
        place = f"dòng {reason.row}" if reason.row is not None else "tệp"
        say("  " + ": ".join(filter(None, [place, reason.code, reason.reason])))
    if len(report.reasons) > _SHOWN:
        say(f"  … và {len(report.reasons) - _SHOWN} lý do nữa (xem đủ bằng --json).")


def export_procedures(installation: Installation, *, path: Path | None, kind: str) -> None:
    """Write every procedure with its source records, one JSON object a line, to a file or to the output."""
    with inside(installation):
        from motcua.importing.queries import exported
        from motcua.importing.terms import KIND_LABELS

        if kind and kind not in KIND_LABELS:
            raise StartError(f"Không có loại nguồn «{kind}».", f"Hãy chọn trong: {', '.join(KIND_LABELS)}.")
        if path is None:
            count = _write(sys.stdout, exported(kind))
        else:
            with path.open("w", encoding="utf-8") as file:
                count = _write(file, exported(kind))
    complain(f"Đã xuất {count} thủ tục.")


def _write(file: TextIO, rows: Iterator[dict[str, object]]) -> int:
    count = 0
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count
