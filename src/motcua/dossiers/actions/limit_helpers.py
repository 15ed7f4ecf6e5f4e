"""Đặt hạn mức nộp thay."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.agencies.models import Unit
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.access import leads
from motcua.dossiers.models import HelperLimit
from motcua.dossiers.rules.helping import Limit, problems_of_limits
from motcua.dossiers.terms import Source
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, NotPermitted, Problem
from motcua.kernel.text import clean


@transaction.atomic
def limit_helpers(
    *, actor: Actor, desk_id: int, source: Source, limit: Limit, on: date, at: datetime, reason: str
) -> HelperLimit:
    """Đặt hạn mức nộp thay: from `on` one helper of that kind may have so many dossiers at the desk.

    By whoever leads the desk or its agency, or administers it; a limit that would begin later gives way. Raises
    NotFound, NotPermitted, Invalid with every problem.
    """
    desk = unit_by_id(desk_id)
    if not may_limit(actor, desk_id):
        message = "Chỉ lãnh đạo Bộ phận Một cửa hoặc của cơ quan được đặt hạn mức nộp thay."
        raise NotPermitted(Problem("not_leader", message))
    reason = clean(reason, keep_lines=True)
    problems = problems_of_limits(source, limit, reason, on=on, today=timezone.localdate(at))
    if not desk.is_desk:
        problems.append(Problem("not_a_desk", "Chỉ đặt hạn mức cho Bộ phận Một cửa.", "desk"))
    if problems:
        raise Invalid(problems)
    Unit.objects.select_for_update(no_key=True).get(pk=desk_id)
    rows = HelperLimit.objects.filter(desk_id=desk_id, source=source)
    rows.filter(valid_from__gte=on).delete()
    rows.filter(holds_on(on)).update(valid_to=on)
    row = HelperLimit.objects.create(
        desk_id=desk_id,
        source=source,
        most_a_day=limit.most_a_day,
        most_open=limit.most_open,
        reason=reason,
        set_by_id=actor.account_id,
        set_at=at,
        valid_from=on,
    )
    told = {"title": desk.name, "kind": Source(source).label, "most_a_day": limit.most_a_day}
    told |= {"most_open": limit.most_open, "on": on.isoformat(), "reason": reason}
    record(actor, "helper_limit.set", row, at=at, data=told, is_new=True)
    return row


def may_limit(actor: Actor, desk_id: int) -> bool:
    """Whether the actor leads the desk or its agency, or administers it."""
    return leads(actor, desk_id) or actor.reaches(Right.ADMIN, unit_by_id(desk_id).path)
