"""The load: a process of its own that plays officers and citizens over HTTP, several connections kept alive.

Reads a `Task` as JSON from standard input, writes what it measured as JSON to standard output. Every dossier is led
through eight acts; before each act the officer opens the dossier, every fourth time the list of work before it; once
in the middle its owner opens the look-up on the portal. Dossiers are worked on in turn, as in life.
"""

import http.client
import json
import secrets
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from benchmarks.intake.load import body
from benchmarks.people import somebody

ACTS = ("receive", "forward", "assign", "appraise", "forward", "approve", "seal", "deliver")
READS = ("list of work", "dossier", "look-up")
_WHO = ("receive", "receive", "lead_division", "handle", "lead_division", "lead_agency", "seal", "receive")
_LIST_EVERY = 4
_LOOKED_UP_AT = 5
_AT_ONCE = 6  # dossiers a connection works on in turn
_GOOD = frozenset({http.client.OK, http.client.CREATED})


@dataclass(frozen=True)
class Task:
    """Where, by whom (as `staff` gives them), how many dossiers, over how many connections."""

    host: str
    port: int
    offices: list[dict[str, Any]]
    dossiers: int
    connections: int
    first_number: int = 0


@dataclass
class Measured:
    """Seconds it took, milliseconds each request took by kind, what went wrong."""

    seconds: float = 0.0
    latencies: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    failed: int = 0

    def count(self, kinds: Mapping[str, object] | tuple[str, ...]) -> int:
        """Requests of these kinds."""
        return sum(len(self.latencies.get(kind, [])) for kind in dict.fromkeys(kinds))


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def run(task: Task) -> Measured:
    """Put the load on from another process and return what it measured."""
    command = [sys.executable, "-m", "benchmarks.day.load"]
    done = subprocess.run(command, input=json.dumps(asdict(task)), capture_output=True, text=True, check=True)
    return Measured(**json.loads(done.stdout))


@dataclass
class _Life:
    """A dossier on its way: whose it is at each step, the next act, and where it is."""

    number: int
    people: dict[str, dict[str, str]]
    step: int = 0
    id: int = 0
    code: str = ""
    phone: str = ""


class _Connection(threading.Thread):
    def __init__(self, task: Task, number: int) -> None:
        super().__init__(daemon=True)
        self.latencies: dict[str, list[float]] = defaultdict(list)
        self.failures: list[str] = []
        self._task, self._random, self._requests = task, Random(number), 0
        numbers = range(number, task.dossiers, task.connections)
        self._waiting = [_Life(task.first_number + one, self._people(one)) for one in numbers]
        self._http = http.client.HTTPConnection(task.host, task.port, timeout=120)

    def _people(self, number: int) -> dict[str, dict[str, str]]:
        """Whose dossier this is: one officer of its ward for each right."""
        office = self._task.offices[number % len(self._task.offices)]
        return {right: self._random.choice(some) for right, some in office["officers"].items()}

    def run(self) -> None:
        """Lead all my dossiers to their end, some at a time."""
        at_hand: list[_Life] = []
        while self._waiting or at_hand:
            while self._waiting and len(at_hand) < _AT_ONCE:
                at_hand.append(self._waiting.pop())
            life = self._random.choice(at_hand)
            if not self._next_act(life) or life.step == len(ACTS):
                at_hand.remove(life)

    def _next_act(self, life: _Life) -> bool:
        officer = life.people[_WHO[life.step]]
        self._look(life, officer)
        act = ACTS[life.step]
        answer = self._act(life, act, officer)
        if answer is None:
            return False
        life.id, life.code = int(answer["id"]), str(answer["code"])
        life.step += 1
        return True

    def _look(self, life: _Life, officer: dict[str, str]) -> None:
        """What people read before the act."""
        session = {"Cookie": f"sessionid={officer['session']}"}
        self._requests += 1
        if self._requests % _LIST_EVERY == 0:
            self._ask("list of work", "GET", "/mot-cua/", session)
        if life.code:
            self._ask("dossier", "GET", f"/mot-cua/ho-so/{life.code}/", session)
        if life.step == _LOOKED_UP_AT:
            self._ask("look-up", "GET", f"/tra-cuu/?ma={life.code}", {})

    def _act(self, life: _Life, act: str, officer: dict[str, str]) -> dict[str, Any] | None:
        path = f"/api/v1/dossiers/{life.id}/{act}"
        if life.step == 0:
            path, content = "/api/v1/dossiers", body(life.number, self._random)
            life.phone = somebody(life.number, self._random).phone
        else:
            content = json.dumps(self._facts(life, act)).encode()
        headers = {
            "Authorization": f"Bearer {officer['token']}",
            "Content-Type": "application/json",
            "Idempotency-Key": secrets.token_urlsafe(12),
        }
        text = self._ask(act, "POST", path, headers, content)
        found: dict[str, Any] | None = json.loads(text) if text is not None else None
        return found

    def _facts(self, life: _Life, act: str) -> dict[str, Any]:
        if act == "assign":
            return {"to": life.people["handle"]["username"]}
        facts: dict[str, dict[str, Any]] = {
            "appraise": {"opinion": "Đủ điều kiện", "text": "Dự thảo"},
            "approve": {"draft_number": 1},
            "seal": {"number": str(life.number), "symbol": "GKS"},
            "deliver": {"signed_by_hand": True},
        }
        return facts.get(act, {})

    def _ask(
        self, kind: str, method: str, path: str, headers: dict[str, str], content: bytes | None = None
    ) -> str | None:
        since = time.perf_counter()
        self._http.request(method, path, content, {"Host": "localhost", **headers})
        answer = self._http.getresponse()
        text = answer.read().decode(errors="replace")
        self.latencies[kind].append((time.perf_counter() - since) * 1000)
        if answer.status in _GOOD:
            return text
        where = answer.headers.get("Location", "")
        self.failures.append(f"{kind}: {answer.status} {where} {text[:300]}")
        return None


def put_on(task: Task) -> Measured:
    """Put the load on from this process, a thread a connection."""
    threads = [_Connection(task, number) for number in range(task.connections)]
    since = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Measured(seconds=time.perf_counter() - since)
    for thread in threads:
        whole.failed += len(thread.failures)
        whole.failures += list({one.partition(":")[0]: one for one in thread.failures}.values())
        for kind, values in thread.latencies.items():
            whole.latencies.setdefault(kind, []).extend(values)
    return whole


if __name__ == "__main__":
    json.dump(asdict(put_on(Task(**json.load(sys.stdin)))), sys.stdout)
