"""What may go wrong, as one small tree.

    MotCuaError
    ├── NotPermitted   403  this person may not do this
    ├── NotFound       404  there is no such thing, or not for this person
    ├── RuleBroken     409  the law or the state of the thing forbids it
    ├── Conflict       409  somebody else was first, or the same key came twice
    ├── Invalid        422  what was typed is wrong
    └── Unavailable    503  something that is needed does not answer now; the same may be sent again

Every error carries all its problems, never only the first.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words that its reader can act on.

    `code` is stable English for machines, `message` Vietnamese for people, `field` the name of the input it
    belongs to ("" for none), `basis` the article of law or the rule it rests on ("" for none).
    """

    code: str
    message: str
    field: str = ""
    basis: str = ""

    def as_dict(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value}


class MotCuaError(Exception):
    """Base of every refusal; `problems` holds at least one problem."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Không thực hiện được"

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))

    def __reduce__(self) -> tuple[type["MotCuaError"], tuple[tuple[Problem, ...]]]:
        """Let a refusal come back whole from another process."""
        return type(self), (self.problems,)


class NotPermitted(MotCuaError):  # noqa: N818 (named after what it says to the person)
    status = 403
    title = "Không có quyền thực hiện"


class NotFound(MotCuaError):  # noqa: N818 (named after what it says to the person)
    status = 404
    title = "Không tìm thấy"


class RuleBroken(MotCuaError):  # noqa: N818 (named after what it says to the person)
    status = 409
    title = "Trái quy định hoặc không còn phù hợp với trạng thái hiện tại"


class Conflict(MotCuaError):  # noqa: N818 (named after what it says to the person)
    status = 409
    title = "Đã có người xử lý trước"


class Invalid(MotCuaError):  # noqa: N818 (named after what it says to the person)
    status = 422
    title = "Thông tin chưa đúng"


class Unavailable(MotCuaError):  # noqa: N818 (named after what it says to the person)
    status = 503
    title = "Tạm thời chưa thực hiện được"
