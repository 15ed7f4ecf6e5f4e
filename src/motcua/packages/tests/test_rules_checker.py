"""What the checker finds in and between the parts of a package, each at its file and line."""

import pytest

from motcua.packages.rules.checker import checked, problems_in_package, warnings_in_package
from motcua.packages.rules.reading import read_package
from motcua.packages.tests.samples import sample, sample_files, with_change


def _found(files: dict[str, bytes]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    problems, warnings = checked(read_package(files))
    return [(one.field, one.code) for one in problems], [(one.field, one.code) for one in warnings]


def test_the_sample_is_right() -> None:
    assert problems_in_package(sample()) == []
    assert [one.code for one in warnings_in_package(sample())] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("procedure.yaml", "cases: [default]", "cases: [other]", ("procedure.yaml:25", "unknown_case")),
        (
            "procedure.yaml",
            "{unit: same_day}",
            "{unit: same_day, amount: 2}",
            ("procedure.yaml:13", "same_day_with_amount"),
        ),
        ("form.yaml", "component: giay-chung-sinh", "component: khac", ("form.yaml:11", "unknown_component")),
        ("form.yaml", "when: twins", "when: twin", ("form.yaml:9", "expression_name")),
        ("form.yaml", "field: born}", "field: bron}", ("form.yaml:13", "check_field_unknown")),
        ("process.yaml", "when: form.twins", "when: form.twin", ("process.yaml:8", "expression_name")),
        ("process.yaml", "back: [appraise]", "back: [apraise]", ("process.yaml:12", "unknown_step")),
        ("papers/giay-khai-sinh.yaml", "{child_name}", "{child}", ("papers/giay-khai-sinh.yaml:7", "expression_name")),
        (
            "papers/giay-khai-sinh.yaml",
            "keys: [born]",
            "keys: [birth]",
            ("papers/giay-khai-sinh.yaml:8", "field_unknown"),
        ),
        ("papers/giay-khai-sinh.yaml", "fields, keys", "table, keys", ("papers/giay-khai-sinh.yaml:8", "table_needed")),
        (
            "papers/giay-khai-sinh.yaml",
            "step: appraise",
            "step: write",
            ("papers/giay-khai-sinh.yaml:5", "unknown_step"),
        ),
        ("tests/dung-han.yaml", "case: default", "case: none", ("tests/dung-han.yaml:3", "test_unknown_name")),
        ("tests/dung-han.yaml", "case: default", "channel: fax", ("tests/dung-han.yaml:3", "test_unknown_name")),
        (
            "tests/dung-han.yaml",
            "form: {child_name",
            "form: {child.name",
            ("tests/dung-han.yaml:5", "test_unknown_name"),
        ),
        ("tests/dung-han.yaml", "problems: []", "problems: [borm]", ("tests/dung-han.yaml:7", "test_unknown_name")),
        (
            "tests/dung-han.yaml",
            "not_asked: [order]",
            "not_asked: [orders]",
            ("tests/dung-han.yaml:9", "test_unknown_name"),
        ),
        ("tests/dung-han.yaml", "[to-khai,", "[to-khai-2,", ("tests/dung-han.yaml:12", "test_unknown_name")),
        ("tests/dung-han.yaml", "[receive, ", "[start, ", ("tests/dung-han.yaml:13", "test_unknown_name")),
        ("tests/dung-han.yaml", "papers: {giay", "papers: {to", ("tests/dung-han.yaml:14", "test_unknown_name")),
    ],
)
def test_one_fault(name: str, old: str, new: str, fault: tuple[str, str]) -> None:
    problems, _ = _found(with_change(name, old, new))
    assert problems == [fault]


def test_linked_procedures() -> None:
    files = sample_files()
    files["process.yaml"] += (
        b"linked:\n  - {key: a, procedure: 1.001193, name: A, opens_at: nowhere}\n"
        b"  - {key: a, procedure: 1.004222, name: B}\n"
    )
    problems, _ = _found(files)
    assert problems == [
        ("process.yaml:16", "linked_to_itself"),
        ("process.yaml:16", "unknown_step"),
        ("process.yaml:16", "duplicate_linked"),
    ]


def test_keys_given_twice() -> None:
    files = sample_files()
    files["papers/khac.yaml"] = files["papers/giay-khai-sinh.yaml"]
    files["tests/khac.yaml"] = files["tests/dung-han.yaml"]
    problems, _ = _found(files)
    assert [code for _, code in problems] == ["duplicate_paper", "duplicate_test"]


def test_a_paper_without_content() -> None:
    files = {**sample_files(), "papers/trong.yaml": b"{key: trong, name: Tr, kind: letter, title: T}"}
    assert _found(files)[0] == [("papers/trong.yaml:1", "empty_paper")]


def test_a_form_without_tests_is_told() -> None:
    files = sample_files()
    del files["tests/dung-han.yaml"]
    assert _found(files) == ([], [("procedure.yaml:1", "no_tests")])


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("amount: 5, unit: working_day", "amount: 900, unit: working_day", ("procedure.yaml:14", "term_implausible")),
        ("amount: 5000", "amount: 5001", ("procedure.yaml:22", "fee_implausible")),
        ("amount: 5000", "amount: 900000000", ("procedure.yaml:22", "fee_implausible")),
        (
            *(
                "    fees:\n      - {name: Lệ phí, kind: charge, amount: 5000}",
                "    law_terms: {any: {amount: 2, unit: day}}",
            ),
            ("procedure.yaml:20", "term_beyond_law"),
        ),
    ],
)
def test_what_can_hardly_be_meant(old: str, new: str, warning: tuple[str, str]) -> None:
    problems, warnings = _found(with_change("procedure.yaml", old, new))
    assert problems == []
    assert warning in warnings


def test_a_package_that_cannot_be_read_is_not_checked_further() -> None:
    problems, warnings = _found(with_change("procedure.yaml", "format: 1\n", ""))
    assert (problems, warnings) == ([("procedure.yaml:1", "no_format")], [])
