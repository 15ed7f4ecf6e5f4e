"""To which bill a line of a bank statement belongs, and how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.payments.rules.ledger import dong
from motcua.payments.rules.references import found_in, nearly_in
from motcua.payments.terms import LineState


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A bill as matching sees it: id, reference, what is still owed."""

    id: int
    reference: str
    owed: int


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on a line: its state, the bill when sure, the bills that may be meant, and why in words."""

    state: LineState
    bill_id: int | None = None
    candidates: tuple[int, ...] = ()
    why: str = ""


def match(text: str, amount: int, bills: Sequence[OpenBill]) -> Match:
    """Match by reference and amount; whatever is not both is for a clerk."""
    by_reference: Mapping[str, OpenBill] = {bill.reference: bill for bill in bills}
    whole = [by_reference[one] for one in found_in(text, by_reference)]
    if len(whole) > 1:
        return _doubt(whole, "Nội dung chuyển khoản ghi nhiều hồ sơ; hãy chọn hồ sơ và ghi nhận từng khoản.")
    if whole:
        bill = whole[0]
        if bill.owed == amount:
            return Match(LineState.MATCHED, bill.id, (bill.id,), "Khớp mã thanh toán và số tiền.")
        if not bill.owed:
            return _doubt(whole, f"Đúng mã nhưng hồ sơ đã nộp đủ; {dong(amount)} này có thể là chuyển hai lần.")
        return _doubt(whole, f"Đúng mã nhưng số tiền khác: chuyển {dong(amount)}, còn phải nộp {dong(bill.owed)}.")
    near = [by_reference[one] for one in nearly_in(text, by_reference)]
    if near:
        return _doubt(near, "Mã thanh toán ghi thiếu hoặc sai ký tự; hãy kiểm tra người nộp.")
    return Match(LineState.UNMATCHED, why="Không thấy mã thanh toán của hồ sơ nào trong nội dung chuyển khoản.")


def _doubt(bills: Sequence[OpenBill], why: str) -> Match:
    return Match(LineState.DOUBTFUL, None, tuple(bill.id for bill in bills), why)
