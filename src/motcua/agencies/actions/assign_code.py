"""Gán mã định danh cho đơn vị."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.agencies.access import Administrator, lock_unit
from motcua.agencies.actions.create_unit import refuse_taken_code
from motcua.agencies.directory import forget
from motcua.agencies.models import Unit
from motcua.agencies.rules.codes import BASIS, parse_agency_code
from motcua.journal.actions import record
from motcua.kernel.errors import Problem, RuleBroken


@transaction.atomic
def assign_code(*, actor: Administrator, unit_id: int, agency_code: str, is_provisional: bool, at: datetime) -> Unit:
    """Gán mã định danh: the unit gets its code (either notation), mostly the State's in place of a provisional one.

    Raises NotFound, NotPermitted, Invalid, RuleBroken.
    """
    unit = lock_unit(actor, unit_id)
    code = parse_agency_code(agency_code)
    held = (unit.agency_code, unit.code_is_provisional)
    if held == (str(code), is_provisional):
        raise RuleBroken(Problem("same_code", f"Đơn vị đã mang mã định danh {code}.", "agency_code", BASIS))
    if str(code) != unit.agency_code:
        refuse_taken_code(str(code), timezone.localdate(at))
    unit.agency_code, unit.legacy_code, unit.code_is_provisional = str(code), code.legacy, is_provisional
    unit.save(update_fields=["agency_code", "legacy_code", "code_is_provisional"])
    forget()
    record(
        actor, "unit.code_assigned", unit, at=at, data={"from": held[0], "to": str(code), "provisional": is_provisional}
    )
    return unit
