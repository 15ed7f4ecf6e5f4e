"""Nhập một tệp cấu hình: every row of it, each in its own transaction."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from motcua.identity.terms import Actor
from motcua.importing.actions.keep_configuration import keep_configuration
from motcua.importing.onegate.reading import Wanted, rows_of
from motcua.importing.onegate.terms import FormRow, ProcessRow, Unread
from motcua.importing.terms import Reason, Report
from motcua.kernel.errors import MotCuaError
from motcua.procedures.access import require_catalogue
from motcua.processes.rules.checker import problems_in_process, warnings_in_process
from motcua.processes.rules.deciding import deciding_problems
from motcua.processes.rules.lengths import total_hours


@dataclass(slots=True)
class ConfigurationReport(Report):
    """A report that also says how many processes the checker lets pass, and what kinds the fields of forms became."""

    passed: int = 0
    failed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


def import_configurations(
    *,
    actor: Actor,
    data: bytes,
    wanted: Wanted,
    at: datetime,
    code: str = "",
    tell: Callable[[int], None] = lambda _row: None,
) -> ConfigurationReport:
    """Nhập tệp quy trình hoặc biểu mẫu: keep each row as a draft and say what became of it, and what is wrong with it.

    `tell` hears of each row done. A row that cannot be read is refused and does not stop the rest; the same file again
    changes nothing. Raises NotPermitted, and Invalid when the file is of no known shape.
    """
    require_catalogue(actor)
    report = ConfigurationReport()
    for row in rows_of(data, wanted):
        _take(actor, row, report, at=at, code=code)
        tell(row.row)
    return report


def _take(
    actor: Actor, row: ProcessRow | FormRow | Unread, report: ConfigurationReport, *, at: datetime, code: str
) -> None:
    if isinstance(row, Unread):
        report.count("refused")
        report.reasons += [Reason(row.row, row.code, "refused", one.field, one.message) for one in row.notes]
        return
    try:
        result = keep_configuration(actor=actor, row=row, at=at, code=code)
    except MotCuaError as refusal:
        report.count("refused")
        found = refusal.problems
        report.reasons += [Reason(row.row, row.code, "refused", one.field, one.message) for one in found]
        return
    report.count(result)
    report.flagged += bool(row.notes)
    report.reasons += [Reason(row.row, row.code, "note", one.field, one.message) for one in row.notes]
    if isinstance(row, ProcessRow):
        report.reasons += list(_checked(row, report))
    else:
        report.kinds.update(row.kinds)


def _checked(row: ProcessRow, report: ConfigurationReport) -> Iterator[Reason]:
    """What the checker says of the process."""
    problems = [*problems_in_process(row.steps), *deciding_problems(row.steps)]
    report.passed += not problems
    report.failed += bool(problems)
    for one in problems:
        yield Reason(row.row, row.code, "checker", one.field, one.message)
    hours = total_hours(row.total.model_dump()) if row.total else 0
    for one in warnings_in_process(row.steps, limit_hours=hours):
        yield Reason(row.row, row.code, "warning", one.field, one.message)
