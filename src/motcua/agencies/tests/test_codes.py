"""Agency codes in both notations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.rules.codes import AgencyCode, code_problems, parse_agency_code
from motcua.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("written", "code", "legacy"),
    [
        ("H56", "H56", "000.00.00.H56"),
        ("000.00.00.H56", "H56", "000.00.00.H56"),
        ("000.00.08.H56", "H56.08", "000.00.08.H56"),
        ("H56.08.02", "H56.08.02", "000.02.08.H56"),
        (" 000.02.08.h56 ", "H56.08.02", "000.02.08.H56"),
        ("001.02.08.H56", "H56.08.02.001", "001.02.08.H56"),
        ("001.00.08.H56", "H56.08.00.001", "001.00.08.H56"),
        ("H55.242", "H55.242", ""),
        ("H37.02.02", "H37.02.02", "000.02.02.H37"),
        ("A", "A", ""),
        ("H49.01.02.003.04", "H49.01.02.003.04", ""),
    ],
)
def test_reads_and_writes(written: str, code: str, legacy: str) -> None:
    found = parse_agency_code(written)
    assert str(found) == code
    assert found.legacy == legacy


@pytest.mark.parametrize(
    "wrong", ["H5655", "49", "H49.1", "H49.1234", "000.00.H49", "H49.", "H49-08", "Ủ49", "000.000.00.H49"]
)
def test_refuses(wrong: str) -> None:
    assert [problem.code for problem in code_problems(wrong)] == ["agency_code_format"]
    with pytest.raises(Invalid):
        parse_agency_code(wrong)


def test_says_every_problem() -> None:
    assert [problem.code for problem in code_problems("h49" + ".x" * 20)] == [
        "agency_code_too_long",
        "agency_code_format",
    ]
    assert [problem.code for problem in code_problems("  ")] == ["agency_code_missing"]


def test_longest_code_is_35() -> None:
    longest = "H49" + ".01" * 8 + ".0123"[:4] + ".012"
    assert len(longest) == 35
    assert not code_problems(longest)
    assert [problem.code for problem in code_problems("H49" + ".01" * 11)] == ["agency_code_too_long"]


def test_levels_and_parents() -> None:
    code = parse_agency_code("H49.08.02")
    assert code.level == 3
    assert str(code.parent) == "H49.08"
    assert parse_agency_code("H49").parent is None
    assert code.stands_under(parse_agency_code("000.00.00.H49"))
    assert code.stands_under(code)
    assert not parse_agency_code("H49.08").stands_under(code)


@given(
    root=st.from_regex(r"[A-K]\d\d", fullmatch=True),
    below=st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 999)),
)
def test_old_notation_survives_the_round_trip(root: str, below: tuple[int, int, int]) -> None:
    second, third, fourth = below
    legacy = f"{fourth:03d}.{third:02d}.{second:02d}.{root}"
    assert parse_agency_code(legacy).legacy == legacy


@given(segments=st.lists(st.integers(1, 99).map("{:02d}".format), max_size=2))
def test_new_notation_survives_the_round_trip(segments: list[str]) -> None:
    code = AgencyCode(("H49", *segments))
    assert parse_agency_code(code.legacy) == code
