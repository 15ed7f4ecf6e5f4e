"""What makes a definition fit to be published."""

from collections import Counter
from collections.abc import Iterable, Iterator

from motcua.kernel.errors import Problem
from motcua.procedures.rules.chains import total_hours
from motcua.procedures.terms import Case, Component, Definition, ServiceLevel
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Step, TermSpec


def problems_in(definition: Definition) -> list[Problem]:
    """Return everything that forbids publishing the definition, in the order of its parts.

    A procedure that is only told about online (cung cấp thông tin) needs no term, result or process yet.
    """
    if definition.service_level == ServiceLevel.INFORMATION and not definition.steps:
        return [*_case_problems(definition, terms=False), *_component_problems(definition, counts=False)]
    return [
        *_case_problems(definition),
        *_component_problems(definition),
        *_result_problems(definition),
        *_step_problems(definition.steps),
    ]


def warnings_in(definition: Definition) -> list[Problem]:
    """Return what an administrator should look at again; none of it forbids publishing."""
    limit = longest_hours(definition)
    spent = sum(total_hours(step.term.model_dump()) for step in definition.steps if step.term)
    found = []
    if limit and spent > limit:
        message = f"Tổng thời gian các bước là {spent} giờ làm việc, dài hơn thời hạn giải quyết ({limit} giờ)."
        found.append(Problem("steps_exceed_term", message, "steps"))
    if not definition.summary:
        found.append(Problem("no_summary", "Chưa có câu giới thiệu cho người dân.", "summary"))
    if not definition.keywords:
        found.append(Problem("no_keywords", "Chưa có từ khóa để người dân tìm bằng lời nói thường ngày.", "keywords"))
    if not definition.legal_basis:
        found.append(Problem("no_legal_basis", "Chưa ghi căn cứ pháp lý.", "legal_basis"))
    return found


def longest_hours(definition: Definition) -> int:
    """Return the longest term of all cases and channels in working hours; 0 when there is none."""
    terms = (term for case in definition.cases for term in case.terms.values())
    return max((total_hours(term.model_dump()) for term in terms), default=0)


def _duplicates(keys: Iterable[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]


def _term_problem(term: TermSpec, field: str) -> Iterator[Problem]:
    if term.unit != "same_day" and term.amount <= 0:
        yield Problem("term_not_positive", "Thời hạn phải lớn hơn 0.", field)
    if term.unit == "same_day" and term.amount != 0:
        yield Problem("same_day_with_amount", "Thời hạn trong ngày không kèm con số.", field)


def _case_problems(definition: Definition, *, terms: bool = True) -> Iterator[Problem]:
    if not definition.cases and terms:
        yield Problem("no_case", "Thủ tục phải có ít nhất một trường hợp.", "cases")
    for key in _duplicates(case.key for case in definition.cases):
        yield Problem("duplicate_case", f"Có hai trường hợp cùng khóa “{key}”.", "cases")
    for case in definition.cases:
        yield from _problems_of_case(case, terms=terms)


def _problems_of_case(case: Case, *, terms: bool) -> Iterator[Problem]:
    if not terms:
        pass
    elif not case.terms:
        yield Problem("no_term", f"Trường hợp “{case.name}” chưa có thời hạn giải quyết.", f"cases.{case.key}.terms")
    elif "any" not in case.terms and "in_person" not in case.terms:
        message = f"Trường hợp “{case.name}” chưa có thời hạn khi nộp trực tiếp."
        yield Problem("no_term_in_person", message, f"cases.{case.key}.terms")
    for channel, term in case.terms.items():
        yield from _term_problem(term, f"cases.{case.key}.terms.{channel}")
    for fee in case.fees:
        if fee.amount < 0:
            yield Problem("negative_fee", f"Mức thu “{fee.name}” không được âm.", f"cases.{case.key}.fees")


def _component_problems(definition: Definition, *, counts: bool = True) -> Iterator[Problem]:
    for key in _duplicates(component.key for component in definition.components):
        yield Problem("duplicate_component", f"Có hai giấy tờ cùng khóa “{key}”.", "components")
    known = {case.key for case in definition.cases}
    for component in definition.components:
        yield from _problems_of_component(component, known, counts=counts)


def _problems_of_component(component: Component, known: set[str], *, counts: bool) -> Iterator[Problem]:
    field = f"components.{component.key}"
    for key in sorted({*component.cases, *component.required_in} - known):
        yield Problem("unknown_case", f"Giấy tờ “{component.name}” nhắc trường hợp “{key}” không có.", field)
    if component.cases and (outside := sorted(set(component.required_in) - set(component.cases))):
        message = f"Giấy tờ “{component.name}” bắt buộc ở trường hợp “{', '.join(outside)}” mà nó không thuộc về."
        yield Problem("required_outside_cases", message, field)
    if component.originals < 0 or component.copies < 0:
        yield Problem("negative_count", f"Số bản của giấy tờ “{component.name}” không được âm.", field)
    elif counts and component.originals + component.copies == 0 and not component.present_only:
        yield Problem("no_count", f"Giấy tờ “{component.name}” chưa ghi số bản chính hoặc bản sao.", field)


def _result_problems(definition: Definition) -> Iterator[Problem]:
    if not definition.results:
        yield Problem("no_result", "Thủ tục chưa ghi kết quả giải quyết.", "results")


def _step_problems(steps: tuple[Step, ...]) -> Iterator[Problem]:
    keys = [step.key for step in steps]
    for key in _duplicates(keys):
        yield Problem("duplicate_step", f"Có hai bước cùng khóa “{key}”.", "steps")
    for key, name in ((FIRST_STEP, "tiếp nhận"), (LAST_STEP, "trả kết quả")):
        if key not in keys:
            yield Problem(f"no_{key}_step", f"Quy trình thiếu bước {name} (khóa “{key}”).", "steps")
    if keys and FIRST_STEP in keys and keys[0] != FIRST_STEP:
        yield Problem("receive_not_first", "Bước tiếp nhận phải đứng đầu quy trình.", "steps")
    for step in steps:
        yield from _problems_of_step(step, set(keys))
    yield from _unreachable(steps)
    yield from _never_ending(steps)


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
    if step.term:
        yield from _term_problem(step.term, f"{field}.term")


def _reached(start: str, moves: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(moves.get(key, ()))
    return seen


def _unreachable(steps: tuple[Step, ...]) -> Iterator[Problem]:
    if FIRST_STEP not in {step.key for step in steps}:
        return
    reached = _reached(FIRST_STEP, {step.key: set(step.forward_keys) for step in steps})
    for step in steps:
        if step.key not in reached:
            message = f"Không có đường nào từ bước tiếp nhận đến bước “{step.name}”."
            yield Problem("unreachable_step", message, f"steps.{step.key}")


def _never_ending(steps: tuple[Step, ...]) -> Iterator[Problem]:
    """Steps that lead on, yet never to the delivery: a circle."""
    if LAST_STEP not in {step.key for step in steps}:
        return
    backwards: dict[str, set[str]] = {}
    for step in steps:
        for key in step.forward_keys:
            backwards.setdefault(key, set()).add(step.key)
    ending = _reached(LAST_STEP, backwards)
    for step in steps:
        if step.forward and step.key not in ending:
            message = f"Từ bước “{step.name}” không đi tới được bước trả kết quả."
            yield Problem("never_delivers", message, f"steps.{step.key}")
