"""`motcua processes import` and `motcua forms import`: configurations of other one-stop systems."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from motcua.project.commands.procedures import as_plain
from motcua.project.commands.shell import inside
from motcua.project.runtime.console import say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation

if TYPE_CHECKING:
    from motcua.importing.actions.import_configurations import ConfigurationReport

_MOST_BYTES = 200 * 1024 * 1024


def import_file(
    installation: Installation, path: str, *, wanted: Literal["processes", "forms"], code: str, as_json: bool
) -> int:
    """Bring the processes or forms of a file in as drafts; 1 when a row was refused."""
    data = _content(path)
    with inside(installation):
        from django.utils import timezone

        from motcua.identity.terms import SYSTEM
        from motcua.importing.actions.import_configurations import import_configurations

        report = import_configurations(
            actor=SYSTEM, data=data, wanted=wanted, at=timezone.now(), code=code, tell=_progress
        )
    sys.stderr.write("\n")
    (_say_json if as_json else _say)(report)
    return 1 if report.refused else 0


def _content(path: str) -> bytes:
    file = Path(path)
    if not file.is_file():
        raise StartError(f"Không có tệp {path}.")
    if file.stat().st_size > _MOST_BYTES:
        raise StartError(f"Tệp {path} lớn hơn {_MOST_BYTES // 1024 // 1024} MB.")
    return file.read_bytes()


def _progress(row: int) -> None:
    sys.stderr.write(f"\rĐã đọc {row} bản ghi")
    sys.stderr.flush()


def _say_json(report: ConfigurationReport) -> None:
    checked = {"passed": report.passed, "failed": report.failed, "kinds": dict(report.kinds)}
    say(json.dumps({**as_plain(report), **checked}, ensure_ascii=False, indent=2))


def _say(report: ConfigurationReport) -> None:
    for one in report.reasons:
        say(f"Dòng {one.row}, {one.code}, {one.field}: {one.reason}")
    say(
        f"Nhận mới {report.taken}, thay đổi {report.changed}, không đổi {report.unchanged}, từ chối {report.refused};"
        f" {report.flagged} bản ghi có chỗ cần xem lại."
    )
    if report.passed or report.failed:
        say(f"Bộ kiểm tra quy trình: {report.passed} đạt, {report.failed} chưa đạt.")
    total = sum(report.kinds.values())
    for kind, count in report.kinds.most_common():
        say(f"  {kind or 'không phải ô'}: {count} ({100 * count / total:.1f} %)")
