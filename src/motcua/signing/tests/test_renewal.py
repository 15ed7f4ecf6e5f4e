"""When the next archive timestamp is due: a pure rule on a table of dates."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.signing.providers.sunset import house_sunsets
from motcua.signing.rules.renewal import Sunsets, digest_for, renewal_due

AT = datetime(2026, 11, 22, tzinfo=UTC)
TABLE = Sunsets({"sha256": date(2035, 12, 31), "sha512": date(2040, 1, 1), "p256": date(2035, 12, 31)}, timedelta(90))
FAR = datetime(2045, 1, 1, tzinfo=UTC)


def test_the_certificate_ends_first() -> None:
    ends = datetime(2030, 1, 1, tzinfo=UTC)
    due = renewal_due(at=AT, stamp_ends=ends, algorithms=["sha256", "p256"], sunsets=TABLE)
    assert (due.due_at, due.because) == (ends - timedelta(days=90), "certificate")


def test_an_algorithm_ends_first_with_its_last_day() -> None:
    due = renewal_due(at=AT, stamp_ends=FAR, algorithms=["sha512", "p256"], sunsets=TABLE)
    assert due.because == "p256"
    assert due.due_at.date() == date(2035, 12, 31) - timedelta(days=90)


def test_what_the_table_does_not_name_is_due_tomorrow() -> None:
    due = renewal_due(at=AT, stamp_ends=FAR, algorithms=["md5"], sunsets=TABLE)
    assert (due.due_at, due.because) == (AT + timedelta(days=1), "md5")


@given(st.integers(-4000, 9000), st.integers(0, 400))
def test_a_renewal_is_in_the_future_and_before_the_end_when_more_than_two_days_are_left(left: int, margin: int) -> None:
    ends = AT + timedelta(days=left)
    table = Sunsets({"sha256": date(2090, 1, 1)}, timedelta(days=margin))
    due = renewal_due(at=AT, stamp_ends=ends, algorithms=["sha256"], sunsets=table).due_at
    assert due >= AT + timedelta(days=1) or due == ends - timedelta(days=margin) > AT
    if left > 2:
        assert due <= ends


def test_the_digest_changes_before_the_old_one_ends() -> None:
    until = {"sha256": date(2035, 12, 31), "sha384": date(2040, 1, 1), "sha512": date(2042, 1, 1)}
    table = Sunsets(until, timedelta(90))
    assert digest_for(AT, table) == "sha256"
    assert digest_for(datetime(2035, 12, 1, tzinfo=UTC), table) == "sha384"
    assert digest_for(datetime(2041, 12, 1, tzinfo=UTC), table) == "sha512"
    assert digest_for(datetime(2050, 1, 1, tzinfo=UTC), table) == "sha512"


def test_the_table_that_is_shipped_names_every_algorithm_the_house_signs_with() -> None:
    assert set(house_sunsets().until) >= {"sha256", "sha384", "sha512", "rsa2048", "rsa3072", "p256"}
    assert house_sunsets().margin > timedelta(days=30)
