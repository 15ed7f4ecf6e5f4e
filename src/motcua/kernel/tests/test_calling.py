"""Calls to other houses: statuses, redirects, sizes, silence."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from motcua.kernel.calling import CallError, Line, call, is_safe_address


class _House(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/there")
            self.end_headers()
            return
        self._say(404 if self.path == "/missing" else 200, b"x" * (5000 if self.path == "/long" else 5))

    def do_POST(self) -> None:
        self._say(200, self.rfile.read(int(self.headers["Content-Length"])))

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def house() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _House)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_answers_come_back_whatever_their_status(house: str) -> None:
    found = call(f"{house}/here")
    assert (found.status, found.media_type, found.body) == (200, "text/plain", b"xxxxx")
    assert call(f"{house}/missing").status == 404
    assert call(f"{house}/send", body=b"abc").body == b"abc"


def test_a_redirect_is_not_followed(house: str) -> None:
    assert call(f"{house}/redirect").status == 302


def test_a_long_answer_is_refused(house: str) -> None:
    with pytest.raises(CallError, match="dài hơn 100 byte"):
        call(f"{house}/long", most=100)
    assert len(call(f"{house}/long", most=5000).body) == 5000


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "ftp://example.org/", "file:///etc/passwd", "http:///x", ""])
def test_nobody_answers(url: str) -> None:
    with pytest.raises(CallError):
        call(url, seconds=2)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://tsa.example.org/", True),
        ("http://127.0.0.1:8000/", True),
        ("http://[::1]:8000/", True),
        ("http://localhost/", True),
        ("http://tsa.example.org/", False),
        ("http://127.0.0.1.example.org/", False),
        ("https:///x", False),
        ("file:///x", False),
    ],
)
def test_safe_addresses(url: str, safe: bool) -> None:
    assert is_safe_address(url) is safe


class _Keeping(_House):
    """A house that keeps lines open, and hangs up after the answer without a word when it is asked to."""

    protocol_version = "HTTP/1.1"
    lines = 0

    def setup(self) -> None:
        super().setup()
        type(self).lines += 1

    def do_POST(self) -> None:
        super().do_POST()
        self.close_connection = self.path == "/hang-up"


@pytest.fixture
def keeping() -> Iterator[str]:
    _Keeping.lines = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Keeping)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_line_is_open_for_one_call_after_another(keeping: str) -> None:
    line = Line()
    assert [line.call(f"{keeping}/{number}", body=b"%d" % number).body for number in range(5)] == [
        b"0", b"1", b"2", b"3", b"4",
    ]  # fmt: skip
    assert _Keeping.lines == 1
    line.close()
    assert line.call(keeping, body=b"again").body == b"again"
    assert _Keeping.lines == 2
    line.close()


def test_a_line_that_was_closed_over_there_is_opened_again(keeping: str) -> None:
    line = Line()
    assert [line.call(f"{keeping}/hang-up", body=b"a").body for _ in range(3)] == [b"a"] * 3
    assert _Keeping.lines == 3
    line.close()


def test_what_is_wrong_over_a_line_is_told_as_of_a_call(keeping: str, house: str) -> None:
    line = Line()
    with pytest.raises(CallError, match="dài hơn 2 byte"):
        line.call(keeping, body=b"abc", most=2)
    assert line.call(keeping, body=b"ab", most=2).body == b"ab"
    assert line.call(f"{house}/send", body=b"old HTTP").body == b"old HTTP"
    for url in ("http://127.0.0.1:1/", "ftp://127.0.0.1/", "http://127.0.0.1:x/"):
        with pytest.raises(CallError):
            line.call(url, body=b"")
    line.close()
