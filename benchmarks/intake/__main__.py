"""`python -m benchmarks.intake [--seconds N] [--rounds N]`: receipts a second beside pgbench, and what each costs.

Each round puts the load on three times in a row: many agencies over HTTP, one agency over HTTP, the same statements
by pgbench. The table shows the medians over the rounds; ratios are taken within a round.
"""

import argparse
import http.client
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import machine
from benchmarks.ground import Ground, Web, ground, web
from benchmarks.intake import floor, load
from benchmarks.intake.capture import Statement, capture

if TYPE_CHECKING:
    from benchmarks.province import Ward

_CONNECTIONS = 8
_WARM_UP = 40
#: So that no id of the captured receipt looks like another number in it.
_FAR_APART = {"dossiers_dossier": 100_000_007, "dossiers_party": 200_000_011}


@dataclass(frozen=True)
class Line:
    """One measurement: dossiers a second, milliseconds of processor each in application and database, latencies."""

    name: str
    rate: float
    app: float = 0.0
    database: float = 0.0
    p50: float = 0.0
    p99: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="length of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--agencies", type=int, default=16)
    parser.add_argument("--show", action="store_true", help="print the statements of one receipt and the script")
    options = parser.parse_args(arguments)
    print(machine.description())
    with ground(durable=True) as here:
        from benchmarks.province import build

        wards = build(options.agencies, at=datetime.now(UTC))
        with web(here) as site:
            statements, varying = captured(here, site, wards)
            script = floor.Script(statements, varying)
            if options.show:
                print("\n".join(statement.sql for statement in statements), script.text, sep="\n\n")
            rounds = [measure(here, site, wards, script, options.seconds) for _ in range(options.rounds)]
    print(f"{len(statements)} statements a receipt, {sum(one.changes for one in statements)} of them write")
    print(table(rounds))
    return 0


def captured(here: Ground, site: Web, wards: "list[Ward]") -> tuple[list[Statement], floor.Varying]:
    """Return the statements of one receipt, taken when everything is warm, and what varies in them."""
    from django.db import connection

    from motcua.dossiers.models import Dossier

    for ward in wards * max(_WARM_UP // len(wards), 1):
        _receive(site, load.body(Random().randrange(10**7), Random()), load.headers(ward.token))
    here.as_superuser(
        *(f"SELECT setval('{name}_id_seq', nextval('{name}_id_seq') + {far})" for name, far in _FAR_APART.items())
    )
    message = json.loads(load.body(Random().randrange(10**9, 2 * 10**9), Random()))
    message["owner"]["name"] = "Nguyễn Văn Zulu"
    headers = load.headers(wards[0].token)
    answers: list[dict[str, str]] = []
    body = json.dumps(message).encode()
    statements = capture(here, lambda: answers.append(_receive(site, body, headers)))
    dossier = Dossier.objects.select_related("owner").get(code=answers[0]["code"])
    connection.close()
    return statements, floor.Varying(
        code=dossier.code,
        dossier_id=str(dossier.pk),
        party_id=str(dossier.owner_id),
        personal_id=dossier.owner.personal_id,
        phone=dossier.owner.phone,
        key=headers["Idempotency-Key"],
        token=dossier.tracking_token,
        given="Zulu",
        agency_ids=tuple(str(ward.agency.pk) for ward in wards),
    )


def _receive(site: Web, body: bytes, headers: dict[str, str]) -> dict[str, str]:
    connection = http.client.HTTPConnection(site.host, site.port, timeout=30)
    connection.request("POST", "/api/v1/dossiers", body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if answer.status != http.client.CREATED:
        raise RuntimeError(f"{answer.status} {text}")
    found: dict[str, str] = json.loads(text)
    return found


def measure(here: Ground, site: Web, wards: "list[Ward]", script: floor.Script, seconds: float) -> list[Line]:
    """Return one round: many agencies, one agency, pgbench."""
    tokens = [ward.token for ward in wards]
    return [
        over_http(here, site, f"HTTP, {len(wards)} agencies", tokens, seconds),
        over_http(here, site, "HTTP, one agency", tokens[:1], seconds),
        by_pgbench(here, script, seconds),
    ]


def over_http(here: Ground, site: Web, name: str, tokens: list[str], seconds: float) -> Line:
    """Take dossiers in over HTTP."""
    before = machine.cpu_seconds(site.pid), machine.cpu_seconds(here.postgres.pid or 0)
    found = load.run(load.Task(site.host, site.port, tokens, _CONNECTIONS, seconds))
    if found.failed:
        raise RuntimeError(found.first_failure)
    after = machine.cpu_seconds(site.pid), machine.cpu_seconds(here.postgres.pid or 0)
    app, database = ((late - early) * 1000 / found.done for early, late in zip(before, after, strict=True))
    return Line(name, found.rate, app, database, found.percentile(0.5), found.percentile(0.99))


def by_pgbench(here: Ground, script: floor.Script, seconds: float) -> Line:
    """Let pgbench do the same statements."""
    before = machine.cpu_seconds(here.postgres.pid or 0)
    rate = floor.run(here, script, clients=_CONNECTIONS, seconds=seconds)
    used = machine.cpu_seconds(here.postgres.pid or 0) - before
    return Line("pgbench, the same statements", rate, 0.0, used * 1000 / (rate * seconds))


def table(rounds: list[list[Line]]) -> str:
    """Return the medians over the rounds as a table."""
    head = f"{'':<30}{'a second':>10}{'of pgbench':>12}{'app ms':>8}{'db ms':>8}{'p50 ms':>8}{'p99 ms':>8}"
    lines = [head]
    for place, first in enumerate(rounds[0]):
        same = [one[place] for one in rounds]
        share = median(one[place].rate / one[-1].rate for one in rounds)
        figures = [median(getattr(one, name) for one in same) for name in ("rate", "app", "database", "p50", "p99")]
        rate, app, database, p50, p99 = figures
        lines.append(f"{first.name:<30}{rate:>10.1f}{share:>11.0%} {app:>8.2f}{database:>8.2f}{p50:>8.1f}{p99:>8.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
