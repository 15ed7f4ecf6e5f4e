"""`python -m benchmarks.intake.servers`: the same receipts through other web servers; each in turn, several rounds."""

import argparse
import importlib.util
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median

from benchmarks.ground import ground, web
from benchmarks.intake import load
from benchmarks.intake.__main__ import Line, over_http

_APP = "motcua.project.wsgi:application"
_GUNICORN = (sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--no-control-socket", _APP)
_GRANIAN = (sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}", _APP)
SERVERS: dict[str, tuple[str, ...]] = {
    "as shipped (gthread, 2×4)": (),
    "gunicorn sync, 4": (*_GUNICORN, "--worker-class", "sync", "--workers", "4", "--preload"),
    "granian, 2×4": (*_GRANIAN, "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each server and print a table of medians."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake.servers", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    has_granian = importlib.util.find_spec("granian") is not None
    servers = {name: one for name, one in SERVERS.items() if has_granian or "granian" not in one}
    found: dict[str, list[Line]] = {name: [] for name in servers}
    with ground(durable=True) as here:
        from benchmarks.province import build

        tokens = [ward.token for ward in build(8, at=datetime.now(UTC))]
        for _ in range(options.rounds):
            for name, command in servers.items():
                with web(here, command=command) as site:
                    load.run(load.Task(site.host, site.port, tokens, 8, 2))
                    found[name].append(over_http(here, site, name, tokens, options.seconds))
    print(f"{'':<28}{'a second':>10}{'app ms':>8}{'db ms':>8}{'p50 ms':>8}{'p99 ms':>9}")
    for name, lines in found.items():
        columns = ("rate", "app", "database", "p50", "p99")
        rate, app, database, p50, p99 = (median(getattr(line, column) for line in lines) for column in columns)
        print(f"{name:<28}{rate:>10.1f}{app:>8.2f}{database:>8.2f}{p50:>8.1f}{p99:>9.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
