"""The ledger's arithmetic: signs, standing, how a payment is shared between phí and lệ phí."""

from collections.abc import Iterable, Mapping

from motcua.kernel.errors import Problem
from motcua.payments.terms import BillState, Charge, EntryKind, FeeKind, Standing

#: Entry kinds that make less owed.
LESSENING = frozenset({EntryKind.PAID, EntryKind.WAIVED, EntryKind.CANCELLED})
#: Nothing at a commune's desk costs more; a slipped nought does.
LARGEST_AMOUNT = 100_000_000_000
_LAW = "Luật Phí và lệ phí 97/2015/QH13"


def standing_of(sums: Mapping[str, int], *, was_requested: bool) -> Standing:
    """Return where a bill stands from the signed sums of its entries by kind (counter-entries under what they undo)."""
    return Standing(
        due=sums.get(EntryKind.DUE, 0),
        waived=-sums.get(EntryKind.WAIVED, 0),
        cancelled=-sums.get(EntryKind.CANCELLED, 0),
        received=-sums.get(EntryKind.PAID, 0),
        refunded=sums.get(EntryKind.REFUNDED, 0),
        was_requested=was_requested,
    )


def state_of(standing: Standing) -> BillState:
    """Return the one word for a bill."""
    if standing.excess:
        return BillState.OVERPAID
    if standing.owed and standing.paid:
        return BillState.PART
    if standing.owed:
        return BillState.WAITING if standing.was_requested else BillState.UNPAID
    if standing.paid:
        return BillState.PAID
    if standing.refunded:
        return BillState.REFUNDED
    return BillState.CANCELLED if standing.cancelled else BillState.NONE


def shared(amount: int, owed: Mapping[FeeKind, int]) -> tuple[list[tuple[FeeKind, int]], int]:
    """Return how a payment is shared between the kinds owed, phí first, and what is too much."""
    parts: list[tuple[FeeKind, int]] = []
    left = amount
    for kind in FeeKind:
        part = min(left, max(owed.get(kind, 0), 0))
        if part:
            parts.append((kind, part))
            left -= part
    return parts, left


def charge_problems(charges: Iterable[Charge]) -> list[Problem]:
    """Return everything wrong with what is to be charged."""
    problems = []
    for charge in charges:
        if not charge.name:
            problems.append(Problem("required", "Hãy ghi tên khoản thu.", "name"))
        if charge.unit_price <= 0 or charge.quantity <= 0:
            problems.append(Problem("amount", "Đơn giá và số lượng phải lớn hơn 0.", "unit_price"))
        elif charge.amount > LARGEST_AMOUNT:
            problems.append(Problem("amount", "Số tiền lớn bất thường; hãy xem lại số chữ số 0.", "unit_price"))
    return problems


def payment_problems(amount: int, standing: Standing) -> list[Problem]:
    """Return why this sum cannot be taken at the desk: nothing is owed, or more than what is owed."""
    if amount <= 0:
        return [Problem("amount", "Số tiền thu phải lớn hơn 0.", "amount")]
    if not standing.owed:
        return [Problem("nothing_owed", "Hồ sơ không còn khoản phải nộp; có thể người khác vừa thu.", "amount")]
    if amount > standing.owed:
        message = f"Chỉ còn phải nộp {dong(standing.owed)}; không thu nhiều hơn."
        return [Problem("too_much", message, "amount", _LAW)]
    return []


def refund_problems(amount: int, standing: Standing) -> list[Problem]:
    """Return why this sum cannot go back: more than what was paid beyond what is due."""
    if amount <= 0:
        return [Problem("amount", "Số tiền hoàn phải lớn hơn 0.", "amount")]
    if amount > standing.excess:
        message = (
            f"Người nộp chỉ nộp thừa {dong(standing.excess)}; muốn hoàn nhiều hơn, hãy hủy hoặc miễn khoản thu trước."
        )
        return [Problem("too_much", message, "amount")]
    return []


def dong(amount: int) -> str:
    """Return "8.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"
