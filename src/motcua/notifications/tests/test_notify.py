"""Telling somebody, once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from motcua.notifications.actions import notify, notify_accounts
from motcua.notifications.models import Delivery, Notice
from motcua.notifications.terms import Channel, DeliveryState, NoticeKind, Recipient
from motcua.notifications.tests.factories import citizen

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)


def _tell(to: Recipient, *, kind: NoticeKind = NoticeKind.ACTION, key: str = "k1", **changed: str) -> Notice | None:
    words = {
        "subject": "Cần bổ sung hồ sơ H61-1",
        "body": "1. Giấy chứng sinh: bản gốc",
        "short": "Hồ sơ H61-1 cần bổ sung 1 mục.",
        "link": "/ho-so/H61-1/",
    }
    return notify(to=to, kind=kind, key=key, at=AT, **{**words, **changed})


def test_somebody_with_everything_gets_a_notice_and_three_messages(data_dir: Path, settings: Settings) -> None:
    settings.BASE_URL = "https://mot.vn"
    account = citizen()
    notice = _tell(
        Recipient(account_id=account.pk, name="Trần Thị Bưởi", phone="+84 912 345 678", email="b@example.vn")
    )
    assert notice is not None
    assert (notice.subject, notice.link, notice.created_at) == ("Cần bổ sung hồ sơ H61-1", "/ho-so/H61-1/", AT)
    sent = {row.channel: row for row in Delivery.objects.all()}
    assert sent[Channel.EMAIL].text == "1. Giấy chứng sinh: bản gốc"
    assert sent[Channel.EMAIL].link == "https://mot.vn/ho-so/H61-1/"
    assert sent[Channel.SMS].text == "Ho so H61-1 can bo sung 1 muc. https://mot.vn/ho-so/H61-1/"
    assert sent[Channel.ZALO].text == "Hồ sơ H61-1 cần bổ sung 1 mục.\nhttps://mot.vn/ho-so/H61-1/"
    assert sent[Channel.SMS].address == "0912345678"
    assert {(row.notice_id, row.state, row.next_try_at) for row in sent.values()} == {
        (notice.pk, DeliveryState.WAITING, AT)
    }


def test_without_an_account_only_messages_leave(data_dir: Path) -> None:
    assert _tell(Recipient(name="Bưởi", phone="0912345678")) is None
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["sms", "zalo"]


def test_without_any_address_nobody_is_told(data_dir: Path) -> None:
    assert _tell(Recipient(name="Bưởi")) is None
    assert not Delivery.objects.exists()


def test_the_same_key_tells_nobody_twice(data_dir: Path) -> None:
    to = Recipient(account_id=citizen().pk, phone="0912345678", email="b@example.vn")
    first, second = _tell(to), _tell(to, subject="Khác")
    assert first == second
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 3)


def test_two_parties_with_one_phone_get_one_sms(data_dir: Path) -> None:
    for name in ("Bưởi", "Cam"):
        _tell(Recipient(account_id=citizen().pk, name=name, phone="0912345678"))
    assert Notice.objects.count() == 2
    assert Delivery.objects.filter(channel=Channel.SMS).count() == 1


def test_another_key_tells_again(data_dir: Path) -> None:
    to = Recipient(account_id=citizen().pk)
    _tell(to, key="k1")
    _tell(to, key="k2")
    assert Notice.objects.count() == 2


def test_a_channel_that_is_off_sends_nothing(data_dir: Path, settings: Settings) -> None:
    settings.ZALO_PROVIDER = "none"
    _tell(Recipient(phone="0912345678"))
    assert list(Delivery.objects.values_list("channel", flat=True)) == ["sms"]


def test_without_short_words_the_subject_goes_by_phone(data_dir: Path) -> None:
    _tell(Recipient(phone="0912345678"), short="", link="")
    assert Delivery.objects.get(channel=Channel.SMS).text == "Can bo sung ho so H61-1"


def test_many_accounts_are_told_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = [citizen().pk for _ in range(5)]
    words = {"kind": NoticeKind.WORK, "subject": "Việc mới", "body": "", "key": "k", "at": AT}
    with django_assert_num_queries(1):
        notify_accounts(account_ids=ids, **words)
    notify_accounts(account_ids=ids, **words)
    assert Notice.objects.count() == 5
    assert not Delivery.objects.exists()


def test_telling_costs_few_queries(data_dir: Path, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    to = Recipient(account_id=citizen().pk, phone="0912345678", email="b@example.vn")
    with django_assert_max_num_queries(8):  # of them four savepoints
        _tell(to)
