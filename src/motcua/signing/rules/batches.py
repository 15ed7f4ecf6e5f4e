"""How many papers at one gesture, how long a PIN is kept, when a trust service is asked again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from motcua.kernel.errors import Problem

#: A leader looks through at most so many papers at once; the same limit as of other acts in batches.
LARGEST_SIGNING: Final = 200
#: Longer than the largest batch takes, shorter than a break: then the PIN is asked for again (our own choice).
PIN_KEPT: Final = timedelta(minutes=15)
#: After so many failed tries of the same paper it is left to people.
MOST_ATTEMPTS: Final = 5
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=4)


def problems_of_signing(count: int) -> list[Problem]:
    """Return why so many papers cannot be signed at one gesture."""
    if not count:
        return [Problem("none_chosen", "Chưa chọn văn bản nào; hãy đánh dấu ít nhất một văn bản.", "items")]
    if count > LARGEST_SIGNING:
        message = f"Đã chọn {count} văn bản; mỗi lần ký được nhiều nhất {LARGEST_SIGNING} văn bản, hãy bỏ bớt."
        return [Problem("too_many", message, "items")]
    return []


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait before the next try: doubled each time, up to four minutes."""
    return min(_FIRST_PAUSE * (1 << max(0, attempts - 1)), _LONGEST_PAUSE)


def said_of(problems: Sequence[Problem]) -> str:
    """Return the messages of a refusal as one line, each once."""
    return " ".join(dict.fromkeys(problem.message for problem in problems))
