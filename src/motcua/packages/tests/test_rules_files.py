"""A definition into files and back, into a zip and back: nothing is lost, whatever it says."""

from hypothesis import HealthCheck, given, settings

from motcua.packages.rules.files import definition_from_files, files_of
from motcua.packages.rules.zips import files_in_zip, zip_of
from motcua.packages.tests.generated import definitions
from motcua.procedures.terms import Definition


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(definitions())
def test_files_and_zip_hold_everything(definition: Definition) -> None:
    files = files_of(definition)
    assert definition_from_files(files) == definition
    packed = zip_of(files)
    assert files_in_zip(packed) == files
    again = definition_from_files(files_in_zip(packed))
    assert again.as_json() == definition.as_json()
    assert zip_of(files_of(again)) == packed
