"""Mails over a real SMTP conversation."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from motcua.notifications.providers.email import EmailProvider
from motcua.notifications.terms import Outgoing, RefusedError, TryLaterError, UnavailableError
from motcua.notifications.tests.smtp import MailServer, free_port

MESSAGE = Outgoing(
    id=7,
    created_at=datetime(2026, 2, 13, 1, 0, tzinfo=UTC),
    recipient_name="Đặng Thị Bưởi",
    address="buoi@example.vn",
    subject="Hồ sơ H61-1 đã được tiếp nhận",
    text="Hẹn trả kết quả: 16:30 ngày 24/02/2026.\n\nNơi trả: <Trung tâm> & bạn.",
    link="http://localhost:8000/ho-so/H61-1/",
)


@pytest.fixture
def provider() -> EmailProvider:
    return EmailProvider()


def test_a_mail_arrives_as_text_and_html(mail_server: MailServer, provider: EmailProvider) -> None:
    provider.send(MESSAGE)
    provider.close()
    (mail,) = mail_server.mails
    assert mail["Subject"] == "Hồ sơ H61-1 đã được tiếp nhận"
    assert mail["To"] == "Đặng Thị Bưởi <buoi@example.vn>"
    assert mail["Message-ID"] == "<delivery-7@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    text, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    assert text.startswith("Kính gửi Đặng Thị Bưởi,\n\nHẹn trả kết quả: 16:30 ngày 24/02/2026.")
    assert "Nơi trả: <Trung tâm> & bạn." in text
    assert "Xem chi tiết: http://localhost:8000/ho-so/H61-1/" in text
    assert "Nơi trả: &lt;Trung tâm&gt; &amp; bạn." in html
    assert '<html lang="vi">' in html
    assert len(mail.as_bytes()) < 8000


def test_one_connection_carries_many_mails(mail_server: MailServer, provider: EmailProvider) -> None:
    for number in range(3):
        provider.send(replace(MESSAGE, id=number))
    provider.close()
    assert (len(mail_server.mails), mail_server.connections) == (3, 1)


def test_a_mailbox_that_does_not_exist_is_refused_for_good(mail_server: MailServer, provider: EmailProvider) -> None:
    mail_server.refuse["buoi@example.vn"] = "550 5.1.1 No such user"
    with pytest.raises(RefusedError, match="550"):
        provider.send(MESSAGE)
    provider.send(replace(MESSAGE, address="cam@example.vn"))
    provider.close()
    assert len(mail_server.mails) == 1


def test_a_full_mailbox_is_tried_later(mail_server: MailServer, provider: EmailProvider) -> None:
    mail_server.refuse["buoi@example.vn"] = "452 4.2.2 Mailbox full"
    with pytest.raises(TryLaterError, match="452"):
        provider.send(MESSAGE)
    provider.close()


@pytest.mark.parametrize(("answer", "failure"), [("554 Spam", RefusedError), ("451 Greylisted", TryLaterError)])
def test_the_answer_to_the_content_counts_too(
    mail_server: MailServer, provider: EmailProvider, answer: str, failure: type[Exception]
) -> None:
    mail_server.answer_data = answer
    with pytest.raises(failure, match=answer):
        provider.send(MESSAGE)
    provider.close()


@pytest.mark.parametrize(
    "address", ["không phải địa chỉ", "a@b@c", "buoi@example.vn\nBcc: x@example.vn", "bưởi@example.vn"]
)
def test_an_address_that_cannot_be_written_is_refused_for_good(
    mail_server: MailServer, provider: EmailProvider, address: str
) -> None:
    with pytest.raises(RefusedError):
        provider.send(replace(MESSAGE, address=address))
    provider.close()
    assert mail_server.mails == []


def test_a_server_that_is_down_means_unavailable(settings: Settings, provider: EmailProvider) -> None:
    settings.EMAIL_PORT = free_port()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    with pytest.raises(UnavailableError, match="Refused"):
        provider.send(MESSAGE)
    provider.close()


def test_a_wrong_password_means_unavailable(
    mail_server: MailServer, settings: Settings, provider: EmailProvider
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "mot-cua", "sai"
    with pytest.raises(UnavailableError, match="535"):
        provider.send(MESSAGE)
    provider.close()


def test_a_server_that_does_not_know_us_means_unavailable(mail_server: MailServer, provider: EmailProvider) -> None:
    mail_server.answer_mail = "530 5.7.0 Authentication required"
    with pytest.raises(UnavailableError, match="530"):
        provider.send(MESSAGE)
    mail_server.answer_mail = "250 OK"
    provider.send(MESSAGE)
    provider.close()
    assert (len(mail_server.mails), mail_server.connections) == (1, 2)
