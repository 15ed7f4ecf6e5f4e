"""When a post may be added or closed."""

from collections.abc import Sequence
from datetime import date

from motcua.agencies.rules.units import Span
from motcua.agencies.terms import Right
from motcua.kernel.checks import length_problems, required_problems
from motcua.kernel.errors import Problem


def post_problems(title: str, rights: Sequence[str], unit: Span, *, on: date) -> list[Problem]:
    """Why a post with these rights may not be added to a unit from that day on."""
    problems = [
        *required_problems(title, label="tên vị trí việc làm", field="title"),
        *length_problems(title, longest=200, label="Tên vị trí việc làm", field="title"),
    ]
    if unknown := sorted(set(rights) - set(Right.values)):
        problems.append(Problem("unknown_right", f"Không có quyền «{', '.join(unknown)}».", "rights"))
    if not unit.holds_on(on):
        problems.append(Problem("unit_not_in_force", f"Đơn vị không hoạt động vào ngày {on:%d/%m/%Y}.", "on"))
    return problems


def post_closing_problems(post: Span, *, on: date) -> list[Problem]:
    """Why a post may not end on that day."""
    if post.valid_to is not None:
        message = f"Vị trí việc làm đã kết thúc từ ngày {post.valid_to:%d/%m/%Y}."
        return [Problem("post_closed_already", message, "on")]
    if on <= post.valid_from:
        message = f"Ngày kết thúc phải sau ngày bắt đầu {post.valid_from:%d/%m/%Y}."
        return [Problem("close_before_start", message, "on")]
    return []
