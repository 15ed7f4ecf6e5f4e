"""The statements of one receipt, as the server itself saw them, read from its log."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.ground import Ground

_ENTRY = re.compile(r"^\S+ \S+ \S+ \[\d+\] (?:\S+ )?(LOG|DETAIL|HINT|ERROR|STATEMENT):  (.*)$", re.S)
_START = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \S+ \[\d+\] ", re.M)
_STATEMENT = re.compile(r"^(?:statement|execute [^:]+): (.*)$", re.S)
_PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
_SETTLE_SECONDS = 0.3


@dataclass(frozen=True)
class Statement:
    """SQL with `$1`, `$2` … and the text of each parameter (None: NULL)."""

    sql: str
    values: tuple[str | None, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether it writes."""
        return self.sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "WITH"))


def capture(here: Ground, act: Callable[[], None]) -> list[Statement]:
    """Return every statement the server ran while `act` was done; nothing else may use the server meanwhile."""
    here.as_superuser("ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()")
    time.sleep(_SETTLE_SECONDS)
    offset = here.log_file.stat().st_size
    act()
    time.sleep(_SETTLE_SECONDS)
    text = here.log_file.read_bytes()[offset:].decode()
    here.as_superuser("ALTER SYSTEM RESET log_statement", "SELECT pg_reload_conf()")
    return statements_in(text)


def statements_in(text: str) -> list[Statement]:
    """Return the statements of a piece of PostgreSQL's log."""
    starts = [match.start() for match in _START.finditer(text)] + [len(text)]
    found: list[Statement] = []
    for begin, end in pairwise(starts):
        entry = _ENTRY.match(text[begin:end].rstrip("\n"))
        if entry is None:
            continue
        kind, message = entry.groups()
        if kind == "LOG" and (statement := _STATEMENT.match(message)):
            found.append(Statement(statement[1].replace("\n\t", "\n")))
        elif kind == "DETAIL" and found and "arameters: " in message:
            found[-1] = Statement(found[-1].sql, _values(message.replace("\n\t", "\n")))
    return [one for one in found if "pg_reload_conf" not in one.sql and "ALTER SYSTEM" not in one.sql]


def _values(message: str) -> tuple[str | None, ...]:
    return tuple(
        None if value == "NULL" else value[1:-1].replace("''", "'") for _number, value in _PARAMETER.findall(message)
    )
