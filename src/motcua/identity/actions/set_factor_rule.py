"""Đặt quy định bảo mật hai lớp."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from motcua.agencies.access import require_admin
from motcua.identity.factors import forget
from motcua.identity.models import FactorRule
from motcua.identity.rules.factors import rule_problems
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def set_factor_rule(*, actor: Actor, groups: Collection[str], grace_days: int, reason: str, at: datetime) -> FactorRule:
    """Đặt quy định bảo mật hai lớp: from now on who of the groups must confirm with a second factor; nobody when none.

    Each has `grace_days` to set one up, and is led to it; after that nothing else opens, setting one up always does,
    so that nobody is locked out. Raises NotPermitted unless the actor administers the whole installation, Invalid with
    every problem, RuleBroken when that holds already.
    """
    require_admin(actor, ())
    said, wanted = clean(reason), sorted(set(groups))
    if problems := rule_problems(wanted, grace_days, said):
        raise Invalid(problems)
    before = FactorRule.objects.select_for_update().order_by("-pk").first()
    if (before.groups if before else []) == wanted and (not wanted or (before and before.grace_days == grace_days)):
        raise RuleBroken(Problem("factor_rule_same", "Quy định này đang áp dụng rồi.", "groups"))
    rule = FactorRule.objects.create(
        groups=wanted,
        grace_days=grace_days,
        reason=said,
        set_at=at,
        set_by_id=actor.account_id,
        set_by_name=actor.name,
    )
    record(
        actor,
        "factor_rule.set",
        rule,
        at=at,
        data={"groups": wanted, "grace_days": grace_days, "reason": said},
    )
    forget()
    transaction.on_commit(forget)
    return rule
