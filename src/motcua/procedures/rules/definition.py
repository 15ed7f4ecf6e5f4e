"""What makes a definition fit to be published."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from motcua.expressions.terms import Kind
from motcua.forms.rules.names import known_names as form_names
from motcua.forms.rules.patterns import pattern_fault
from motcua.kernel.errors import Problem
from motcua.procedures.terms import Case, Component, Definition, ServiceLevel
from motcua.processes.rules.checker import known_names, problems_in_process, warnings_in_process
from motcua.processes.rules.lengths import hours_of
from motcua.processes.rules.structure import term_problem

#: Kinds whose shape alone finds them on a page.
_SHAPED = frozenset({"personal_id"})


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
        *problems_in_process(definition.steps, known=_readable(definition)),
    ]


def _readable(definition: Definition) -> Mapping[str, Kind]:
    """What conditions of the process may read: its facts, and the answers of the e-form where there is one."""
    return known_names(form_names(definition.form) if definition.form is not None else {})


def warnings_in(definition: Definition) -> list[Problem]:
    """Return what an administrator should look at again; none of it forbids publishing."""
    found = warnings_in_process(definition.steps, limit_hours=longest_hours(definition))
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
    return max((hours_of(term) for term in terms), default=0)


def _duplicates(keys: Iterable[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]


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
        yield from term_problem(term, f"cases.{case.key}.terms.{channel}")
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
    yield from _problems_of_fields(component)


def _problems_of_fields(component: Component) -> Iterator[Problem]:
    for key in _duplicates(one.key for one in component.fields):
        message = f"Giấy tờ “{component.name}” có hai dữ liệu cùng khóa “{key}”."
        yield Problem("duplicate_scan_field", message, f"components.{component.key}.fields")
    for one in component.fields:
        place = f"components.{component.key}.fields.{one.key}"
        if not one.anchors and not one.pattern and one.kind not in _SHAPED:
            message = f"Dữ liệu “{one.label}” cần từ neo hoặc mẫu ký tự để tìm trên bản quét."
            yield Problem("scan_field_unfindable", message, place)
        if one.pattern and (fault := pattern_fault(one.pattern)):
            yield Problem("bad_pattern", f"Dữ liệu “{one.label}”: {fault}.", place)


def _result_problems(definition: Definition) -> Iterator[Problem]:
    if not definition.results:
        yield Problem("no_result", "Thủ tục chưa ghi kết quả giải quyết.", "results")
