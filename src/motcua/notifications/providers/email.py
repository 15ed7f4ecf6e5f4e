"""E-mail over SMTP, through Django's mail settings."""

from email.utils import formataddr
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from motcua.notifications.terms import Outgoing, RefusedError, TryLaterError, UnavailableError

_PERMANENT = range(500, 600)


class EmailProvider:
    """Sends text + HTML mails over one connection, opened with the first mail."""

    def __init__(self) -> None:
        self._connection: Any = None

    def send(self, message: Outgoing) -> None:
        """Send one mail; see `Provider.send`. A mail sent again has the same Message-ID."""
        self._open()
        try:
            mail = as_mail(message)
            mail.connection = self._connection
            mail.send()
        except SMTPRecipientsRefused as error:
            raise _recipient_failure(error) from error
        except SMTPDataError as error:
            raise (RefusedError if error.smtp_code in _PERMANENT else TryLaterError)(_words(error)) from error
        except (SMTPNotSupportedError, ValueError) as error:
            self.close()
            raise RefusedError(_words(error)) from error
        except (OSError, SMTPException) as error:
            self.close()
            raise UnavailableError(_words(error)) from error

    def close(self) -> None:
        """Say QUIT, if there was a connection; the next mail opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> None:
        if self._connection is not None:
            return
        self._connection = get_connection()
        try:
            self._connection.open()
        except (OSError, SMTPException) as error:
            self.close()
            raise UnavailableError(_words(error)) from error


def as_mail(message: Outgoing) -> EmailMultiAlternatives:
    """Return the message as a mail of plain text and light HTML, marked as sent by a machine (RFC 3834)."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=render_to_string("notifications/mail.txt", {"message": message}),
        to=[formataddr((message.recipient_name, message.address)) if message.recipient_name else message.address],
        headers={
            "Message-ID": f"<delivery-{message.id}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": "vi",
        },
    )
    mail.attach_alternative(render_to_string("notifications/mail.html", {"message": message}), "text/html")
    return mail


def _recipient_failure(error: SMTPRecipientsRefused) -> RefusedError | TryLaterError:
    answers: dict[str, tuple[int, bytes]] = dict(error.recipients)
    code, words = next(iter(answers.values()))
    text = f"{code} {words.decode(errors='replace')}"
    return RefusedError(text) if code in _PERMANENT else TryLaterError(text)


def _words(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    return f"{type(error).__name__}: {error}"
