"""What somebody looks at people's data for, said in words that the people and the overseer understand."""

from typing import Final

from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Problem

SHORTEST: Final = 5
LONGEST: Final = 500
BASIS: Final = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"


def purpose_problems(said: str, *, field: str = "purpose") -> list[Problem]:
    """Return what is wrong with a purpose: none given, too short to understand, too long."""
    problems = length_problems(said, longest=LONGEST, label="Mục đích xem", field=field)
    if len(said) < SHORTEST:
        problems.append(no_purpose(field=field))
    return problems


def no_purpose(*, field: str) -> Problem:
    """Return what is said to somebody who has to say first what for."""
    message = "Hãy ghi mục đích xem hồ sơ, ví dụ: trả lời phản ánh số 12/PA."
    return Problem("purpose_missing", message, field, BASIS)
