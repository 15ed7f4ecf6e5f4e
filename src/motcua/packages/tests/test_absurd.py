"""Whatever the files hold, reading, checking and running their tests end, and never raise."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.packages.rules.checker import checked, problems_in_package, warnings_in_package
from motcua.packages.rules.reading import read_package
from motcua.packages.rules.testing import run_tests
from motcua.packages.standard import shipped_places, standard_calendar
from motcua.packages.tests.generated import definitions
from motcua.packages.tests.samples import sample_files
from motcua.procedures.terms import Definition

_NAMES = sorted(sample_files())
_PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b"[", b"]", b"{", b"}", b": ", b"- ", b"\n", b"\t", b"&a ", b"*a", b"!x ", b"<<: ", b"'", b'"', b"|\n"]
    ),
    st.sampled_from(
        [b"null", b"true", b"-1", b"1e999", b"99999999999999999999", b"---\n", b"? ", b"\xff", b"\xef\xbb\xbf"]
    ),
)
_CUTS = st.tuples(st.sampled_from(_NAMES), st.floats(0, 1), st.integers(0, 40), _PIECES)
_settings = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@_settings
@given(st.lists(_CUTS, min_size=1, max_size=4))
def test_files_with_anything_cut_out_and_put_in(cuts: list[tuple[str, float, int, bytes]]) -> None:
    files = sample_files()
    for name, share, length, piece in cuts:
        data = files[name]
        place = int(share * len(data))
        files[name] = data[:place] + piece + data[place + length :]
    read = read_package(files)
    problems, _ = checked(read)
    assert (read.definition is None) <= bool(problems)
    assert all(":" in one.field for one in problems)
    if read.definition is not None:
        run_tests(read.definition, calendar=standard_calendar(), places=shipped_places())


@_settings
@given(st.dictionaries(st.one_of(st.sampled_from(_NAMES), st.text(max_size=20)), st.binary(max_size=60), max_size=4))
def test_files_of_anything(files: dict[str, bytes]) -> None:
    read = read_package(files)
    assert (read.definition is None) == bool(read.problems)


@_settings
@given(definitions())
def test_definitions_that_make_no_sense(definition: Definition) -> None:
    assert all(one.message for one in (*problems_in_package(definition), *warnings_in_package(definition)))
    outcomes = run_tests(definition, calendar=standard_calendar(), places=shipped_places())
    assert [one.key for one in outcomes] == [test.key for test in definition.tests]
    assert all(finding.text for one in outcomes for finding in one.findings)
