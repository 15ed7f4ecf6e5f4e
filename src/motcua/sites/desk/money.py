"""The money of a dossier as its pages show it."""

from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.compose import NO_FEES, fees_text
from motcua.payments.queries.standing import BillView, bill_of, bill_view


def unbilled_fees(dossier: Dossier, view: BillView | None) -> str:
    """Return the fees that the receipt names while nothing was ever billed or waived; "" when there are none."""
    if view is not None or not dossier.is_open or dossier.received_at is None:
        return ""
    fees = fees_text(dossier.definition, dossier.case_key, dossier.channel)
    return "" if fees == NO_FEES else fees


def money_of(dossier: Dossier) -> BillView | None:
    """Return the dossier's bill whole, None when it never had anything to pay."""
    bill = bill_of(KIND, dossier.pk)
    return bill_view(bill) if bill else None
