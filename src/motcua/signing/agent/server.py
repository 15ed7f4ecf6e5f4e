"""The sockets of the agent: this machine only, one of five ports, requests bounded in size and time."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from motcua.signing.agent.protocol import MOST_BYTES, Protocol, Reply

#: Pages try these in turn; the first that is free is taken.
PORTS = (17310, 17311, 17312, 17313, 17314)
_SECONDS = 30


class AgentServer(ThreadingHTTPServer):
    """Serves a protocol on 127.0.0.1."""

    daemon_threads = True
    protocol: Protocol


class _Handler(BaseHTTPRequestHandler):
    server: AgentServer
    protocol_version = "HTTP/1.1"
    timeout = _SECONDS

    def _do(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._say(Reply(413))
            return
        body = self.rfile.read(int(length))
        self._say(self.server.protocol.answer(self.command, self.path, dict(self.headers), body))

    def do_GET(self) -> None:
        self._do()

    def do_POST(self) -> None:
        self._do()

    def do_OPTIONS(self) -> None:
        self._do()

    def _say(self, reply: Reply) -> None:
        content = b"" if reply.body is None else json.dumps(reply.body, ensure_ascii=False).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Say nothing of requests: the console is for questions."""


def listen(ports: tuple[int, ...] = PORTS) -> AgentServer:
    """Return a server on the first free port (0: any); raises OSError when none is free."""
    for port in ports[:-1]:
        try:
            return AgentServer(("127.0.0.1", port), _Handler)
        except OSError:
            continue
    return AgentServer(("127.0.0.1", ports[-1]), _Handler)
