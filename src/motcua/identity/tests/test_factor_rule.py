"""Quy định bảo mật hai lớp: who sets it, whom it binds, until when."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.agencies.terms import Right
from motcua.identity.actions.set_factor_rule import set_factor_rule
from motcua.identity.factors import duty_now
from motcua.identity.models import FactorRule
from motcua.identity.rules.factors import Duty, FactorGroup
from motcua.identity.terms import SYSTEM
from motcua.identity.tests.world import AT, People, refused
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Invalid, NotPermitted, RuleBroken

_FACTS: dict[str, Any] = {"groups": ["signers"], "grace_days": 14, "reason": "Cấp độ an toàn 3", "at": AT}


def test_only_who_administers_everything_sets_it(people: People) -> None:
    of_ward = people.admin(people.units.ward)
    refused(lambda: set_factor_rule(actor=of_ward, **_FACTS), NotPermitted, "not_administrator")
    assert duty_now() is None
    admin = people.admin(people.units.province, "goc")
    rule = set_factor_rule(actor=admin, **_FACTS)
    assert duty_now() == Duty(frozenset({FactorGroup.SIGNERS}), AT, 14)
    entry = entries_about(rule).get()
    assert (entry.verb, entry.data["groups"]) == ("factor_rule.set", ["signers"])
    assert (entry.actor_id, entry.data["reason"]) == (admin.account_id, "Cấp độ an toàn 3")


def test_what_is_wrong_with_a_rule(db: None) -> None:
    wrong = _FACTS | {"groups": ["signers", "citizens"], "grace_days": 91, "reason": " "}
    codes = ("factor_group_unknown", "factor_grace", "reason_missing")
    refused(lambda: set_factor_rule(actor=SYSTEM, **wrong), Invalid, *codes)
    refused(lambda: set_factor_rule(actor=SYSTEM, **(_FACTS | {"groups": []})), RuleBroken, "factor_rule_same")
    set_factor_rule(actor=SYSTEM, **_FACTS)
    refused(lambda: set_factor_rule(actor=SYSTEM, **_FACTS), RuleBroken, "factor_rule_same")


def test_taken_back_it_binds_nobody(db: None) -> None:
    set_factor_rule(actor=SYSTEM, **_FACTS)
    set_factor_rule(actor=SYSTEM, **(_FACTS | {"groups": [], "grace_days": 0}))
    assert duty_now() is None
    assert FactorRule.objects.count() == 2


@pytest.mark.parametrize(
    ("group", "bound"),
    [
        (FactorGroup.ADMINISTRATORS, {Right.ADMIN}),
        (FactorGroup.SIGNERS, {Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL}),
        (FactorGroup.OFFICERS, set(Right)),
    ],
)
def test_whom_it_binds(group: FactorGroup, bound: set[Right]) -> None:
    duty = Duty(frozenset({group}), AT, 0)
    assert {right for right in Right if duty.binds({right})} == bound
    assert not duty.binds(set())


def test_a_newcomer_has_all_the_days_too() -> None:
    duty = Duty(frozenset(FactorGroup), AT, 14)
    assert duty.until(None) == duty.until(AT - timedelta(days=300)) == AT + timedelta(days=14)
    assert duty.until(AT + timedelta(days=30)) == AT + timedelta(days=44)
