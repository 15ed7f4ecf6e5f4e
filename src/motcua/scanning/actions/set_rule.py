"""Đặt quy định ký số hóa."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.terms import Right
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, NotPermitted, Problem
from motcua.kernel.text import clean
from motcua.scanning.models import DigitisingRule


@transaction.atomic
def set_rule(
    *, actor: Actor, demands_signature: bool, reason: str, at: datetime, agency_id: int | None = None
) -> DigitisingRule:
    """Đặt quy định: whether the clerks of an agency (None: of all) must sign what they digitise; the old one ends.

    Administrators only, with the ground they rely on. Raises NotPermitted, Invalid.
    """
    if not actor.has(Right.ADMIN):
        raise NotPermitted(Problem("admins_only", "Chỉ quản trị viên đặt quy định ký số hóa."))
    said = clean(reason)
    if problems := reason_problems(said):
        raise Invalid(problems)
    DigitisingRule.objects.filter(agency_id=agency_id, until__isnull=True).update(until=at)
    rule = DigitisingRule.objects.create(
        agency_id=agency_id, demands_signature=demands_signature, reason=said, since=at, set_by_name=actor.name
    )
    data = {"agency": agency_id, "demands_signature": demands_signature, "reason": said}
    record(actor, "scanning.rule_set", rule, at=at, data=data, is_new=True)
    return rule
