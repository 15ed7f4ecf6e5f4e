"""The packages that ship with the program: right, tested, and taken into the demo's catalogue."""

from importlib.resources import as_file, files

import pytest

from motcua.packages.folders import files_in_folder
from motcua.packages.rules.checker import checked
from motcua.packages.rules.files import definition_from_files, files_of
from motcua.packages.rules.reading import read_package
from motcua.packages.rules.testing import run_tests
from motcua.packages.rules.zips import files_in_zip, zip_of
from motcua.packages.standard import shipped_places, standard_calendar
from motcua.project.demo.offerings import definitions, shipped_packages

CODES = sorted(shipped_packages())


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
def test_nothing_of_a_shipped_package_is_lost_in_a_zip(code: str) -> None:
    definition = shipped_packages()[code]
    assert definition_from_files(files_in_zip(zip_of(files_of(definition)))).as_json() == definition.as_json()


def test_the_demo_says_what_the_packages_say() -> None:
    found = {definition.code: definition for definition in definitions()}
    assert list(found) == sorted(found)
    assert {code: found[code] for code in CODES} == dict(shipped_packages())
