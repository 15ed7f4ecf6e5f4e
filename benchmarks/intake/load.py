"""The load: a process of its own that takes dossiers in over HTTP, several connections kept alive.

Reads a `Task` as JSON from standard input, writes what it measured as JSON to standard output.
"""

import http.client
import json
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from random import Random

from benchmarks.people import CODE, PAPERS, somebody

_PATH = "/api/v1/dossiers"


@dataclass(frozen=True)
class Task:
    """Where to send dossiers, as whom (each connection uses one of the tokens), for how long."""

    host: str
    port: int
    tokens: list[str]
    connections: int
    seconds: float


@dataclass
class Measured:
    """How many were taken in, how many refused, in how many seconds, and how long each took in milliseconds."""

    seconds: float = 0.0
    done: int = 0
    failed: int = 0
    first_failure: str = ""
    latencies: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the requests was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0

    @property
    def rate(self) -> float:
        """Dossiers a second."""
        return self.done / self.seconds if self.seconds else 0.0


def run(task: Task) -> Measured:
    """Put the load on from another process and return what it measured."""
    command = [sys.executable, "-m", "benchmarks.intake.load"]
    done = subprocess.run(command, input=json.dumps(asdict(task)), capture_output=True, text=True, check=True)
    return Measured(**json.loads(done.stdout))


def body(number: int, random: Random) -> bytes:
    """Return one dossier to take in, as JSON."""
    person = somebody(number, random)
    owner = {
        "name": person.name,
        "personal_id": person.personal_id,
        "phone": person.phone,
        "address": person.address,
    }
    components = [{"key": key, "originals": 1} for key in PAPERS]
    whole = {
        "procedure": CODE,
        "owner": owner,
        "components": components,
        "abstract": "Khai sinh cho con",
        "receive": True,
    }
    return json.dumps(whole).encode()


def headers(token: str) -> dict[str, str]:
    """Return the headers of one write."""
    return {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": secrets.token_urlsafe(12),
    }


def _work(task: Task, number: int, until: float, found: Measured) -> None:
    random = Random()
    token = task.tokens[number % len(task.tokens)]
    connection = http.client.HTTPConnection(task.host, task.port, timeout=30)
    while time.perf_counter() < until:
        message = body(random.randrange(40_000_000), random)
        since = time.perf_counter()
        connection.request("POST", _PATH, message, headers(token))
        answer = connection.getresponse()
        text = answer.read()
        found.latencies.append((time.perf_counter() - since) * 1000)
        if answer.status == http.client.CREATED:
            found.done += 1
        else:
            found.failed += 1
            found.first_failure = found.first_failure or f"{answer.status} {text[:500].decode(errors='replace')}"
    connection.close()


def put_on(task: Task) -> Measured:
    """Put the load on from this process, a thread a connection."""
    parts = [Measured() for _ in range(task.connections)]
    since = time.perf_counter()
    until = since + task.seconds
    threads = [threading.Thread(target=_work, args=(task, number, until, part)) for number, part in enumerate(parts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _sum(parts, time.perf_counter() - since)


def _sum(parts: Sequence[Measured], seconds: float) -> Measured:
    whole = Measured(seconds=seconds)
    for part in parts:
        whole.done += part.done
        whole.failed += part.failed
        whole.first_failure = whole.first_failure or part.first_failure
        whole.latencies += part.latencies
    return whole


if __name__ == "__main__":
    json.dump(asdict(put_on(Task(**json.load(sys.stdin)))), sys.stdout)
