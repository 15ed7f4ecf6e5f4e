from motcua.payments.models.bank import BankLine, Statement
from motcua.payments.models.bill import Bill, BillLine, Entry, Payment
from motcua.payments.models.check import DayCheck
from motcua.payments.models.collecting import Collecting
from motcua.payments.models.order import PlatformOrder
from motcua.payments.models.receipt import Receipt, ReceiptSeries
from motcua.payments.models.shift import Shift

__all__ = [
    "BankLine",
    "Bill",
    "BillLine",
    "Collecting",
    "DayCheck",
    "Entry",
    "Payment",
    "PlatformOrder",
    "Receipt",
    "ReceiptSeries",
    "Shift",
    "Statement",
]
