"""ClamAV's daemon over its socket: INSTREAM, VERSION (clamd(8))."""

import contextlib
import socket
import time
from collections.abc import Iterator
from typing import IO, Final
from urllib.parse import urlsplit

from motcua.files.providers.antivirus import AntivirusAway, Scan, Verdict

_CHUNK: Final = 256 * 1024
_LONGEST_REPLY: Final = 4096
_LIMITS: Final = "Heuristics.Limits.Exceeded"  # AlertExceedsMax


class Clamd:
    """`unix:/run/clamav/clamd.ctl` or `tcp://host:3310`; a scan that takes longer than `seconds` is given up."""

    def __init__(self, address: str, *, seconds: float = 60.0) -> None:
        self._address = urlsplit(address)
        self._seconds = seconds

    def scan(self, file: IO[bytes]) -> Scan:
        """Send a content in chunks and return what clamd says; raises AntivirusAway."""
        return _read(self._ask(b"zINSTREAM\0", file))

    def version(self) -> str:
        """Return the versions of engine and signatures; raises AntivirusAway."""
        return self._ask(b"zVERSION\0")

    def _ask(self, command: bytes, file: IO[bytes] | None = None) -> str:
        until = time.monotonic() + self._seconds
        try:
            with self._connected() as line:
                line.sendall(command)
                # A content beyond StreamMaxLength is cut off while it is sent; the reply says so.
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    for chunk in _chunks(file) if file else ():
                        line.settimeout(_left(until))
                        line.sendall(chunk)
                return _reply(line, until)
        except OSError as error:
            raise AntivirusAway(str(error) or type(error).__name__) from error

    @contextlib.contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        if self._address.scheme == "unix":
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(self._seconds)
                line.connect(self._address.path)
                yield line
        else:
            where = self._address.hostname or "", self._address.port or 3310
            with socket.create_connection(where, timeout=self._seconds) as line:
                yield line


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield each piece behind its length as four bytes, then a length of nothing."""
    file.seek(0)
    while piece := file.read(_CHUNK):
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)


def _reply(line: socket.socket, until: float) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_REPLY:
        line.settimeout(_left(until))
        piece = line.recv(_LONGEST_REPLY)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode(errors="replace")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left


def _read(reply: str) -> Scan:
    said = reply.removeprefix("stream: ")
    if said == "OK":
        return Scan(Verdict.CLEAN)
    if said.endswith(" FOUND"):
        name = said.removesuffix(" FOUND")
        return Scan(Verdict.BEYOND_LIMITS if name.startswith(_LIMITS) else Verdict.INFECTED, name)
    if "size limit exceeded" in said:
        return Scan(Verdict.BEYOND_LIMITS, "StreamMaxLength")
    raise AntivirusAway(reply or "no answer")
