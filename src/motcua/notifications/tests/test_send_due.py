"""Sending what is due: once, again after failures, never for ever, never twice at a time."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from motcua.notifications.actions import notify
from motcua.notifications.actions.dispatch import claim_next
from motcua.notifications.jobs import send_due
from motcua.notifications.models import Delivery
from motcua.notifications.rules.retry import CHANNEL_REST, LEASE, MOST_ATTEMPTS
from motcua.notifications.terms import Channel, DeliveryState, NoticeKind, Recipient
from motcua.notifications.tests.smtp import MailServer, free_port

AT = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)
ALL = list(Channel)


def _mail(address: str = "buoi@example.vn", key: str = "k") -> Delivery:
    words = {"subject": "Đã nộp hồ sơ H61-1", "body": "Mã hồ sơ: H61-1.", "link": "/ho-so/H61-1/"}
    notify(to=Recipient(name="Bưởi", email=address), kind=NoticeKind.PROGRESS, key=key, at=AT, **words)
    return Delivery.objects.get(channel=Channel.EMAIL, address=address, key=key)


def _sms(key: str = "k") -> None:
    words = {"subject": "Đã nộp hồ sơ H61-1", "body": ""}
    notify(to=Recipient(name="Bưởi", phone="0912345678"), kind=NoticeKind.PROGRESS, key=key, at=AT, **words)


@pytest.mark.django_db
def test_what_is_due_leaves_once(mail_server: MailServer) -> None:
    delivery = _mail()
    assert send_due(at=AT) == 1
    assert send_due(at=AT + timedelta(days=1)) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at, delivery.attempts) == (DeliveryState.SENT, AT, 1)
    (mail,) = mail_server.mails
    assert mail["Subject"] == "Đã nộp hồ sơ H61-1"


@pytest.mark.django_db
def test_nothing_leaves_before_its_time(mail_server: MailServer) -> None:
    _mail()
    assert send_due(at=AT - timedelta(seconds=1)) == 0
    assert mail_server.mails == []


@pytest.mark.django_db
def test_phone_messages_become_files(data_dir: Path) -> None:
    _sms()
    assert send_due(at=AT) == 2
    (sms,) = (data_dir / "outbox" / "sms").glob("*.json")
    (zalo,) = (data_dir / "outbox" / "zalo").glob("*.json")
    assert json.loads(sms.read_text())["text"] == "Da nop ho so H61-1"
    assert json.loads(zalo.read_text())["text"] == "Đã nộp hồ sơ H61-1"


@pytest.mark.django_db
def test_a_temporary_failure_is_tried_again_after_longer_and_longer_waits(mail_server: MailServer) -> None:
    delivery = _mail()
    mail_server.refuse["buoi@example.vn"] = "452 4.2.2 Mailbox full"
    at = AT
    for attempt, wait in ((1, 30), (2, 60), (3, 120)):
        assert send_due(at=at) == 1
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (DeliveryState.WAITING, attempt)
        assert delivery.last_error == "452 4.2.2 Mailbox full"
        assert delivery.next_try_at == at + timedelta(seconds=wait)
        assert send_due(at=at + timedelta(seconds=wait - 1)) == 0
        at = delivery.next_try_at
    mail_server.refuse.clear()
    assert send_due(at=at) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error, delivery.attempts) == (DeliveryState.SENT, "", 4)


@pytest.mark.django_db
def test_a_permanent_failure_is_not_tried_again(mail_server: MailServer) -> None:
    delivery = _mail()
    mail_server.refuse["buoi@example.vn"] = "550 5.1.1 No such user"
    assert send_due(at=AT) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_try_at) == (DeliveryState.FAILED, None)
    assert delivery.last_error == "550 5.1.1 No such user"
    assert send_due(at=AT + timedelta(days=9)) == 0


@pytest.mark.django_db
def test_one_bad_address_does_not_hold_up_the_others(mail_server: MailServer) -> None:
    mail_server.refuse["a@example.vn"] = "550 No such user"
    for address in ("a@example.vn", "b@example.vn", "c@example.vn"):
        _mail(address)
    assert send_due(at=AT) == 3
    assert len(mail_server.mails) == 2
    assert mail_server.connections == 1


@pytest.mark.django_db
def test_tries_come_to_an_end(mail_server: MailServer) -> None:
    delivery = _mail()
    Delivery.objects.update(attempts=MOST_ATTEMPTS - 1)
    mail_server.refuse["buoi@example.vn"] = "452 Mailbox full"
    send_due(at=AT)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED


@pytest.mark.django_db
def test_when_the_server_is_down_its_channel_rests_and_the_others_go_on(settings: Settings, data_dir: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    first, second = _mail(key="1"), _mail(key="2")
    _sms(key="3")
    assert send_due(at=AT) == 3
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)
    assert "Refused" in first.last_error
    assert second.next_try_at == AT + CHANNEL_REST
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 2


@pytest.mark.django_db
def test_a_broken_setting_is_kept_as_an_error(settings: Settings) -> None:
    delivery = _mail()
    settings.EMAIL_BACKEND = "motcua.no_such_backend"
    assert send_due(at=AT) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.WAITING, 1)
    assert delivery.last_error.startswith("ImportError")


@pytest.mark.django_db
def test_a_round_has_its_limit(data_dir: Path) -> None:
    for number in range(3):
        _sms(key=str(number))
    assert send_due(at=AT, limit=4) == 4
    assert send_due(at=AT, limit=4) == 2


@pytest.mark.django_db
def test_an_attempt_counts_before_sending_so_a_crash_is_followed_by_one_more_try(mail_server: MailServer) -> None:
    delivery = _mail()
    assert claim_next(at=AT, channels=ALL) == delivery  # and now the worker dies
    delivery.refresh_from_db()
    assert delivery.attempts == 1
    assert send_due(at=AT + LEASE - timedelta(seconds=1)) == 0
    assert send_due(at=AT + LEASE) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 2)


@pytest.mark.usefixtures("committed_db")
def test_two_workers_never_take_the_same_message(data_dir: Path) -> None:
    _sms()
    taken: list[int | None] = []

    def other_worker() -> None:
        found = claim_next(at=AT, channels=ALL)
        taken.append(found.pk if found else None)
        connection.close()

    with transaction.atomic():
        mine = claim_next(at=AT, channels=ALL)
        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join(timeout=10)
    assert mine is not None
    assert len(taken) == 1
    assert taken[0] not in (None, mine.pk)


@pytest.mark.usefixtures("committed_db")
def test_many_workers_send_everything_exactly_once(data_dir: Path) -> None:
    for number in range(20):
        _sms(key=str(number))
    counts: list[int] = []

    def worker() -> None:
        counts.append(send_due(at=AT))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sum(counts) == 40
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}
    assert len(list((data_dir / "outbox").glob("*/*.json"))) == 40
