"""Files, a gateway over HTTP, and the choice between them; real folders, a real server on loopback."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.notifications.providers.choice import open_providers, switched_on
from motcua.notifications.providers.files import FileProvider
from motcua.notifications.providers.http import HttpProvider
from motcua.notifications.terms import Channel, Outgoing, RefusedError, TryLaterError, UnavailableError
from motcua.notifications.tests.smtp import free_port

MESSAGE = Outgoing(
    id=7,
    created_at=datetime(2026, 2, 13, 1, 0, tzinfo=UTC),
    recipient_name="Trần Thị Bưởi",
    address="0912345678",
    subject="Hồ sơ đã được tiếp nhận",
    text="Ho so H61-1 da duoc tiep nhan.",
    link="",
)


class _Gateway(BaseHTTPRequestHandler):
    answer = 200
    heard: list[tuple[str, str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, self.headers.get("Authorization", ""), body))
        self.send_response(self.answer)
        self.send_header("Content-Length", "0")
        if self.answer == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def gateway() -> Iterator[tuple[str, type[_Gateway]]]:
    handler = type("Handler", (_Gateway,), {"heard": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"127.0.0.1:{server.server_port}", handler
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_message_becomes_one_file(tmp_path: Path) -> None:
    provider = FileProvider(tmp_path / "outbox" / "sms")
    provider.send(MESSAGE)
    provider.send(MESSAGE)
    (file,) = (tmp_path / "outbox" / "sms").iterdir()
    assert file.name == "20260213T010000Z-7.json"
    assert json.loads(file.read_text()) == {
        "id": 7,
        "to": "0912345678",
        "name": "Trần Thị Bưởi",
        "text": "Ho so H61-1 da duoc tiep nhan.",
        "at": "2026-02-13T01:00:00+00:00",
    }
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_means_unavailable(tmp_path: Path) -> None:
    (tmp_path / "sms").write_text("in the way")
    with pytest.raises(UnavailableError):
        FileProvider(tmp_path / "sms").send(MESSAGE)


def test_a_gateway_gets_the_message_and_the_password(gateway: tuple[str, type[_Gateway]]) -> None:
    address, handler = gateway
    HttpProvider(f"http://mot-cua:b%C3%AD%20m%E1%BA%ADt@{address}/send?x=1", "sms").send(MESSAGE)
    ((path, authorization, body),) = handler.heard
    assert path == "/send?x=1"
    assert authorization == "Basic bW90LWN1YTpiw60gbeG6rXQ="
    assert json.loads(body) == {"id": 7, "channel": "sms", "to": "0912345678", "text": "Ho so H61-1 da duoc tiep nhan."}


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (400, RefusedError),
        (422, RefusedError),
        (429, TryLaterError),
        (401, UnavailableError),
        (500, UnavailableError),
        (302, UnavailableError),
    ],
)
def test_what_a_gateway_answers(gateway: tuple[str, type[_Gateway]], answer: int, failure: type[Exception]) -> None:
    address, handler = gateway
    handler.answer = answer
    with pytest.raises(failure, match=str(answer)):
        HttpProvider(f"http://{address}/", "zalo").send(MESSAGE)
    assert len(handler.heard) == 1


def test_a_gateway_that_is_down_means_unavailable() -> None:
    with pytest.raises(UnavailableError):
        HttpProvider(f"http://127.0.0.1:{free_port()}/", "sms").send(MESSAGE)


def test_channels_are_switched_by_settings(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.SMS_PROVIDER, settings.ZALO_PROVIDER = tmp_path, "files", "none"
    assert switched_on() == {Channel.EMAIL, Channel.SMS}
    with open_providers() as providers:
        assert providers[Channel.SMS] == FileProvider(tmp_path / "outbox" / "sms")
        assert Channel.ZALO not in providers


def test_an_address_chooses_the_gateway(settings: Settings) -> None:
    settings.SMS_PROVIDER, settings.ZALO_PROVIDER = "https://sms.example.vn/send", "files"
    with open_providers() as providers:
        assert providers[Channel.SMS] == HttpProvider("https://sms.example.vn/send", "sms")
