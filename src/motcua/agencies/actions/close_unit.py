"""Kết thúc hoạt động của đơn vị (giải thể, sáp nhập, chia tách)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.agencies.access import Administrator, lock_unit
from motcua.agencies.directory import forget
from motcua.agencies.events import UnitClosed
from motcua.agencies.models import Post, Unit, UnitSuccession
from motcua.agencies.rules.units import Span, closing_problems
from motcua.journal.actions import emit, record
from motcua.kernel.errors import NotFound, Problem, RuleBroken


@transaction.atomic
def close(*, actor: Administrator, unit_id: int, on: date, successor_id: int | None, at: datetime) -> Unit:
    """Kết thúc đơn vị: `on` is the first day the unit no longer is; its posts end with it.

    The successor takes over its open work (None: there is none to take over). Raises NotFound, NotPermitted,
    RuleBroken with every problem.
    """
    unit = lock_unit(actor, unit_id)
    successor = _successor(successor_id)
    still_open = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    problems = closing_problems(
        Span(unit.valid_from, unit.valid_to),
        on=on,
        open_children=list(unit.children.filter(still_open).order_by("slug").values_list("name", flat=True)),
        successor=Span(successor.valid_from, successor.valid_to) if successor else None,
        is_own_successor=successor_id == unit.pk,
    )
    if problems:
        raise RuleBroken(problems)
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    _end_posts(unit, on)
    if successor:
        UnitSuccession.objects.get_or_create(predecessor=unit, successor=successor)
    forget()
    emit(UnitClosed(unit_id=unit.pk, successor_id=successor_id, on=on), at=at)
    record(actor, "unit.closed", unit, at=at, data={"on": on.isoformat(), "successor": successor_id})
    return unit


def _successor(successor_id: int | None) -> Unit | None:
    if successor_id is None:
        return None
    found = Unit.objects.filter(pk=successor_id).first()
    if found is None:
        raise NotFound(Problem("unit_unknown", "Không tìm thấy đơn vị kế thừa này.", "successor"))
    return found


def _end_posts(unit: Unit, on: date) -> None:
    still_held = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    Post.objects.filter(still_held, unit=unit, valid_from__lt=on).update(valid_to=on)
