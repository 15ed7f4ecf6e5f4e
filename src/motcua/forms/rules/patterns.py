"""Patterns that packages bring: only those that never run long are used.

A pattern is refused when a repetition or a choice stands within a repetition, when more than two parts may repeat
without end, when its choices and repetitions multiplied give too many ways to match, or when it looks around or back:
then the time of a match grows at most with the text's length cubed.
"""

import re
from functools import lru_cache
from typing import Final

MOST_ENDLESS: Final = 2
LONGEST_MATCHED: Final = 500
MOST_WAYS: Final = 4_000_000
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?|\(|\)|\{[0-9]*,?[0-9]*\}|[*+?]|.", re.DOTALL)
_MANY = 20


@lru_cache(maxsize=1024)
def safe_pattern(text: str) -> re.Pattern[str] | None:
    """The pattern, ready to match a whole text; None where there is none or it cannot be trusted."""
    if not text or pattern_fault(text):
        return None
    return re.compile(text)


@lru_cache(maxsize=1024)
def pattern_fault(text: str) -> str:
    """Why the pattern is refused, in Vietnamese; "" for a good one."""
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return "mẫu ký tự viết sai"
    if re.search(r"\(\?(?!:)", text) or re.search(r"\\[1-9]", text):
        return "mẫu ký tự không được nhìn trước, nhìn sau hay gọi lại nhóm"
    return _repetition_fault(text)


def _repetition_fault(text: str) -> str:
    endless = 0
    repeats = [False]  # whether each open group holds a repetition
    closed = False
    for piece in _PIECE.findall(text):
        if piece in {"(", "(?"}:
            repeats.append(False)
        elif piece == ")":
            closed = repeats.pop() if len(repeats) > 1 else False
            repeats[-1] = repeats[-1] or closed
            continue
        elif piece == "|":
            repeats[-1] = True
        elif _repeats(piece):
            if closed and piece != "?":
                return "mẫu ký tự lặp trong lặp"
            repeats[-1] = True
            endless += _is_endless(piece)
        closed = False
    if endless > MOST_ENDLESS:
        return f"mẫu ký tự có hơn {MOST_ENDLESS} phần lặp không giới hạn"
    return "mẫu ký tự có quá nhiều phần lặp hoặc lựa chọn" if _ways(text) > MOST_WAYS else ""


def _ways(text: str) -> int:
    """At most how many ways there are to match: the choices of every group and the lengths of every repetition."""
    found, choices = 1, [1]
    for piece in _PIECE.findall(text):
        if piece in {"(", "(?"}:
            choices.append(1)
        elif piece == "|":
            choices[-1] += 1
        elif piece == ")" and len(choices) > 1:
            found *= choices.pop()
        elif _repeats(piece):
            found *= _lengths(piece)
    return found * choices[-1]


def _lengths(piece: str) -> int:
    if piece == "?" or _is_endless(piece):
        return 2 if piece == "?" else LONGEST_MATCHED
    lowest, _, highest = piece.strip("{}").partition(",")
    return int(highest) - int(lowest or 0) + 1 if highest else 1


def _repeats(piece: str) -> bool:
    return piece in {"*", "+", "?"} or (piece[0] == "{" and len(piece) > 1)


def _is_endless(piece: str) -> bool:
    if piece in {"*", "+"}:
        return True
    lowest, _, highest = piece.strip("{}?").partition(",")
    return "," in piece and (not highest or int(highest) - int(lowest or 0) > _MANY)
