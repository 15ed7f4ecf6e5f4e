"""What is wrong with the steps of a process as a net: keys, ways, first and last step."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from motcua.kernel.errors import Problem
from motcua.processes.rules.walk import reached
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Step, TermSpec

_LEADERS = frozenset({"lead_division", "lead_agency"})


def structure_problems(steps: Sequence[Step]) -> Iterator[Problem]:
    """Yield what forbids to use the net of steps: double keys, ways to nowhere, steps nobody comes to or leaves."""
    keys = [step.key for step in steps]
    for key in twice(keys):
        yield Problem("duplicate_step", f"Có hai bước cùng khóa “{key}”.", "steps")
    for key, name in ((FIRST_STEP, "tiếp nhận"), (LAST_STEP, "trả kết quả")):
        if key not in keys:
            yield Problem(f"no_{key}_step", f"Quy trình thiếu bước {name} (khóa “{key}”).", "steps")
    if keys and FIRST_STEP in keys and keys[0] != FIRST_STEP:
        yield Problem("receive_not_first", "Bước tiếp nhận phải đứng đầu quy trình.", "steps")
    for step in steps:
        yield from _problems_of_step(step, set(keys))
        yield from _problems_inside(step, steps)
    yield from _unreachable(steps)
    yield from _never_ending(steps)


def term_problem(term: TermSpec, field: str) -> Iterator[Problem]:
    """Yield what is wrong with a length of time."""
    if term.unit != "same_day" and term.amount <= 0:
        yield Problem("term_not_positive", "Thời hạn phải lớn hơn 0.", field)
    if term.unit == "same_day" and term.amount != 0:
        yield Problem("same_day_with_amount", "Thời hạn trong ngày không kèm con số.", field)


def twice(keys: Iterable[str]) -> list[str]:
    """Return the keys that stand there more than once."""
    return [key for key, times in Counter(keys).items() if times > 1]


def _problems_of_step(step: Step, known: set[str]) -> Iterator[Problem]:
    field = f"steps.{step.key}"
    for key in sorted({*step.forward_keys, *step.back_keys} - known):
        yield Problem("unknown_step", f"Bước “{step.name}” dẫn tới bước “{key}” không có.", field)
    if step.key in step.forward_keys or step.key in step.back_keys:
        yield Problem("step_to_itself", f"Bước “{step.name}” dẫn tới chính nó.", field)
    if step.key == LAST_STEP and step.forward:
        yield Problem("deliver_goes_on", "Sau bước trả kết quả không còn bước nào.", field)
    if step.key != LAST_STEP and not step.forward:
        yield Problem("dead_end", f"Bước “{step.name}” không dẫn đi đâu.", field)
    if step.key in (FIRST_STEP, LAST_STEP) and (step.right, step.at) != ("receive", "desk"):
        yield Problem("not_at_desk", f"Bước “{step.name}” phải do người tiếp nhận làm tại Bộ phận Một cửa.", field)
    yield from _place_problems(step)
    if step.term:
        yield from term_problem(step.term, f"{field}.term")


def _place_problems(step: Step) -> Iterator[Problem]:
    field = f"steps.{step.key}"
    if step.at == "unit" and not step.unit:
        yield Problem("no_unit", f"Bước “{step.name}” ở cơ quan khác nhưng chưa ghi cơ quan nào.", f"{field}.unit")
    if step.at != "unit" and step.unit:
        message = f"Bước “{step.name}” ghi cơ quan “{step.unit}” nhưng không đặt tại cơ quan khác (at: unit)."
        yield Problem("unit_not_used", message, f"{field}.unit")


def _problems_inside(step: Step, steps: Sequence[Step]) -> Iterator[Problem]:
    field = f"steps.{step.key}"
    for direction, moves in (("forward", step.forward), ("back", step.back)):
        for key in twice(move.to for move in moves if not move.when):
            message = f"Bước “{step.name}” hai lần dẫn tới bước “{key}” mà không kèm điều kiện."
            yield Problem("duplicate_move", message, f"{field}.{direction}.{key}")
    for key in twice(consult.key for consult in step.consults):
        yield Problem("duplicate_consult", f"Bước “{step.name}” có hai ý kiến cùng khóa “{key}”.", f"{field}.consults")
    for key in twice(timer.key for timer in step.timers):
        yield Problem("duplicate_timer", f"Bước “{step.name}” có hai hẹn giờ cùng khóa “{key}”.", f"{field}.timers")
    for consult in step.consults:
        if consult.term:
            yield from term_problem(consult.term, f"{field}.consults.{consult.key}.term")
    yield from _timer_problems(step, steps)


def _timer_problems(step: Step, steps: Sequence[Step]) -> Iterator[Problem]:
    right_of = {one.key: one.right for one in steps}
    for timer in step.timers:
        field = f"steps.{step.key}.timers.{timer.key}"
        named = f"Hẹn giờ “{timer.key}” của bước “{step.name}”"
        yield from term_problem(timer.after, f"{field}.after")
        if timer.do != "move":
            if timer.to:
                yield Problem("timer_moves_nothing", f"{named} không chuyển hồ sơ nên không ghi bước đến.", field)
        elif timer.to not in {*step.forward_keys, *step.back_keys}:
            message = f"{named} chuyển hồ sơ tới “{timer.to}”, không phải bước mà bước này dẫn tới."
            yield Problem("timer_to_unknown", message, field)
        elif timer.to in step.forward_keys and _decides(step, right_of.get(timer.to, ""), timer.to):
            message = f"{named} tự chuyển qua quyết định của lãnh đạo; việc này phải có người làm."
            yield Problem("timer_skips_decision", message, field)


def _decides(step: Step, right: str, to: str) -> bool:
    """Whether leaving the step forward is an act that a clock cannot do: to take in, to decide, to seal, to deliver."""
    return (
        step.key == FIRST_STEP
        or step.right == "seal"
        or (step.right in _LEADERS and (right == "seal" or to == LAST_STEP))
    )


def ways_of(step: Step) -> set[str]:
    """Return every step to which a dossier may come from this one."""
    return {*step.forward_keys, *step.back_keys, *(timer.to for timer in step.timers if timer.to)}


def _unreachable(steps: Sequence[Step]) -> Iterator[Problem]:
    if FIRST_STEP not in {step.key for step in steps}:
        return
    found = reached([FIRST_STEP], {step.key: ways_of(step) for step in steps})
    for step in steps:
        if step.key not in found:
            message = f"Không có đường nào từ bước tiếp nhận đến bước “{step.name}”."
            yield Problem("unreachable_step", message, f"steps.{step.key}")


def _never_ending(steps: Sequence[Step]) -> Iterator[Problem]:
    """Steps that lead on, yet never to the delivery: a circle."""
    if LAST_STEP not in {step.key for step in steps}:
        return
    backwards: dict[str, set[str]] = {}
    for step in steps:
        for key in step.forward_keys:
            backwards.setdefault(key, set()).add(step.key)
    ending = reached([LAST_STEP], backwards)
    for step in steps:
        if step.forward and step.key not in ending:
            message = f"Từ bước “{step.name}” không đi tới được bước trả kết quả."
            yield Problem("never_delivers", message, f"steps.{step.key}")
