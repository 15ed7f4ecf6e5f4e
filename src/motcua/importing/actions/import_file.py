"""Nhập danh mục thủ tục quốc gia từ tệp."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import InterfaceError, OperationalError, ProgrammingError

from motcua.identity.terms import Actor
from motcua.importing.actions.import_record import Outcome, Run, import_record
from motcua.importing.national.reading import Row, rows_of
from motcua.importing.terms import Reason, Report
from motcua.kernel.errors import MotCuaError, NotPermitted
from motcua.procedures.access import require_catalogue

Progress = Callable[[Report], None]


def import_file(*, actor: Actor, path: Path, at: datetime, progress: Progress = lambda _report: None) -> Report:
    """Nhập danh mục từ tệp: each row in its own transaction; a bad one is told and the rest goes on.

    `progress` is called after every row. Raises NotPermitted; a file that cannot be read is a fault in the report.
    """
    require_catalogue(actor)
    report = Report()
    run = Run(file=path.name)
    run.load()
    try:
        for row in rows_of(path):
            _one(actor, row, run, report, at)
            progress(report)
    except OSError as error:
        _fault(report, f"Không đọc được tệp: {error.strerror or error}.")
    return report


def _one(actor: Actor, row: Row, run: Run, report: Report, at: datetime) -> None:
    if row.value is None:
        if row.number is None:
            _fault(report, row.fault)
        else:
            _refuse(report, row.number, "", "row_not_read", row.fault)
        return
    try:
        outcome = import_record(actor=actor, value=row.value, row=row.number, run=run, at=at)
    except (OperationalError, InterfaceError, ProgrammingError, NotPermitted):
        raise
    except MotCuaError as refusal:
        for problem in refusal.problems[:1]:
            _refuse(report, row.number, "", problem.code, problem.message)
    except Exception as error:  # one row must not stop the others, whatever is in it
        _refuse(report, row.number, "", "row_failed", f"Không nhập được dòng này ({type(error).__name__}).")
    else:
        _tell(report, row.number, outcome)


def _tell(report: Report, row: int | None, outcome: Outcome) -> None:
    report.count(outcome.result)
    report.flagged += bool(outcome.flags)
    for note in outcome.notes:
        report.reasons.append(Reason(row, outcome.code, outcome.result, note.field, note.message, note.code))
    if outcome.result != "unchanged":
        for flag in outcome.flags:
            report.reasons.append(Reason(row, outcome.code, outcome.result, flag.field, flag.message, flag.code))


def _refuse(report: Report, row: int | None, code: str, reason_code: str, reason: str) -> None:
    report.count("refused")
    report.reasons.append(Reason(row, code, "refused", "", reason, reason_code))


def _fault(report: Report, reason: str) -> None:
    report.faults += 1
    report.reasons.append(Reason(None, "", "fault", "", reason, "file_not_read_to_end"))
