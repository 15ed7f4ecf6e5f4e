"""`python -m benchmarks.desk [--rows 10000 1000000]`: queries a page and what they cost at each size of the archive.

Every size is a database of its own on one server; the pages are asked of them in turn, so that what else the machine
does falls on all alike. Database time is what the queries of a page took, from sending to having the rows.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks import machine
from benchmarks.ground import Ground, ground

if TYPE_CHECKING:
    from django.test import Client

    from benchmarks.province import Ward

_WARM_UP = 5


@dataclass(frozen=True)
class Cost:
    """What one page took: queries, milliseconds in the database, milliseconds in all."""

    queries: int
    database: float
    whole: float


class Watch:
    """Counts queries and adds up their time."""

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0
        self.slowest: tuple[float, str] = (0.0, "")

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django's signature)
        since = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - since
            self.queries, self.seconds = self.queries + 1, self.seconds + took
            self.slowest = max(self.slowest, (took, sql))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill, measure, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=60, help="how often each page is asked at each size")
    parser.add_argument("--wards", type=int, default=16)
    options = parser.parse_args(arguments)
    print(machine.description())
    with ground(durable=False) as here:
        from benchmarks.desk.archive import Archive, now
        from benchmarks.province import build

        wards = build(options.wards, at=now())
        archive = Archive(wards, now())
        databases = {}
        for rows in sorted(options.rows):
            since = time.perf_counter()
            archive.fill(rows)
            databases[rows] = f"motcua_{rows}"
            snapshot(here, databases[rows])
            print(f"{rows} dossiers in {time.perf_counter() - since:.0f} s", flush=True)
        print(table(measure(databases, wards, options.runs)))
    return 0


def snapshot(here: Ground, name: str) -> None:
    """Keep the database as it is now under another name."""
    from django.db import connection

    connection.close()
    here.as_superuser(f'CREATE DATABASE "{name}" TEMPLATE motcua OWNER motcua STRATEGY file_copy', database="postgres")
    here.as_superuser("VACUUM ANALYZE", database=name)


def use(name: str) -> None:
    """Let Django ask another database of the server."""
    from django.db import connection

    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict["NAME"] = name


def measure(databases: dict[int, str], wards: "list[Ward]", runs: int) -> dict[tuple[str, int], list[Cost]]:
    """Ask every page of every database, in turn."""
    from django.db import connection

    found: dict[tuple[str, int], list[Cost]] = {}
    random = Random(1)
    clients: dict[tuple[str, int], Client] = {}
    for run in range(-_WARM_UP, runs):
        ward = random.choice(wards)
        pages = pages_for(run % 1000)
        for rows, name in databases.items():
            use(name)
            for page, (person, path) in pages.items():
                client = clients.get((name, ward.people[person].known_id)) or _signed_in(ward, person)
                clients[name, ward.people[person].known_id] = client
                where = path(ward)
                watch, since = Watch(), time.perf_counter()
                with connection.execute_wrapper(watch):
                    answer = client.get(where)
                took = time.perf_counter() - since
                if answer.status_code != 200:
                    raise RuntimeError(f"{where}: {answer.status_code} {answer.headers.get('Location')}")
                if run >= 0:
                    found.setdefault((page, rows), []).append(Cost(watch.queries, watch.seconds * 1000, took * 1000))
    return found


Page = tuple[Any, "Callable[[Ward], str]"]


def pages_for(number: int) -> dict[str, Page]:
    """Return the pages with who opens them; searches differ from run to run."""
    from urllib.parse import quote

    from motcua.agencies.terms import Right
    from motcua.dossiers.models import Dossier

    def some(ward: "Ward") -> Any:
        mine = Dossier.objects.filter(agency_id=ward.agency.pk).order_by("id").select_related("owner")
        return mine[number % 200]

    def search(of: "Callable[[Any], str]") -> "Callable[[Ward], str]":
        return lambda ward: f"/mot-cua/tim/?q={quote(of(some(ward)))}"

    return {
        "inbox, clerk": (Right.RECEIVE, lambda _ward: "/mot-cua/"),
        "inbox, specialist": (Right.HANDLE, lambda _ward: "/mot-cua/"),
        "inbox, head of division": (Right.LEAD_DIVISION, lambda _ward: "/mot-cua/"),
        "inbox, chair": (Right.LEAD_AGENCY, lambda _ward: "/mot-cua/"),
        "search, name": (Right.RECEIVE, search(lambda one: str(one.owner.name))),
        "search, code": (Right.RECEIVE, search(lambda one: str(one.code))),
        "search, phone": (Right.RECEIVE, search(lambda one: str(one.owner.phone))),
        "search, identity number": (Right.RECEIVE, search(lambda one: str(one.owner.personal_id))),
        "dossier page": (Right.RECEIVE, lambda ward: f"/mot-cua/ho-so/{some(ward).code}/"),
    }


def _signed_in(ward: "Ward", person: Any) -> "Client":
    from django.test import Client

    from motcua.identity.models import Account

    client = Client()
    client.force_login(Account.objects.get(pk=ward.people[person].known_id))
    return client


def table(found: dict[tuple[str, int], list[Cost]]) -> str:
    """Return queries and medians for each page and size, and the ratio of the largest to the smallest."""
    sizes = sorted({rows for _page, rows in found})
    pages = list(dict.fromkeys(page for page, _rows in found))
    head = (
        f"{'':<26}{'queries':>8}" + "".join(f"{f'{rows:,} ms':>15}" for rows in sizes) + f"{'ratio':>8}{'page ms':>9}"
    )
    lines = [head]
    for page in pages:
        queries = max(cost.queries for rows in sizes for cost in found[page, rows])
        times = [median(cost.database for cost in found[page, rows]) for rows in sizes]
        whole = median(cost.whole for cost in found[page, sizes[-1]])
        shown = "".join(f"{took:>15.2f}" for took in times)
        lines.append(f"{page:<26}{queries:>8}{shown}{times[-1] / times[0]:>8.2f}{whole:>9.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
