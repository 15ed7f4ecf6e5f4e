"""Nhập quy trình, biểu mẫu từ hệ thống một cửa khác."""

import re
from datetime import datetime
from typing import Any

from motcua.identity.terms import Actor
from motcua.importing.onegate.terms import FormRow, Note, ProcessRow, provisional_code
from motcua.importing.terms import Result
from motcua.procedures.access import require_catalogue
from motcua.procedures.actions import create_draft_version
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.terms import CODE_PATTERN, Case, Definition, DomainSpec, Fee, Flag, Level, ServiceLevel

_DOMAIN = DomainSpec(code="NHAP", name="Nhập từ hệ thống khác, chưa xếp lĩnh vực")
_SAYS_LITTLE = frozenset({"single_user", "decided_here", "group_times_differ"})


def keep_configuration(*, actor: Actor, row: ProcessRow | FormRow, at: datetime, code: str = "") -> Result:
    """Nhập quy trình hoặc biểu mẫu: a draft of the procedure `code` says what the row says of process or form.

    Without `code` the row's own code is looked for in the catalogue; a procedure that has none gets a provisional
    code, always the same. What the draft said before of other things stays. Returns taken (a new draft), changed,
    unchanged. Raises NotPermitted; what is published is never changed here.
    """
    require_catalogue(actor)
    wanted = code or _own_code(row.code)
    before = _latest(wanted)
    now = _with_row(before or _blank(wanted, row), row)
    if before == now:
        return "unchanged"
    create_draft_version(actor=actor, definition=now, at=at)
    return "taken" if before is None else "changed"


def _own_code(code: str) -> str:
    return code if re.match(CODE_PATTERN, code) else provisional_code(code)


def _latest(code: str) -> Definition | None:
    """What the draft of the procedure says, else its newest version."""
    found = ProcedureVersion.objects.filter(procedure__code=code).order_by("-number").first()
    return found.content if found else None


def _blank(code: str, row: ProcessRow | FormRow) -> Definition:
    return Definition(
        code=code,
        name=row.name,
        domain=_DOMAIN,
        level=Level.DISTRICT,
        service_level=ServiceLevel.INFORMATION,
        unverified=True,
    )


def _with_row(before: Definition, row: ProcessRow | FormRow) -> Definition:
    changes = _process_parts(before, row) if isinstance(row, ProcessRow) else {"form": row.form}
    mark = "process" if isinstance(row, ProcessRow) else "form"
    flags = [one for one in before.flags if not one.field.startswith(f"{mark}:")]
    flags += [_flag(mark, note) for note in row.notes if note.code not in _SAYS_LITTLE]
    texts = {**before.texts, f"{mark}_source": row.source} if row.source else before.texts
    return before.model_copy(update={**changes, "flags": tuple(flags), "texts": texts})


def _flag(mark: str, note: Note) -> Flag:
    return Flag(field=f"{mark}:{note.field}", code=note.code, message=note.message)


def _process_parts(before: Definition, row: ProcessRow) -> dict[str, Any]:
    """The steps, and a first case with the source's term and fee where the procedure has none."""
    if before.cases or row.total is None:
        return {"steps": row.steps}
    fees = (Fee(name="Phí, lệ phí", kind="fee", amount=row.fee, unverified=True),) if row.fee else ()
    case = Case(key="default", name="Trường hợp chung", terms={"any": row.total}, fees=fees)
    return {"steps": row.steps, "cases": (case,)}
