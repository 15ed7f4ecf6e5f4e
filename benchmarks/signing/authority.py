"""A time-stamping authority (P-256) in a process of its own, answering over HTTP on this machine as the demo's does.

It can stand as far away as one in another town: then each answer waits for so long without costing processor time.
"""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection

from benchmarks.machine import cpu_seconds
from motcua.trust.providers.tsa import StampingClient, StampingService
from motcua.trust.rules.windows import Window
from tests.pki import demo_pki


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    away = 0.0

    def do_POST(self) -> None:
        question = self.rfile.read(int(self.headers["Content-Length"]))
        body = demo_pki().tsa[0].answer(question, at=datetime.now(UTC))
        time.sleep(self.away)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _serve(told: Connection, away: float) -> None:
    _Answering.away = away
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    told.send((server.server_address[1], demo_pki().anchors()))
    server.serve_forever()


@dataclass(frozen=True)
class Authority:
    """Where it is, and which root it comes from."""

    port: int
    anchors: tuple[bytes, ...]
    pid: int

    def stamper(self) -> StampingClient:
        """Return the client that is shipped; it verifies every answer."""
        service = StampingService(f"http://127.0.0.1:{self.port}/")
        return StampingClient([service], self.anchors, Window(None, timedelta(hours=1)))

    def cpu(self) -> float:
        """Return the processor seconds it has used."""
        return cpu_seconds(self.pid)


@contextmanager
def authority(away: float = 0.0) -> Iterator[Authority]:
    """Run one whose answers take `away` seconds on their way."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, away), daemon=True)
    process.start()
    try:
        port, anchors = ours.recv()
        yield Authority(port, anchors, process.pid or os.getpid())
    finally:
        process.terminate()
        process.join()
