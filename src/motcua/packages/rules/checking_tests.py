"""Whether the tests of a package speak of what the package has."""

from collections import Counter
from collections.abc import Collection, Iterator

from motcua.kernel.errors import Problem
from motcua.procedures.terms import CHANNEL_FALLBACKS, Definition, PackageTest
from motcua.processes.terms import FACTS


def test_problems(definition: Definition) -> Iterator[Problem]:
    """Yield what tests name that is nowhere: cases, channels, fields, papers, steps."""
    for key, times in Counter(test.key for test in definition.tests).items():
        if times > 1:
            yield Problem("duplicate_test", f"Có hai kiểm thử cùng khóa “{key}”.", f"tests.{key}")
    for test in definition.tests:
        yield from _problems_of(definition, test)


def _problems_of(definition: Definition, test: PackageTest) -> Iterator[Problem]:
    expect, fields = test.expect, _fields(definition)
    named: list[tuple[str, str, Collection[str], Collection[str]]] = [
        ("case", "trường hợp", [test.case] if test.case else [], {case.key for case in definition.cases}),
        ("channel", "cách nộp", [test.channel], CHANNEL_FALLBACKS),
        ("form", "ô", _roots(test.form), fields),
        ("facts", "dữ kiện", _roots(test.facts), FACTS),
        ("expect.problems", "ô hoặc phép kiểm", _roots(expect.problems or ()), {*fields, *_checks(definition)}),
        ("expect.values", "ô", _roots(expect.values), fields),
        ("expect.asked", "ô", _roots(expect.asked), fields),
        ("expect.not_asked", "ô", _roots(expect.not_asked), fields),
        ("expect.components", "giấy tờ", expect.components or (), {one.key for one in definition.components}),
        ("expect.path", "bước", expect.path or (), {step.key for step in definition.steps}),
        ("expect.papers", "khuôn giấy tờ", expect.papers, {paper.key for paper in definition.papers}),
    ]
    for place, what, names, known in named:
        for name in dict.fromkeys(names):
            if name not in known:
                message = f"Kiểm thử “{test.name}” nhắc {what} “{name}” không có."
                yield Problem("test_unknown_name", message, f"tests.{test.key}.{place}")


def _fields(definition: Definition) -> set[str]:
    return {field.key for field in definition.form.fields()} if definition.form is not None else set()


def _checks(definition: Definition) -> set[str]:
    return {check.key for check in definition.form.checks} if definition.form is not None else set()


def _roots(names: Collection[str]) -> list[str]:
    """The first parts of dotted names."""
    return [name.split(".", maxsplit=1)[0] for name in names]
