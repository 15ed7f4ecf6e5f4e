"""What is wrong with the time of a process: terms against the published one, the clock, opinions, timers."""

from collections.abc import Iterator, Sequence

from motcua.kernel.errors import Problem
from motcua.processes.rules.lengths import hours_of, hours_together, in_days
from motcua.processes.rules.structure import ways_of
from motcua.processes.rules.walk import by_key, longest_path, reached, usual_path
from motcua.processes.terms import LAST_STEP, Step


def clock_problems(steps: Sequence[Step]) -> Iterator[Problem]:
    """Yield steps that stop the clock from which a dossier can come to its delivery with the clock still standing."""
    known = by_key(steps)
    ways = {step.key: () if step.clock == "run" else tuple(ways_of(step)) for step in steps}
    for step in steps:
        if step.clock != "stop":
            continue
        found = reached([step.key], ways)
        if LAST_STEP in found and known[LAST_STEP].clock != "run":
            message = (
                f"Bước “{step.name}” dừng tính thời hạn, nhưng có đường tới bước trả kết quả mà không bước nào "
                "cho tính tiếp."
            )
            yield Problem("clock_not_run", message, f"steps.{step.key}.clock")


def pace_warnings(steps: Sequence[Step], limit_hours: int) -> Iterator[Problem]:
    """Yield what makes the published term (working hours; 0 = none) hard to keep, and time that is set to no use.

    Held against it are the terms along the usual way and along the longest one, not the sum of all steps: a dossier
    goes one way. While the clock stands still nothing counts. No reason to refuse: a step's own term is a goal of the
    office, what the law limits is the whole.
    """
    yield from _too_long(steps, limit_hours)
    stops = [step for step in steps if step.clock == "stop"]
    for step in steps:
        if step.clock == "run" and not stops:
            message = f"Bước “{step.name}” cho tính tiếp thời hạn, nhưng không bước nào dừng."
            yield Problem("run_without_stop", message, f"steps.{step.key}.clock")
        yield from _of_opinions(step, steps)
        yield from _of_timers(step)


def counted_hours(path: Sequence[Step]) -> int:
    """Return the working hours of the terms along a way, without those between a stopped and a running clock."""
    counted, stands = [], False
    for step in path:
        stands = step.clock == "stop" or (stands and step.clock != "run")
        if not stands:
            counted.append(step.term)
    return hours_together(counted)


def _too_long(steps: Sequence[Step], limit_hours: int) -> Iterator[Problem]:
    if not limit_hours:
        return
    usual, longest = counted_hours(usual_path(steps)), counted_hours(longest_path(steps))
    if usual > limit_hours:
        message = (
            f"Tổng thời gian các bước theo đường thường đi là {in_days(usual)}, "
            f"dài hơn thời hạn giải quyết {in_days(limit_hours)}."
        )
        yield Problem("steps_exceed_term", message, "steps")
    elif longest > limit_hours:
        names = " → ".join(step.name for step in longest_path(steps))
        message = (
            f"Theo đường dài nhất ({names}) các bước cần {in_days(longest)}, "
            f"dài hơn thời hạn giải quyết {in_days(limit_hours)}."
        )
        yield Problem("longest_way_exceeds_term", message, "steps")


def _of_opinions(step: Step, steps: Sequence[Step]) -> Iterator[Problem]:
    if not step.consults:
        return
    field = f"steps.{step.key}.consults"
    ahead = reached([step.key], {one.key: one.forward_keys for one in steps})
    waits = any("opinions" in one.gates for one in steps if one.key in ahead)
    if not waits and any(consult.required for consult in step.consults):
        message = f"Bước “{step.name}” lấy ý kiến bắt buộc, nhưng không bước nào chờ ý kiến (gates: opinions)."
        yield Problem("opinion_not_awaited", message, field)
    for consult in step.consults:
        if step.term and hours_of(consult.term) > hours_of(step.term):
            message = f"Ý kiến “{consult.key}” được trả lời lâu hơn thời hạn của bước “{step.name}”."
            yield Problem("opinion_longer_than_step", message, f"{field}.{consult.key}.term")


def _of_timers(step: Step) -> Iterator[Problem]:
    for timer in step.timers:
        if timer.do == "remind" and step.term and hours_of(timer.after) >= hours_of(step.term):
            message = f"Hẹn giờ “{timer.key}” nhắc khi bước “{step.name}” đã hết hạn."
            yield Problem("reminds_too_late", message, f"steps.{step.key}.timers.{timer.key}")
