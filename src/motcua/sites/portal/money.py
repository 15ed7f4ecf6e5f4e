"""What a citizen sees of money: what to pay, why, how, and the receipts."""

from dataclasses import dataclass

from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.models import Dossier
from motcua.payments.providers.choice import platform
from motcua.payments.queries.standing import BillView, bill_of, bill_view
from motcua.payments.rules.vietqr import Transfer, vietqr
from motcua.sites.kit.drawings import qr


@dataclass(frozen=True, slots=True)
class ToPay:
    """The bill with the ways to pay it: a VietQR drawing ("" = none), the platform's button, the cash desk."""

    view: BillView
    drawing: str
    by_platform: bool


def to_pay(dossier: Dossier) -> ToPay | None:
    """Return what the applicant has to pay or has paid; None when there never was anything."""
    bill = bill_of(KIND, dossier.pk)
    if bill is None:
        return None
    view = bill_view(bill)
    may_pay = bool(view.standing.owed) and dossier.is_open
    return ToPay(view, _drawing(view) if may_pay else "", may_pay and platform() is not None)


def _drawing(view: BillView) -> str:
    account = view.collecting
    if account is None or not account.takes_transfers:
        return ""
    return qr(vietqr(Transfer(account.bank_bin, account.account_number, view.standing.owed, view.bill.reference)))
