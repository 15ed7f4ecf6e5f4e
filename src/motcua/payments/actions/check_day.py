"""Đối soát cuối ngày: keep what was found."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from motcua.payments.models import DayCheck
from motcua.payments.queries.daily import Difference, differences_on, totals_on


@transaction.atomic
def keep_day_check(*, unit_id: int, day: date, asked: Sequence[Difference], at: datetime) -> DayCheck:
    """Đối soát ngày: write down every difference, those that the platform told (`asked`) included; again = anew."""
    found = [*differences_on(unit_id, day, at=at), *asked]
    kept = {
        "differences": [one.as_json() for one in found],
        "totals": totals_on(unit_id, day),
        "made_at": at,
    }
    check, _made = DayCheck.objects.update_or_create(unit_id=unit_id, day=day, defaults=kept)
    return check
