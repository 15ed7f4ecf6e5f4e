"""What every process remembers of the rule about the second factor; asked for anew every half a minute.

Read inside a transaction, which may yet be rolled back, a rule that binds somebody is not remembered.
"""

import time as clock
from typing import Final

from django.db import connection

from motcua.identity.models import FactorRule
from motcua.identity.rules.factors import Duty, FactorGroup

_KEPT_SECONDS: Final = 30.0
_kept: list[tuple[float, Duty | None]] = []


def duty_now() -> Duty | None:
    """Return what holds; None when nobody needs a second factor."""
    moment = clock.monotonic()
    if _kept and moment - _kept[0][0] < _KEPT_SECONDS:
        return _kept[0][1]
    found = _read()
    if found is None or not connection.in_atomic_block:
        _kept[:] = [(moment, found)]
    return found


def forget() -> None:
    """Ask anew the next time."""
    _kept.clear()


def _read() -> Duty | None:
    rule = FactorRule.objects.order_by("-pk").first()
    if rule is None or not rule.groups:
        return None
    return Duty(frozenset(map(FactorGroup, rule.groups)), rule.set_at, rule.grace_days)
