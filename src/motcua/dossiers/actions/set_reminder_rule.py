"""Đặt, bỏ mốc nhắc hạn."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.access import require_admin
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import ReminderRule
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import ReminderAbout, ReminderTo
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Conflict, Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean

#: Reminders further away than this are noise.
MOST_HOURS = 240


@transaction.atomic
def set_reminder_rule(
    *,
    actor: Actor,
    at: datetime,
    about: ReminderAbout,
    to: ReminderTo,
    hours_before: int,
    reason: str,
    unit_id: int | None = None,
) -> ReminderRule:
    """Đặt mốc nhắc hạn: from today on, so many working hours before the due moment (below zero: after it).

    For a unit and those below it, or for every agency. Raises NotPermitted, Invalid, Conflict for the same rule again.
    """
    require_admin(actor, unit_by_id(unit_id).path if unit_id else ())
    reason = clean(reason, keep_lines=True)
    problems = note_problems(reason, field="reason", missing="Phải ghi lý do đặt mốc nhắc.")
    if abs(hours_before) > MOST_HOURS:
        problems.append(Problem("hours_before", f"Số giờ từ -{MOST_HOURS} đến {MOST_HOURS}.", "hours_before"))
    if problems:
        raise Invalid(problems)
    today = at.astimezone(VIET_NAM).date()
    facts = {"about": about, "to": to, "hours_before": hours_before, "unit_id": unit_id}
    if ReminderRule.objects.select_for_update().filter(holds_on(today), **facts).exists():
        raise Conflict(Problem("rule_there", "Mốc nhắc này đã có.", "hours_before"))
    rule = ReminderRule.objects.create(valid_from=today, **facts)
    data = {"about": about.value, "to": to.value, "hours_before": hours_before, "unit": unit_id, "reason": reason}
    record(actor, "reminder_rule.set", rule, at=at, data=data, is_new=True)
    return rule


@transaction.atomic
def end_reminder_rule(*, actor: Actor, at: datetime, rule_id: int, reason: str) -> ReminderRule:
    """Bỏ mốc nhắc hạn: from today on nobody is reminded by it.

    Raises NotFound, NotPermitted, Invalid without a reason, RuleBroken when it has ended before.
    """
    rule = ReminderRule.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=rule_id).first()
    if rule is None:
        raise NotFound(Problem("no_rule", "Không tìm thấy mốc nhắc này."))
    require_admin(actor, rule.unit.path if rule.unit else ())
    reason = clean(reason, keep_lines=True)
    if problems := note_problems(reason, field="reason", missing="Phải ghi lý do bỏ mốc nhắc."):
        raise Invalid(problems)
    if rule.valid_to is not None:
        raise RuleBroken(Problem("ended", f"Mốc nhắc đã bỏ từ ngày {rule.valid_to:%d/%m/%Y}."))
    rule.valid_to = at.astimezone(VIET_NAM).date()
    rule.save(update_fields=["valid_to"])
    record(actor, "reminder_rule.ended", rule, at=at, data={"reason": reason, "valid_to": rule.valid_to.isoformat()})
    return rule
