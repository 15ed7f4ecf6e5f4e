"""Đặt, bỏ mốc nhắc hạn: who may, what is refused, what stays."""

import pytest

from motcua.dossiers.actions.set_reminder_rule import end_reminder_rule, set_reminder_rule
from motcua.dossiers.models import ReminderRule
from motcua.dossiers.terms import ReminderAbout, ReminderTo
from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.world import World, moment
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.models import Entry
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken

AT = moment(2, 8)
_FACTS = {"about": ReminderAbout.DUE, "to": ReminderTo.LEADER, "hours_before": 6, "at": AT}


def _set(actor: Actor = SYSTEM, **changes: object) -> ReminderRule:
    return set_reminder_rule(actor=actor, **{"reason": "Thử nghiệm", **_FACTS, **changes})  # type: ignore[arg-type]


def test_a_rule_is_set_and_ended(world: World) -> None:
    rule = _set(unit_id=world.ward.pk)
    assert (rule.valid_from, rule.valid_to, rule.when) == (AT.date(), None, "trước hạn 6 giờ làm việc")
    end_reminder_rule(actor=SYSTEM, at=AT, rule_id=rule.pk, reason="Không cần nữa")
    assert ReminderRule.objects.get(pk=rule.pk).valid_to == AT.date()
    verbs = list(
        Entry.objects.filter(object_type="dossiers.reminderrule").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["reminder_rule.set", "reminder_rule.ended"]
    refused(RuleBroken, lambda: end_reminder_rule(actor=SYSTEM, at=AT, rule_id=rule.pk, reason="Lần nữa"))


def test_every_problem_at_once(world: World) -> None:
    error = refused(Invalid, lambda: _set(hours_before=1000, reason=" "))
    assert codes(error) == [("required", "reason"), ("hours_before", "hours_before")]
    rule = _set()
    refused(Conflict, _set)
    refused(Invalid, lambda: end_reminder_rule(actor=SYSTEM, at=AT, rule_id=rule.pk, reason=""))
    refused(NotFound, lambda: end_reminder_rule(actor=SYSTEM, at=AT, rule_id=0, reason="x"))


@pytest.mark.parametrize("role", ["clerk", "chair", "overseer", "citizen"])
def test_only_administrators(world: World, role: str) -> None:
    actor = getattr(world, role)
    rule = _set()
    refused(NotPermitted, lambda: _set(actor, unit_id=world.ward.pk))
    refused(NotPermitted, lambda: end_reminder_rule(actor=actor, at=AT, rule_id=rule.pk, reason="x"))


def test_in_words() -> None:
    assert ReminderRule(hours_before=0).when == "đúng lúc đến hạn"
    assert ReminderRule(hours_before=-8).when == "sau hạn 8 giờ làm việc"
