"""A little server that speaks clamd's protocol over a real socket, and knows EICAR."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator

#: The test file of EICAR, in two halves so that no scanner stumbles over this source.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
Answer = Callable[[bytes], bytes]


def look(content: bytes) -> bytes:
    """Answer as clamd does for a stream."""
    return b"stream: Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"stream: OK"


class _Talk(socketserver.StreamRequestHandler):
    server: "LittleClamd"

    def handle(self) -> None:
        command = self._until_zero()
        self.server.commands.append(command.decode())
        if command == b"zVERSION":
            self.wfile.write(b"ClamAV 1.4.2/27500/Sun Nov 22 2026\0")
        elif command == b"zINSTREAM":
            self._stream()
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _stream(self) -> None:
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if len(content) > self.server.stream_max:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        if self.server.answer is not None:
            self.wfile.write(self.server.answer(content) + b"\0")
        else:
            self.server.released.wait()  # says nothing

    def _until_zero(self) -> bytes:
        said = b""
        while (one := self.rfile.read(1)) not in {b"\0", b""}:
            said += one
        return said


class LittleClamd(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens on a port of this machine, or on a Unix socket when given a path."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, path: str = "") -> None:
        self.address_family = socket.AF_UNIX if path else socket.AF_INET
        self.answer: Answer | None = look
        self.stream_max = 25 * 1024 * 1024
        self.commands: list[str] = []
        self.released = threading.Event()
        super().__init__(path or ("127.0.0.1", 0), _Talk)  # type: ignore[arg-type]  # a path where a pair is declared
        self.url = f"unix:{path}" if path else f"tcp://127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def little_clamd(path: str = "") -> Iterator[LittleClamd]:
    """Serve in a thread until the block ends."""
    with LittleClamd(path) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
