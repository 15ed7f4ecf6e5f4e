"""Counting a drawer at the end of a shift."""

from collections.abc import Mapping

from motcua.kernel.errors import Problem

#: Notes in circulation, đồng.
NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)


def total_of(counted: Mapping[int, int]) -> int:
    """Return the sum of notes counted by denomination."""
    return sum(note * number for note, number in counted.items())


def closing_problems(counted: Mapping[int, int], *, expected: int, reason: str) -> list[Problem]:
    """Return what forbids closing: unknown notes, negative numbers, a difference that nobody explains."""
    problems = [
        Problem("note", f"Không có tờ tiền mệnh giá {note} đồng.", "counted") for note in counted if note not in NOTES
    ]
    if any(number < 0 for number in counted.values()):
        problems.append(Problem("negative", "Số tờ không được âm.", "counted"))
    difference = total_of(counted) - expected
    if difference and not reason:
        word = "thừa" if difference > 0 else "thiếu"
        sum_text = f"{abs(difference):,}".replace(",", ".")
        message = f"Tiền đếm được {word} {sum_text} đồng so với sổ; hãy giải trình chênh lệch."
        problems.append(Problem("unexplained", message, "reason"))
    return problems
