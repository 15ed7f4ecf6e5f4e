"""When an officer may take up or leave a post, and who may take over."""

from collections.abc import Collection
from datetime import date

from motcua.agencies.rules.units import Span
from motcua.identity.terms import AccountKind
from motcua.kernel.errors import Problem


def assignment_problems(
    *, kind: str, is_active: bool, post: Span, unit: Span, held: Collection[Span], on: date
) -> list[Problem]:
    """Why an account may not take up a post on that day; `held`: when it held this very post before."""
    problems = []
    if kind != AccountKind.OFFICER:
        problems.append(
            Problem("not_an_officer", "Chỉ tài khoản cán bộ, công chức mới giữ vị trí việc làm.", "account")
        )
    if not is_active:
        problems.append(Problem("account_inactive", "Tài khoản đã bị khóa.", "account"))
    if not (post.holds_on(on) and unit.holds_on(on)):
        message = f"Vị trí việc làm không còn hoặc chưa có vào ngày {on:%d/%m/%Y}."
        problems.append(Problem("post_not_in_force", message, "post"))
    if any(span.valid_to is None or span.valid_to > on for span in held):
        problems.append(Problem("post_held_already", "Người này đã giữ vị trí này.", "post"))
    return problems


def ending_problems(held: Span, *, on: date, today: date) -> list[Problem]:
    """Why a posting may not end on that day (the first day it is not held)."""
    problems = []
    if held.valid_to is not None:
        message = f"Người này đã thôi giữ vị trí từ ngày {held.valid_to:%d/%m/%Y}."
        problems.append(Problem("posting_ended_already", message, "on"))
    if on > today:
        message = "Ngày thôi giữ vị trí không được ở tương lai; hãy thực hiện vào đúng ngày đó."
        problems.append(Problem("ending_in_future", message, "on"))
    return problems


def successor_problems(
    *, successor_id: int, leaver_id: int, is_active: bool, units: Collection[int], wanted: Collection[int]
) -> list[Problem]:
    """Why this person may not take over: not active, the same one, or without a post in a unit that is left."""
    if successor_id == leaver_id:
        return [Problem("own_successor", "Người nhận bàn giao phải là người khác.", "successor")]
    problems = []
    if not is_active:
        problems.append(Problem("successor_inactive", "Tài khoản của người nhận bàn giao đã bị khóa.", "successor"))
    if not set(wanted) <= set(units):
        message = "Người nhận bàn giao không giữ vị trí nào trong đơn vị của người thôi việc."
        problems.append(Problem("successor_elsewhere", message, "successor"))
    return problems
