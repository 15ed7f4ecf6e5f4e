"""When money agrees with its papers."""

from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Problem

_MOST = 100_000_000_000
_LONGEST = 500


def amount_problems(amount: int, *, owed: int | None = None) -> list[Problem]:
    """What is wrong with an amount taken, đồng; `owed`: no more than that is taken."""
    if not 0 < amount <= _MOST:
        return [Problem("amount", "Số tiền phải lớn hơn 0 và không quá 100 tỷ đồng.", "amount")]
    if owed is not None and amount > owed:
        rest = f"{owed:,}".replace(",", ".")
        return [Problem("amount_too_much", f"Chỉ còn phải nộp {rest} đồng; hãy xem lại số tiền.", "amount")]
    return []


def closing_problems(count: int, total: int, counted: int, reason: str) -> list[Problem]:
    """Why the money cannot be closed: nothing to close, or a difference without a word on it."""
    if not count:
        return [Problem("nothing_to_close", "Chưa có khoản thu nào để chốt.")]
    return _difference_problems(total, counted, reason, field="reason")


def receiving_problems(closed: int, received: int, reason: str) -> list[Problem]:
    """Why the receipt of money cannot be confirmed."""
    return _difference_problems(closed, received, reason, field="reason")


def _difference_problems(expected: int, found: int, reason: str, *, field: str) -> list[Problem]:
    problems = length_problems(reason, longest=_LONGEST, label="Giải trình", field=field)
    if found < 0:
        problems.append(Problem("amount", "Số tiền đếm được không được âm.", "counted"))
    if found != expected and not reason:
        gap = f"{abs(found - expected):,}".replace(",", ".")
        word = "thừa" if found > expected else "thiếu"
        problems.append(Problem("difference_unnamed", f"Tiền {word} {gap} đồng; hãy ghi rõ lý do.", field))
    return problems
