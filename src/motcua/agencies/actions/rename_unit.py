"""Đổi tên đơn vị."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.agencies.access import Administrator, lock_unit
from motcua.agencies.directory import forget
from motcua.agencies.events import UnitRenamed
from motcua.agencies.models import FormerState, Unit
from motcua.agencies.rules.units import Span, change_problems, name_problems
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean, fold


@transaction.atomic
def rename(
    *, actor: Administrator, unit_id: int, name: str, short_name: str | None = None, on: date, at: datetime
) -> Unit:
    """Đổi tên đơn vị: the same unit has another name from `on`; papers of earlier days keep the old one.

    Raises NotFound, NotPermitted, Invalid, RuleBroken.
    """
    unit = lock_unit(actor, unit_id)
    new_name, new_short = clean(name), unit.short_name if short_name is None else clean(short_name)
    if problems := name_problems(new_name, new_short):
        raise Invalid(problems)
    if (new_name, new_short) == (unit.name, unit.short_name):
        raise RuleBroken(Problem("same_name", f"Đơn vị đã mang tên «{unit.name}».", "name"))
    old_name = unit.name
    keep_former_state(unit, on=on, today=timezone.localdate(at))
    unit.name, unit.short_name, unit.name_fold = new_name, new_short, fold(new_name)
    unit.save(update_fields=["name", "short_name", "name_fold"])
    forget()
    emit(UnitRenamed(unit_id=unit.pk, on=on), at=at)
    record(actor, "unit.renamed", unit, at=at, data={"from": old_name, "to": new_name, "on": on.isoformat()})
    return unit


def keep_former_state(unit: Unit, *, on: date, today: date) -> None:
    """Write down how the unit was until `on`; raises RuleBroken when it may not change on that day."""
    changes = list(unit.former_states.values_list("valid_to", flat=True))
    if problems := change_problems(Span(unit.valid_from, unit.valid_to), changes, on=on, today=today):
        raise RuleBroken(problems)
    FormerState.objects.create(
        unit=unit,
        name=unit.name,
        short_name=unit.short_name,
        parent_id=unit.parent_id,
        valid_from=max([unit.valid_from, *changes]),
        valid_to=on,
    )
