"""Whether two dossiers belong to the same visit of the same person."""

from dataclasses import dataclass

from motcua.kernel.errors import Problem
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Visit:
    """Who brought a dossier, to which desk; `group_id`: the visit it belongs to already."""

    name: str
    personal_id: str
    tax_code: str
    desk_id: int
    is_received: bool
    group_id: int | None


def problems_of_joining(one: Visit, other: Visit) -> list[Problem]:
    """Return why dossier `one` cannot join the visit in which `other` was brought."""
    problems = []
    if not (one.is_received and other.is_received):
        problems.append(Problem("not_received", "Chỉ gộp vào một lượt nộp những hồ sơ đã tiếp nhận."))
    if one.desk_id != other.desk_id:
        problems.append(
            Problem("other_desk", "Hai hồ sơ được tiếp nhận ở hai nơi khác nhau, không chung một lượt nộp.")
        )
    if one.group_id is not None and one.group_id != other.group_id:
        problems.append(Problem("grouped_already", "Hồ sơ đã thuộc một lượt nộp khác."))
    if _who(one) != _who(other):
        message = "Người nộp không phải người của lượt nộp này; hãy tiếp nhận như một lượt mới."
        problems.append(Problem("other_person", message, "after"))
    return problems


def _who(visit: Visit) -> str:
    return visit.personal_id or visit.tax_code or fold(visit.name)
