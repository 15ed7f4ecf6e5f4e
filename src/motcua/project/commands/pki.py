"""`motcua pki demo` and `motcua pki serve`: the private hierarchy of a demo."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from motcua.project.commands.shell import inside
from motcua.project.runtime.console import say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation
from motcua.trust.pki.folder import DEMO_PIN, exists, make, pki_folder
from motcua.trust.pki.serving import LARGEST_QUESTION, Served, serve

_PREFIX = "/pki-mau/"
Clock = Callable[[], datetime]
_PARTS = 2


def _now() -> datetime:
    return datetime.now(UTC)


def make_demo(installation: Installation, *, bare: bool) -> None:
    """Make the hierarchy and, for a demo, a key file for everybody who signs. Raises StartError outside a demo."""
    began = time.monotonic()
    folder = pki_folder(installation.data_dir)
    if bare:
        installation.make()
        make(folder)
        say(f"CA mẫu ở {folder} ({time.monotonic() - began:.1f} giây).")
        return
    if not installation.is_demo:
        raise StartError(
            "Đây không phải bản trình diễn: không lập chứng thư mẫu cho tài khoản thật.",
            "Dùng «motcua up --demo», hoặc «motcua pki demo --bare» để chỉ lập CA.",
        )
    with inside(installation):
        from django.utils import timezone

        from motcua.project.demo.pki import make_demo_pki

        count = make_demo_pki(installation.data_dir, at=timezone.now())
    say(f"CA mẫu ở {folder}; {count} tệp khóa mới ở {installation.data_dir / 'keys'}, PIN {DEMO_PIN}.")
    say(f"Mất {time.monotonic() - began:.1f} giây.")


def serve_demo(installation: Installation, *, port: int) -> None:
    """Answer on loopback until Ctrl-C. Raises StartError where there is no hierarchy."""
    folder = pki_folder(installation.data_dir)
    if not exists(folder):
        raise StartError(f"Chưa có CA mẫu ở {folder}.", "Chạy «motcua pki demo --bare» trước.")
    with server_for(folder, port=port) as server:
        say(f"TSA, OCSP, CRL mẫu: http://127.0.0.1:{server.server_port}{_PREFIX} (Ctrl-C để dừng)")
        server.serve_forever()


def server_for(folder: Path, *, port: int, clock: Clock = _now) -> ThreadingHTTPServer:
    """Return a server on loopback for the hierarchy in the folder; whoever gets it runs and closes it."""

    class Handler(BaseHTTPRequestHandler):
        """One question."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Timestamps and OCSP."""
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > LARGEST_QUESTION:
                self.close_connection = True
                self._send(Served(413))
                return
            self._send(answer(folder, self.path, self.rfile.read(int(length)), post=True, at=clock()))

        def do_GET(self) -> None:
            """Lists and certificates."""
            self._send(answer(folder, self.path, b"", post=False, at=clock()))

        def _send(self, served: Served) -> None:
            self.send_response(served.status)
            self.send_header("Content-Type", served.media_type)
            self.send_header("Content-Length", str(len(served.body)))
            self.end_headers()
            self.wfile.write(served.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def answer(folder: Path, path: str, question: bytes, *, post: bool, at: datetime) -> Served:
    """Answer one address of the hierarchy, as the house does at /pki-mau/."""
    parts = path.removeprefix(_PREFIX).split("/") if path.startswith(_PREFIX) else []
    if len(parts) != _PARTS or (parts[0] in {"tsa", "ocsp"}) is not post:
        return Served(404)
    name = parts[1].removesuffix(".crl").removesuffix(".cer")
    return serve(folder, parts[0], name, question, at=at)
