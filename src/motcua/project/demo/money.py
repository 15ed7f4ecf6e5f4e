"""Money in the demo: fees counted at receipt, bills paid, the account of every agency."""

from datetime import datetime, timedelta
from random import Random

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.actions.collect_cash import collect_cash
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.charges import Chosen, needs_clerk
from motcua.dossiers.terms import Status
from motcua.identity.terms import SYSTEM
from motcua.payments.actions.collecting import Account, set_collecting
from motcua.payments.actions.settle import book_payment
from motcua.payments.queries.standing import bill_of, standing_of_bill
from motcua.payments.terms import Method
from motcua.procedures.rules.selection import case_of
from motcua.procedures.terms import Definition
from motcua.project.demo.cast import Cast

_MOST_PIECES = 6
_CASH_OF_LAST = timedelta(days=2)
_BANKS = (("970436", "Vietcombank"), ("970418", "BIDV"), ("970405", "Agribank"), ("970415", "VietinBank"))


def fees_said(definition: Definition, case_key: str, random: Random) -> dict[int, Chosen]:
    """What the clerk says of the fees of a case: a few pages or copies, the example price."""
    fees = enumerate(case_of(definition, case_key).fees)
    return {
        place: Chosen(quantity=random.randint(1, _MOST_PIECES) if fee.per else 1, unit_price=fee.amount)
        for place, fee in fees
        if needs_clerk(fee) and fee.amount
    }


def owes(dossier: Dossier) -> bool:
    """Whether the dossier cannot go on before somebody pays."""
    if dossier.status != Status.FINISHED and "paid" not in dossier.step.gates:
        return False
    bill = bill_of(KIND, dossier.pk)
    return bill is not None and standing_of_bill(bill).owed > 0


def pay(dossier: Dossier, cast: Cast, random: Random, at: datetime, *, now: datetime) -> None:
    """Pay all that is owed: lately often in cash, before that by transfer."""
    bill = bill_of(KIND, dossier.pk)
    if bill is None:
        return
    if now - at < _CASH_OF_LAST:
        actor = cast.officer(dossier.delivery_desk_id, Right.RECEIVE, random)
        collect_cash(actor=actor, dossier_id=dossier.pk, at=at)
        return
    book_payment(
        actor=SYSTEM,
        bill_id=bill.pk,
        amount=standing_of_bill(bill).owed,
        method=Method.TRANSFER,
        source_key=f"demo:{dossier.code}",
        number=f"FT{at:%y%m%d}{dossier.pk:06d}",
        at=at,
    )


def set_accounts(*, at: datetime) -> None:
    """Give every agency an invented account."""
    agencies = Unit.objects.filter(agency_id__isnull=False, valid_to__isnull=True).order_by("pk")
    for unit in [one for one in agencies if one.agency_id == one.pk]:
        bank_bin, bank = _BANKS[unit.pk % len(_BANKS)]
        account = Account(
            tax_code=f"57{unit.pk:08d}",
            bank_bin=bank_bin,
            bank_name=bank,
            account_number=f"1199{unit.pk:07d}",
            account_name=unit.name[:70],
        )
        set_collecting(actor=SYSTEM, unit_id=unit.pk, account=account, at=at)
