"""A result must be drafted, then decided, before it is handed out (Nghị định 118/2025/NĐ-CP: thẩm định, phê duyệt)."""

from collections.abc import Iterator, Mapping, Sequence

from motcua.kernel.errors import Problem
from motcua.processes.rules.walk import by_key, reached
from motcua.processes.rules.works import Work, work_at
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Step


def deciding_problems(steps: Sequence[Step]) -> Iterator[Problem]:
    """Yield what would let a dossier come to its end undecided, or to a leader with nothing to decide on."""
    known = by_key(steps)
    if not {FIRST_STEP, LAST_STEP} <= set(known):
        return
    works = {key: work_at(steps, step) for key, step in known.items()}
    undrafted = _without(known, works, "appraise")
    for key in sorted(undrafted & {key for key, work in works.items() if work == "decide"}):
        message = f"Bước “{known[key].name}” quyết định mà chưa bước nào thẩm định, dự thảo kết quả."
        yield Problem("decides_undrafted", message, f"steps.{key}")
    if "decide" not in works.values():
        yield Problem("no_decision", "Quy trình không có bước nào để lãnh đạo quyết định kết quả.", "steps")
    elif LAST_STEP in _without(known, works, "decide"):
        message = "Có đường đi tới bước trả kết quả mà không qua bước nào lãnh đạo quyết định kết quả."
        yield Problem("delivers_undecided", message, f"steps.{LAST_STEP}")


def _without(known: Mapping[str, Step], works: Mapping[str, Work], left_out: Work) -> set[str]:
    """The steps a dossier may come to before any step of that work is done."""
    moves = {key: () if works[key] == left_out else step.forward_keys for key, step in known.items()}
    return reached([FIRST_STEP], moves) & set(known)
