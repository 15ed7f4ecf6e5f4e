"""What was charged for a dossier and paid, as the rules see it."""

import json

from django.db.models import OuterRef

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.charges import Money
from motcua.kernel.asking import Question
from motcua.payments.queries.standing import money_around

#: To be asked for with a dossier: the sums of its bill as JSON text, None without a bill.
MONEY = money_around("dossier", OuterRef("pk"))


def money_from(text: str | None) -> Money:
    """Return the sums that were asked for as `MONEY`."""
    sums = json.loads(text) if text else None
    if not sums:
        return Money()
    owed_now = max(sums["charged"] - sums["at_end"] - sums["paid"], 0)
    return Money(charged=sums["charged"], paid=sums["paid"], owed_now=owed_now)


def money_of(dossier_id: int) -> Money:
    """Return what stands on the bill of the dossier (one query)."""
    return next((money_from(text) for (text,) in _ASKED(pk=dossier_id)), Money())


_ASKED = Question(
    lambda pk: Dossier.objects.filter(pk=pk).order_by().annotate(money=MONEY).values_list("money"),
    pk=int,
)
