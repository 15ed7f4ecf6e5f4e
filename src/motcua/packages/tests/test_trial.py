"""Real records of the national catalogue go through files and zips without a loss."""

import pytest

from motcua.importing.national.definition import definition_of
from motcua.importing.national.parsing import parse
from motcua.importing.national.reading import rows_of
from motcua.importing.national.shapes import record_of
from motcua.importing.tests.trial import FOLDER, needs_trial_data
from motcua.packages.rules.files import definition_from_files, files_of
from motcua.packages.rules.zips import files_in_zip, zip_of
from motcua.procedures.terms import DomainSpec

pytestmark = needs_trial_data
_EVERY = 12


@pytest.mark.parametrize(
    "name", sorted(one.name for one in FOLDER.iterdir() if one.suffix != ".csv") if FOLDER.is_dir() else []
)
def test_nothing_of_a_real_record_is_lost(name: str) -> None:
    domains: dict[str, DomainSpec] = {}
    for row in list(rows_of(FOLDER / name))[::_EVERY]:
        assert row.value is not None
        record = record_of(row.value)
        definition = definition_of(record, parse(record), domains)
        again = definition_from_files(files_in_zip(zip_of(files_of(definition))))
        assert again.as_json() == definition.as_json()
