"""The money of a dossier as its pages show it."""

from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.models import Dossier
from motcua.payments.queries.standing import BillView, bill_of, bill_view


def money_of(dossier: Dossier) -> BillView | None:
    """Return the dossier's bill whole, None when it never had anything to pay."""
    bill = bill_of(KIND, dossier.pk)
    return bill_view(bill) if bill else None
