"""Channels, waits and short texts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.notifications.rules.channels import CHANNELS, ways_out
from motcua.notifications.rules.retry import MOST_ATTEMPTS, next_try
from motcua.notifications.rules.texts import GSM_LETTERS, SMS_LENGTH, chat_text, shortened, sms_text, unaccented
from motcua.notifications.terms import Channel, NoticeKind, Recipient

AT = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)
BOTH = Recipient(name="Trần Thị Bưởi", phone="0912345678", email="buoi@example.vn")


def test_every_kind_says_by_which_channels_it_goes() -> None:
    assert set(CHANNELS) == set(NoticeKind)


def test_work_of_officers_stays_inside() -> None:
    assert ways_out(NoticeKind.WORK, BOTH, switched_on=set(Channel)) == ()


def test_what_needs_action_goes_by_every_way_that_is_on() -> None:
    assert ways_out(NoticeKind.ACTION, BOTH, switched_on={Channel.EMAIL, Channel.SMS}) == (
        (Channel.EMAIL, "buoi@example.vn"),
        (Channel.SMS, "0912345678"),
    )


def test_thanks_cost_no_sms() -> None:
    assert Channel.SMS not in dict(ways_out(NoticeKind.INFORMATION, BOTH, switched_on=set(Channel)))


def test_without_addresses_nothing_leaves() -> None:
    assert ways_out(NoticeKind.ACTION, Recipient(account_id=1), switched_on=set(Channel)) == ()


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (9, 7680), (10, 14400), (MOST_ATTEMPTS - 1, 14400)]
)
def test_waits_double_up_to_four_hours(attempts: int, seconds: int) -> None:
    assert next_try(attempts, AT) == AT + timedelta(seconds=seconds)


def test_there_is_a_last_attempt() -> None:
    assert next_try(MOST_ATTEMPTS, AT) is None


def test_all_attempts_together_take_about_two_days() -> None:
    waits = [next_try(attempts, AT) for attempts in range(1, MOST_ATTEMPTS)]
    whole = sum((wait - AT for wait in waits if wait), timedelta())
    assert timedelta(days=1, hours=18) < whole < timedelta(days=3)


def test_accents_go_and_capitals_stay() -> None:
    assert unaccented("Đã tiếp nhận hồ sơ của ông Đặng Ưng – “Khai sinh”…") == (
        'Da tiep nhan ho so cua ong Dang Ung - "Khai sinh"...'
    )


def test_a_short_text_carries_its_link() -> None:
    assert sms_text("Hồ sơ H61-1 đã được tiếp nhận.", "http://mot.vn/ho-so/H61-1/") == (
        "Ho so H61-1 da duoc tiep nhan. http://mot.vn/ho-so/H61-1/"
    )


def test_a_link_that_does_not_fit_is_left_out_whole() -> None:
    text = "Hồ sơ cần bổ sung. " * 8
    assert "http" not in sms_text(text, "http://mot.vn/ho-so/H61-1/")


def test_a_long_text_is_cut_between_words() -> None:
    assert shortened("mot hai ba bon nam", 12) == "mot hai..."
    assert shortened("mothaibabonnamsau", 10) == "mothaib..."


def test_a_chat_keeps_its_accents_and_lines() -> None:
    assert (
        chat_text("Hồ sơ đã xong.\nMời đến nhận.", "http://mot.vn/") == "Hồ sơ đã xong.\nMời đến nhận.\nhttp://mot.vn/"
    )


@given(st.text(), st.text(max_size=200))
def test_an_sms_is_always_one_gsm_message(text: str, link: str) -> None:
    sent = sms_text(text, link)
    assert len(sent) <= SMS_LENGTH
    assert set(sent) <= GSM_LETTERS
