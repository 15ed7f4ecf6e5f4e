"""A real SMTP server on loopback that says what a test tells it to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class MailServer:
    """What the server was given, and how it answers: codes by address for RCPT, one for MAIL and for DATA."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    refuse: dict[str, str] = field(default_factory=dict)
    answer_mail: str = "250 OK"
    answer_data: str = "250 OK"

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[Any]
    ) -> str:
        envelope.mail_from = address
        return self.answer_mail

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[Any]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer_data.startswith("250"):
            mail = message_from_bytes(bytes(envelope.original_content or b""), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
        return self.answer_data


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _nobody(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, _data: Any) -> AuthResult:
    return AuthResult(success=False, handled=False)


@contextmanager
def running() -> Iterator[MailServer]:
    """Yield a server that answers on a free port of 127.0.0.1."""
    server = MailServer(port=free_port())
    controller = Controller(
        server, hostname="127.0.0.1", port=server.port, auth_require_tls=False, authenticator=_nobody
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
