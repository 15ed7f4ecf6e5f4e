"""The storm: clients who lead dossiers through their whole life over HTTP and send again what was not answered."""

from __future__ import annotations

import http.client
import json
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.people import CODE, PAPERS, Somebody, somebody
from tests.kill.ledger import Ledger

PATIENCE = 180.0
GIVE_UP_SHARE = 0.05
ASK_AGAIN = 0.2
TIMEOUT = 60.0
_PDF = (Path(__file__).parents[1] / "api" / "to-khai.pdf").read_bytes()
_BOUNDARY = "motcua-storm"


class GaveUpError(Exception):
    """The client has not got an answer and does not ask again."""


@dataclass(frozen=True)
class Site:
    """Where the system is, and who may do what there (as `tests.kill.stage` prints it)."""

    port: int
    citizen: str
    wards: tuple[dict[str, Any], ...]


def life(ward: dict[str, Any], number: int) -> list[tuple[str, str, dict[str, Any]]]:
    """The acts after handing in: (right, act, body)."""
    return [
        ("receive", "receive", {}),
        ("receive", "forward", {}),
        ("lead_division", "assign", {"to": ward["specialist"]}),
        ("handle", "appraise", {"opinion": "Đủ điều kiện", "text": "Dự thảo"}),
        ("lead_division", "forward", {}),
        ("lead_agency", "approve", {"draft_number": 1}),
        ("seal", "seal", {"number": str(number), "symbol": "GKS"}),
        ("receive", "deliver", {"signed_by_hand": True}),
    ]


class Client(threading.Thread):
    """One client with one connection; `stop` ends it between two acts."""

    def __init__(self, site: Site, ledger: Ledger, *, number: int, pause: float, seed: int) -> None:
        super().__init__(name=f"client-{number}", daemon=True)
        self.stop = threading.Event()
        self.failure: BaseException | None = None
        self._site, self._ledger, self._number, self._pause = site, ledger, number, pause
        self._random = Random(seed * 1000 + number)
        self._connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Lead one dossier after the other through its life."""
        count = 0
        try:
            while not self.stop.is_set():
                count += 1
                self.lead(self._number * 100_000 + count)
        except BaseException as error:
            self.failure = error
        finally:
            self.close()

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def lead(self, number: int) -> None:
        """Lead one dossier through its life; `number` makes its people and its file its own."""
        ward = self._site.wards[number % len(self._site.wards)]
        person = somebody(number, self._random)
        try:
            dossier_id = self._hand_in(ward, person, number)
            for right, act, body in life(ward, number):
                if self.stop.wait(self._random.random() * self._pause):
                    return
                self._post(person, act, f"/dossiers/{dossier_id}/{act}", ward["keys"][right], body)
        except GaveUpError:
            return

    def _hand_in(self, ward: dict[str, Any], person: Somebody, number: int) -> int:
        content = _PDF + f"\n% {number}\n".encode()
        upload = self._once(person, "upload", "/uploads", self._site.citizen, content)["upload"]
        owner = {"name": person.name, "personal_id": person.personal_id, "phone": person.phone, "address": "Hạ Long"}
        body = {
            "procedure": CODE,
            "agency": ward["code"],
            "channel": "online",
            "owner": owner,
            "components": [{"key": key, "originals": 1, "files": [upload]} for key in PAPERS],
        }
        return int(self._post(person, "submit", "/dossiers", self._site.citizen, body)["id"])

    def _post(self, person: Somebody, act: str, path: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._once(person, act, path, token, json.dumps(body).encode(), is_json=True)

    def _once(
        self, person: Somebody, act: str, path: str, token: str, body: bytes, *, is_json: bool = False
    ) -> dict[str, Any]:
        """Send until it is answered, always under the same key; sometimes a client gives up instead."""
        key, tries, until = secrets.token_urlsafe(12), 0, time.monotonic() + PATIENCE
        kind = "application/json" if is_json else f"multipart/form-data; boundary={_BOUNDARY}"
        headers = {"Authorization": f"Bearer {token}", "Content-Type": kind, "Idempotency-Key": key}
        self._ledger.intend(key=key, person=person.personal_id, act=act)
        while True:
            tries += 1
            status, text = self._send(path, body if is_json else _form(body), headers)
            if status in {http.client.OK, http.client.CREATED}:
                answer: dict[str, Any] = json.loads(text)
                self._ledger.acknowledge(key=key, person=person.personal_id, act=act, tries=tries, answer=answer)
                return answer
            if http.client.BAD_REQUEST <= status < http.client.INTERNAL_SERVER_ERROR:
                self._ledger.complain(key=key, person=person.personal_id, act=act, reason=f"{status} {text}")
                raise GaveUpError
            if time.monotonic() > until:
                raise TimeoutError(f"{act}: no answer in {PATIENCE:.0f} s; last: {status} {text[:300]}")
            if self._random.random() < GIVE_UP_SHARE:
                raise GaveUpError
            time.sleep(ASK_AGAIN)

    def _send(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._site.port, timeout=TIMEOUT)
        try:
            self._connection.request("POST", f"/api/v1{path}", body, headers)
            with self._connection.getresponse() as answer:
                return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return 0, repr(error)


def _form(content: bytes) -> bytes:
    head = 'Content-Disposition: form-data; name="file"; filename="to-khai.pdf"\r\nContent-Type: application/pdf'
    return f"--{_BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
