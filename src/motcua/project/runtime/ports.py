"""The listening socket of the web server, opened before anything else so that nobody takes the port meanwhile."""

from __future__ import annotations

import errno
import socket
import time

from motcua.project.runtime.errors import StartError

TRIES = 100
LAST_PORT = 65535


def listen(host: str, port: int, *, patience: float = 0.0) -> socket.socket:
    """Open the first free port from `port` upwards. Raises StartError when none is free or the host is unknown.

    The first is tried again for `patience` seconds: a killed program gives its port back a moment after it has gone.
    """
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if (opened := _try(host, port)) is not None:
            return opened
        time.sleep(0.05)
    for number in range(port, min(port + TRIES, LAST_PORT + 1)):
        opened = _try(host, number)
        if opened is not None:
            return opened
    raise StartError(f"Không còn cổng nào trống từ {port} đến {number}.", "Hãy chọn cổng khác bằng --port.")


def _try(host: str, port: int) -> socket.socket | None:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise StartError(f"Không hiểu địa chỉ «{host}».", "Hãy dùng --host 127.0.0.1 hoặc --host 0.0.0.0.") from error
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(512)
    except OSError as error:
        opened.close()
        if error.errno == errno.EADDRINUSE:
            return None
        if error.errno == errno.EACCES:
            raise StartError(
                f"Không được phép mở cổng {port}.", "Hãy chọn cổng từ 1024 trở lên bằng --port."
            ) from error
        raise StartError(f"Không mở được {host}:{port}: {error.strerror}.") from error
    return opened
