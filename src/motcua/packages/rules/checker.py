"""Whether a package may be published: everything its parts say wrong, by themselves and of one another."""

from collections.abc import Iterator
from dataclasses import replace

from motcua.expressions.terms import Kind
from motcua.forms.rules.checker import known_names, problems_in_form
from motcua.kernel.errors import Problem
from motcua.packages.rules.checking_papers import paper_problems
from motcua.packages.rules.checking_tests import test_problems
from motcua.packages.rules.plausible import implausible
from motcua.packages.rules.reading import ReadPackage, in_order
from motcua.procedures.rules.definition import problems_in, warnings_in
from motcua.procedures.terms import Definition
from motcua.processes.rules.checker import known_names as process_names
from motcua.processes.rules.checker import problems_in_process


def problems_in_package(definition: Definition) -> list[Problem]:
    """Return everything that forbids publishing; `field` is a path by keys: "form.pages.0.fields.2.when"."""
    return _once(
        [
            *problems_in(definition),
            *_form_problems(definition),
            *_process_problems(definition),
            *_linked_problems(definition),
            *paper_problems(definition),
            *test_problems(definition),
        ]
    )


def warnings_in_package(definition: Definition) -> list[Problem]:
    """Return what somebody should look at again; none of it forbids publishing."""
    return _once([*warnings_in(definition), *_without_tests(definition), *implausible(definition)])


def checked(read: ReadPackage) -> tuple[list[Problem], list[Problem]]:
    """Return the problems and the warnings of a package that was read, each told by file and line."""
    if read.definition is None:
        return list(read.problems), []
    problems = [*read.problems, *(read.placed(one) for one in problems_in_package(read.definition))]
    warnings = [read.placed(one) for one in warnings_in_package(read.definition)]
    return in_order(problems), in_order(warnings)


def _once(problems: list[Problem]) -> list[Problem]:
    """The problems in their order; of two about the same, the one that was told first."""
    found: dict[tuple[str, str, str], Problem] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.field, problem.message), problem)
    return list(found.values())


def _form_problems(definition: Definition) -> Iterator[Problem]:
    if definition.form is None:
        return
    for problem in problems_in_form(definition.form):
        yield replace(problem, field=f"form.{problem.field}" if problem.field else "form")
    known = {component.key for component in definition.components}
    if (paper := definition.form.component) and paper not in known:
        message = f"Biểu mẫu thay giấy tờ “{paper}”, nhưng giấy tờ đó không có trong thành phần hồ sơ."
        yield Problem("unknown_component", message, "form.component")
    for field in definition.form.fields():
        for one in (field, *field.columns):
            if one.component and one.component not in known:
                message = f"Ô “{one.label}” thuộc giấy tờ “{one.component}” không có trong thành phần hồ sơ."
                yield Problem("unknown_component", message, f"form.{one.key}.component")


def names_of_form(definition: Definition) -> dict[str, Kind]:
    """What expressions may read of the e-form, by name; nothing without one."""
    return dict(known_names(definition.form)) if definition.form is not None else {}


def _process_problems(definition: Definition) -> Iterator[Problem]:
    if definition.steps:
        yield from problems_in_process(definition.steps, known=process_names(names_of_form(definition)))


def _linked_problems(definition: Definition) -> Iterator[Problem]:
    steps = {step.key for step in definition.steps}
    seen: set[str] = set()
    for one in definition.linked:
        place = f"linked.{one.key}"
        if one.key in seen:
            yield Problem("duplicate_linked", f"Có hai thủ tục liên thông cùng khóa “{one.key}”.", place)
        seen.add(one.key)
        if one.procedure == definition.code:
            yield Problem("linked_to_itself", f"Thủ tục liên thông “{one.name}” là chính thủ tục này.", place)
        if one.opens_at and one.opens_at not in steps:
            message = f"Thủ tục liên thông “{one.name}” mở ở bước “{one.opens_at}” không có."
            yield Problem("unknown_step", message, f"{place}.opens_at")


def _without_tests(definition: Definition) -> Iterator[Problem]:
    if definition.form is not None and not definition.tests:
        message = "Gói có biểu mẫu mà chưa có kiểm thử nào; hãy viết ít nhất một."
        yield Problem("no_tests", message, "")
