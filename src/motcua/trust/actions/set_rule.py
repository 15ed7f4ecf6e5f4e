"""Đặt thời gian được ký khi thiếu dịch vụ tin cậy, và các lần báo trước khi chứng thư hết hạn."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.access import require_admin
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.trust.models import TrustRule
from motcua.trust.queries import amounts
from motcua.trust.rules.windows import is_in_hours, largest, order_problems
from motcua.trust.terms import RuleKind


@transaction.atomic
def set_trust_rule(*, actor: Actor, at: datetime, kind: RuleKind, amount: int, reason: str) -> TrustRule:
    """Đặt quy định: how many hours signing goes on without a service, or how many days before its end is told.

    It holds at once, for what is away already too. Nothing is overwritten. Only for administrators of the installation;
    raises NotPermitted, Invalid.
    """
    require_admin(actor, ())
    said = clean(reason, keep_lines=True)
    problems = reason_problems(said)
    if not 0 <= amount <= largest(kind):
        unit = "giờ" if is_in_hours(kind) else "ngày"
        problems.append(Problem("amount", f"Số {unit} từ 0 đến {largest(kind)}.", "amount"))
    before = amounts()
    problems += order_problems({**before, kind: amount})
    if problems:
        raise Invalid(problems)
    rule = TrustRule.objects.create(kind=kind, amount=amount, reason=said, set_at=at, set_by_id=actor.account_id)
    data = {"kind": kind.value, "from": before[kind], "to": amount, "reason": said}
    record(actor, "trust_rule.set", rule, at=at, data=data, is_new=True)
    return rule
