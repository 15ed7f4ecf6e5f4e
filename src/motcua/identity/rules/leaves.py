"""When an officer may be absent with this stand-in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.identity.rules.delegations import Standing, Validity, problems_of_validity
from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Problem

_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """An absence as declared: the units in which both handle dossiers."""

    validity: Validity
    is_oneself: bool
    is_active: bool
    units: frozenset[int]
    stand_in_units: frozenset[int]
    reason: str = ""


def problems_of_leave(
    leave: Leave, account_id: int, stand_in_id: int, standing: Iterable[Standing], *, at: datetime
) -> list[Problem]:
    """Return every reason why this absence cannot be declared; `standing`: what is delegated already."""
    problems = _of_stand_in(leave)
    problems += problems_of_validity(leave.validity, at=at)
    if leave.validity.ends is None:
        problems.append(Problem("required", "Chưa có thời điểm trở lại làm việc.", "ends_at"))
    problems += length_problems(leave.reason, longest=_LONGEST_REASON, label="Lý do", field="reason")
    leaves = [one for one in standing if one.is_leave and one.validity.overlaps(leave.validity)]
    if any(account_id in one.givers for one in leaves):
        message = "Trong thời gian này đã có khai báo vắng mặt; hãy kết thúc khai báo cũ trước."
        problems.append(Problem("absent_already", message, "starts_at"))
    if any(stand_in_id in one.givers for one in leaves):
        problems.append(Problem("stand_in_absent", "Người làm thay cũng vắng mặt trong thời gian này.", "stand_in"))
    if any(account_id in one.receivers for one in leaves):
        message = "Bạn đang làm thay người khác trong thời gian này; người đó cần chọn người làm thay khác trước."
        problems.append(Problem("stands_in_now", message, "starts_at"))
    return problems


def _of_stand_in(leave: Leave) -> list[Problem]:
    problems = []
    if not leave.units:
        message = "Chỉ người thụ lý hồ sơ cần khai báo người làm thay; quyền ký hãy dùng giao quyền."
        problems.append(Problem("nothing_to_handle", message))
    if leave.is_oneself:
        problems.append(Problem("own_stand_in", "Người làm thay phải là người khác.", "stand_in"))
    elif not leave.is_active:
        problems.append(Problem("stand_in_inactive", "Tài khoản của người làm thay đã bị khóa.", "stand_in"))
    elif not leave.units <= leave.stand_in_units:
        message = "Người làm thay phải có quyền thụ lý ở mọi đơn vị mà người vắng mặt thụ lý hồ sơ."
        problems.append(Problem("stand_in_elsewhere", message, "stand_in"))
    return problems
