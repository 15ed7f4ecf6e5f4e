"""Everything a database holds, table by table, to compare two of them."""

from __future__ import annotations

import psycopg
from psycopg import sql

#: What the worker and the cache write by themselves at any moment.
_RESTLESS = ("procrastinate_", "motcua_cache", "django_session", "journal_anchor")
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
_DIGEST = "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t"


def picture(address: str) -> dict[str, str]:
    """Rows and a hash of all rows of every table."""
    with psycopg.connect(address) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        names = [str(name) for (name,) in connection.execute(_TABLES) if not str(name).startswith(_RESTLESS)]
        found = {}
        for name in names:
            row = connection.execute(sql.SQL(_DIGEST).format(sql.Identifier(name))).fetchone()
            assert row is not None
            found[name] = str(row[0])
    return found


def one(address: str, question: str) -> object:
    """The one answer of a query."""
    with psycopg.connect(address) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None
