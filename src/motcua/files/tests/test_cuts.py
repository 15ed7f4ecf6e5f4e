"""Files in pieces over real connections: cut in the middle, twice, out of order, from two devices, and never a lock."""

import hashlib
import http.client
import json
import random
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import Client

from motcua.files.models import Blob, Upload
from motcua.files.queries import open_blob, recount
from motcua.files.rules.places import incoming_dir
from motcua.files.tests.conftest import pdf
from motcua.identity.models import Account

CONTENT = pdf(pages=60)
TOKEN = "a" * 32
SECONDS = 20


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass
class Device:
    """A browser: connections of its own, the same person."""

    port: int
    session: str

    def ask(self, method: str, path: str, body: bytes = b"") -> dict[str, object]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        line.request(method, path, body, self._headers(method))
        answer = json.loads(line.getresponse().read())
        line.close()
        assert isinstance(answer, dict)
        return answer

    def begin(self) -> str:
        said = urlencode({"name": "to-khai.pdf", "size": len(CONTENT), "type": "application/pdf"})
        return f"/tep/{self.ask('POST', '/tep/', said.encode())['id']}/"

    def send(self, path: str, offset: int, end: int) -> dict[str, object]:
        return self.ask("PUT", f"{path}?tu={offset}", CONTENT[offset:end])

    def half_sent(self, path: str, offset: int, length: int, sent: int) -> socket.socket:
        """Begin a piece of `length` bytes and send only `sent` of them; the line stays open."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)
        head = [f"PUT {path}?tu={offset} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Content-Length: {length}"]
        head += [f"{name}: {value}" for name, value in self._headers("PUT").items()]
        line.sendall("\r\n".join([*head, "", ""]).encode() + CONTENT[offset : offset + sent])
        return line

    def finish(self, path: str, piece: int = 4096) -> dict[str, object]:
        state = self.ask("GET", path)
        while not (state["done"] or state["problems"]):
            offset = int(str(state["received"]))
            state = self.send(path, offset, offset + piece)
        return state

    def _headers(self, method: str) -> dict[str, str]:
        kind = "application/x-www-form-urlencoded" if method == "POST" else "application/octet-stream"
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        return {"Cookie": cookies, "X-CSRFToken": TOKEN, "Content-Type": kind}


@pytest.fixture
def device(committed: None, data_dir: Path) -> Iterator[Device]:
    account = Account.objects.create(username="hoa", full_name="hoa", kind="citizen", personal_id="022190000001")
    client = Client()
    client.force_login(account)
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Device(server.server_port, client.cookies["sessionid"].value)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_whole(state: dict[str, object], data_dir: Path) -> None:
    """The file came whole, is counted, nothing is left of its pieces, and nobody holds a lock on its row."""
    assert state["done"], state
    blob = Blob.objects.get()
    assert (blob.sha256, blob.references) == (hashlib.sha256(CONTENT).hexdigest(), Upload.objects.count())
    with open_blob(blob.sha256) as file:
        assert file.read() == CONTENT
    assert recount() == []
    assert [one.name for one in incoming_dir(data_dir).rglob("*") if one.is_file()] == []
    nobody_locks()


#: Of this database only: other test processes lock theirs on the same server.
_LOCKS = """
SELECT count(*) FROM pg_locks
JOIN pg_stat_activity USING (pid)
WHERE datname = current_database() AND (locktype = 'advisory' OR NOT granted)
"""


def nobody_locks() -> None:
    with transaction.atomic():
        assert len(Upload.objects.select_for_update(nowait=True)) == Upload.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(_LOCKS)
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("sent", [0, 1, 700])
def test_cut_in_the_middle_of_a_piece(device: Device, data_dir: Path, sent: int) -> None:
    path = device.begin()
    device.send(path, 0, 1000)
    line = device.half_sent(path, 1000, 2000, sent)
    nobody_locks()
    line.close()
    assert device.ask("GET", path)["received"] in {1000, 1000 + sent}
    is_whole(device.finish(path), data_dir)


def test_a_sender_that_hangs_in_the_middle_of_a_piece_keeps_nobody_from_going_on(
    device: Device, data_dir: Path
) -> None:
    path = device.begin()
    device.send(path, 0, 500)
    with device.half_sent(path, 500, 3000, 100) as line:
        nobody_locks()
        is_whole(device.finish(path), data_dir)
        line.sendall(CONTENT[600:3500])  # awake again, it hears that the file is there
        with line.makefile("rb") as answer:
            assert b'"done": true' in answer.read()
    is_whole(device.ask("GET", path), data_dir)


def test_pieces_twice_and_out_of_order(device: Device, data_dir: Path) -> None:
    path = device.begin()
    starts = list(range(0, len(CONTENT), 777))
    order = [*starts, *starts]
    random.Random(7).shuffle(order)
    for offset in order:
        device.send(path, offset, offset + 777)
    is_whole(device.finish(path), data_dir)
    assert device.send(path, 0, 777)["done"]


def test_two_devices_send_the_same_upload_at_once(device: Device, data_dir: Path) -> None:
    path = device.begin()
    with ThreadPoolExecutor(4) as pool:
        states = list(pool.map(lambda piece: device.finish(path, piece), (900, 1300, 2048, 5000)))
    for state in states:
        is_whole(state, data_dir)


def test_two_devices_send_the_same_file_as_uploads_of_their_own(device: Device, data_dir: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        states = list(pool.map(lambda _: device.finish(device.begin(), 3000), range(4)))
    for state in states:
        is_whole(state, data_dir)
    assert Upload.objects.count() == 4


@pytest.mark.django_db
def test_pieces_of_other_sites_are_not_taken() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.create(username="hoa", full_name="hoa", kind="citizen"))
    assert client.post("/tep/", {"name": "a.pdf", "size": 10}).status_code == 403
    assert not Upload.objects.exists()
