"""Đặt, kết thúc quy định về việc tạm dừng tính thời hạn."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.agencies.access import require_admin
from motcua.dossiers.models import SuspensionRule
from motcua.dossiers.queries.pausing import rules_on
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import SuspensionKind
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean

_MOST_DAYS = 3650


@transaction.atomic
def set_suspension_rule(
    *,
    actor: Actor,
    at: datetime,
    kind: SuspensionKind,
    stops_clock: bool,
    basis: str,
    reason: str,
    valid_from: date,
    procedure_id: int | None = None,
    most_days: int | None = None,
    is_verified: bool = False,
) -> SuspensionRule:
    """Đặt quy định tạm dừng: from a day on a kind of waiting stops the clock or not, of one procedure or of all.

    What held until then ends on that day. Only for administrators of the installation; raises NotPermitted, Invalid.
    """
    require_admin(actor, ())
    basis, reason = clean(basis), clean(reason, keep_lines=True)
    problems = note_problems(basis, field="basis", missing="Phải ghi căn cứ pháp lý.")
    problems += note_problems(reason, field="reason", missing="Phải ghi lý do thay đổi.")
    if most_days is not None and not 0 < most_days <= _MOST_DAYS:
        problems.append(Problem("most_days", f"Số ngày từ 1 đến {_MOST_DAYS}.", "most_days"))
    if problems:
        raise Invalid(problems)
    same = SuspensionRule.objects.select_for_update().filter(kind=kind)
    same = same.filter(procedure_id=procedure_id) if procedure_id else same.filter(procedure__isnull=True)
    same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), valid_from__lt=valid_from).update(
        valid_to=valid_from
    )
    same.filter(valid_from__gte=valid_from).delete()
    rule = SuspensionRule.objects.create(
        kind=kind,
        procedure_id=procedure_id,
        stops_clock=stops_clock,
        most_days=most_days,
        basis=basis,
        is_verified=is_verified,
        valid_from=valid_from,
    )
    data = {"kind": kind.value, "stops_clock": stops_clock, "basis": basis, "reason": reason, "most_days": most_days}
    record(actor, "suspension_rule.set", rule, at=at, data={**data, "valid_from": valid_from.isoformat()}, is_new=True)
    return rule


@transaction.atomic
def end_suspension_rule(*, actor: Actor, at: datetime, rule_id: int, on: date, reason: str) -> SuspensionRule:
    """Kết thúc quy định tạm dừng: from `on` it does not hold any more; pauses under way keep what they began with.

    Raises NotFound, NotPermitted, RuleBroken when it does not hold on that day, Invalid without a reason.
    """
    require_admin(actor, ())
    rule = SuspensionRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound(Problem("no_rule", "Không tìm thấy quy định này."))
    reason = clean(reason, keep_lines=True)
    if problems := note_problems(reason, field="reason", missing="Phải ghi lý do kết thúc."):
        raise Invalid(problems)
    if not rules_on(on).filter(pk=rule_id).exists():
        raise RuleBroken(
            Problem("not_in_force", f"Quy định không còn, hoặc chưa có hiệu lực ngày {on:%d/%m/%Y}.", "on")
        )
    rule.valid_to = on
    rule.save(update_fields=["valid_to"])
    data = {"kind": rule.kind, "reason": reason, "valid_to": on.isoformat()}
    record(actor, "suspension_rule.ended", rule, at=at, data=data)
    return rule
