"""The packages that ship with the program: right, tested, and taken into the demo's catalogue."""

from datetime import datetime
from importlib.resources import as_file, files

import pytest

from motcua.deadlines.terms import VIET_NAM
from motcua.forms.papers.printing import Head, declaration_pdf
from motcua.forms.rules.answers import flatten, from_json, read, to_json
from motcua.forms.rules.paper import problems_in_paper
from motcua.packages.folders import files_in_folder
from motcua.packages.rules.checker import checked, warnings_in_package
from motcua.packages.rules.files import definition_from_files, files_of
from motcua.packages.rules.paper_facts import PAPER_FACTS
from motcua.packages.rules.reading import read_package
from motcua.packages.rules.testing import run_tests
from motcua.packages.rules.zips import files_in_zip, zip_of
from motcua.packages.standard import shipped_places, standard_calendar
from motcua.procedures.rules.selection import case_of
from motcua.procedures.terms import Definition, PackageTest
from motcua.processes.rules.bpmn import from_bpmn, to_bpmn
from motcua.processes.rules.simulation import simulate
from motcua.project.demo.offerings import definitions, shipped_packages

TWELVE = (
    "1.000656", "1.000894", "1.001193", "1.001612", "1.004873", "1.012783",
    "1.012784", "1.013831", "1.013978", "2.000635", "2.000815", "2.000884",
)  # fmt: skip
CODES = sorted(shipped_packages())
FEWEST_TESTS = 5
MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=VIET_NAM)


def accepted(definition: Definition) -> list[PackageTest]:
    """The tests whose form is taken without a problem."""
    return [test for test in definition.tests if test.expect.problems == ()]


def test_the_twelve_ship() -> None:
    assert set(CODES) >= set(TWELVE)


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_package_has_no_fault(code: str) -> None:
    with as_file(files("motcua.project").joinpath("packages", code)) as folder:
        read = read_package(files_in_folder(folder))
    problems, _ = checked(read)
    assert [(one.field, one.message) for one in problems] == []
    assert read.definition is not None
    assert read.definition.code == code


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_package_passes_its_tests(code: str) -> None:
    definition = shipped_packages()[code]
    outcomes = run_tests(definition, calendar=standard_calendar(), places=shipped_places())
    assert outcomes, "a package ships with its tests"
    assert [(one.key, [finding.text for finding in one.findings]) for one in outcomes if not one.passed] == []


@pytest.mark.parametrize("code", CODES)
def test_there_is_nothing_to_look_at_again(code: str) -> None:
    assert [(one.field, one.message) for one in warnings_in_package(shipped_packages()[code])] == []


@pytest.mark.parametrize("code", TWELVE)
def test_one_of_the_twelve_is_worked_out_in_full(code: str) -> None:
    definition = shipped_packages()[code]
    assert definition.form is not None
    assert definition.steps
    assert {paper.kind for paper in definition.papers} >= {"result"}
    assert len(definition.papers) >= len(("result", "letter or record"))
    assert any(move.when for step in definition.steps for move in step.forward)
    assert any(field.when for field in definition.form.fields())
    assert definition.form.checks


@pytest.mark.parametrize("code", TWELVE)
def test_its_tests_try_everything(code: str) -> None:
    definition = shipped_packages()[code]
    expected = [test.expect for test in definition.tests]
    assert len(expected) >= FEWEST_TESTS
    assert {test.case or definition.cases[0].key for test in accepted(definition)} == {
        case.key for case in definition.cases
    }
    assert any(test.channel == "online" for test in definition.tests)
    assert any(len(one.problems or ()) > 1 for one in expected)
    assert any(one.asked for one in expected)
    assert any(one.not_asked for one in expected)
    assert len({one.path for one in expected if one.path}) > 1, "every branch of the process is gone"
    assert any(one.due for one in expected)
    assert {paper.key for paper in definition.papers if paper.kind == "result"} <= {
        key for one in expected for key in one.papers
    }
    gone = {key for one in expected for key in one.path or ()}
    assert {step.key for step in definition.steps} == gone


@pytest.mark.parametrize("code", TWELVE)
def test_its_fees_are_tried(code: str) -> None:
    definition = shipped_packages()[code]
    per_page = any(fee.per == "trang" for case in definition.cases for fee in case.fees)
    computed = any("fee_total" in test.expect.values for test in definition.tests)
    assert any(test.expect.fees is not None for test in definition.tests) or (per_page and computed)


@pytest.mark.parametrize("code", CODES)
def test_its_answers_come_back_from_what_is_kept(code: str) -> None:
    definition = shipped_packages()[code]
    for test in accepted(definition):
        assert definition.form is not None
        assert case_of(definition, test.case or definition.cases[0].key)
        at = test.at or MOMENT
        facts = {"case": test.case, "channel": test.channel, "online": test.channel == "online"}
        values = read(
            definition.form, flatten(definition.form, test.form), facts=facts, today=at.date(), places=shipped_places()
        ).values
        assert from_json(definition.form, to_json(definition.form, values)) == dict(values)


@pytest.mark.parametrize("code", CODES)
def test_its_papers_can_be_filled_in_and_its_form_printed(code: str) -> None:
    definition = shipped_packages()[code]
    assert definition.form is not None
    faults = [fault for paper in definition.papers for fault in problems_in_paper(paper, definition.form, PAPER_FACTS)]
    assert [(one.field, one.message) for one in faults] == []
    assert declaration_pdf(definition.form, {}, head=Head(issued_at=MOMENT)).startswith(b"%PDF")


@pytest.mark.parametrize("code", CODES)
def test_every_dossier_tried_comes_to_its_end_by_every_step(code: str) -> None:
    found = simulate(shipped_packages()[code].steps, dossiers=60, calendar=standard_calendar())
    assert (found.finished, found.unfinished, found.never_visited) == (60, (), ())


@pytest.mark.parametrize("code", CODES)
def test_nothing_of_its_process_is_lost_in_bpmn(code: str) -> None:
    definition = shipped_packages()[code]
    back = from_bpmn(to_bpmn(definition.code, definition.name, definition.steps))
    assert (back.code, back.name, back.steps, back.notes) == (code, definition.name, definition.steps, ())


@pytest.mark.parametrize("code", CODES)
def test_nothing_of_a_shipped_package_is_lost_in_its_files(code: str) -> None:
    definition = shipped_packages()[code]
    written = files_of(definition)
    assert definition_from_files(written).as_json() == definition.as_json()
    assert files_of(definition_from_files(written)) == written


@pytest.mark.parametrize("code", CODES)
def test_nothing_of_a_shipped_package_is_lost_in_a_zip(code: str) -> None:
    definition = shipped_packages()[code]
    assert definition_from_files(files_in_zip(zip_of(files_of(definition)))).as_json() == definition.as_json()


def test_the_demo_says_what_the_packages_say() -> None:
    found = {definition.code: definition for definition in definitions()}
    assert list(found) == sorted(found)
    assert {code: found[code] for code in CODES} == dict(shipped_packages())
