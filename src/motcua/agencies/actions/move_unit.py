"""Chuyển đơn vị về trực thuộc đơn vị khác."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.agencies.access import Administrator, lock_unit
from motcua.agencies.actions.create_unit import place_of
from motcua.agencies.actions.rename_unit import keep_former_state
from motcua.agencies.directory import forget
from motcua.agencies.events import UnitMoved
from motcua.agencies.models import Unit
from motcua.agencies.rules.units import move_problems, place_problems
from motcua.agencies.terms import UnitKind
from motcua.journal.actions import emit, record
from motcua.kernel.errors import RuleBroken

_MOVE_PATHS = """
UPDATE agencies_unit
SET path = %(above)s::bigint[] || path[(%(depth)s)::int : ],
    agency_id = CASE WHEN agency_id = %(old_agency)s::bigint THEN %(new_agency)s::bigint ELSE agency_id END
WHERE path @> ARRAY[%(unit)s::bigint]
"""


@transaction.atomic
def move(*, actor: Administrator, unit_id: int, parent_id: int, on: date, at: datetime) -> Unit:
    """Chuyển đơn vị: from `on` the unit stands below another, with everything below it.

    The actor administers both the unit and its new place. Raises NotFound, NotPermitted, RuleBroken.
    """
    unit = lock_unit(actor, unit_id)
    above = lock_unit(actor, parent_id, field="parent")
    place = place_of(above)
    problems = move_problems(unit.pk, unit.parent_id, place) or place_problems(UnitKind(unit.kind), place, on)
    if problems:
        raise RuleBroken(problems)
    keep_former_state(unit, on=on, today=timezone.localdate(at))
    told = {"from": unit.parent_id, "to": above.pk, "on": on.isoformat()}
    _move_paths(unit, above)
    Unit.objects.filter(pk=unit.pk).update(parent=above)
    unit.refresh_from_db()
    forget()
    emit(UnitMoved(unit_id=unit.pk, parent_id=above.pk, on=on), at=at)
    record(actor, "unit.moved", unit, at=at, data=told)
    return unit


def _move_paths(unit: Unit, above: Unit) -> None:
    own_agency = unit.agency_id == unit.pk
    facts: dict[str, int | list[int]] = {
        "above": list(above.path),
        "depth": len(unit.path),
        "unit": unit.pk,
        "old_agency": unit.agency_id,
        "new_agency": unit.pk if own_agency else above.agency_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_PATHS, facts)
