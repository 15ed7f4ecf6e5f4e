"""Đếm lần thử."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from motcua.identity.models import TryCount

_COUNT = """
    INSERT INTO {table} AS kept (key, count, ends_at) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN kept.ends_at <= %s THEN 1 ELSE kept.count + 1 END,
        ends_at = CASE WHEN kept.ends_at <= %s THEN excluded.ends_at ELSE kept.ends_at END
    RETURNING key, count
"""


def count_try(most: Mapping[str, int], *, span: timedelta, at: datetime) -> bool:
    """Đếm lần thử: count one more try at each name, and return whether none had more than its `most` in the span.

    Counted before it is answered, by the database in one statement: tries at the same moment each see another number,
    so that not one more gets through than is allowed. A try that turns out right is given back by `forgive_try`.
    """
    named = {_key(name): limit for name, limit in most.items()}
    rows = ", ".join(["(%s, 1, %s)"] * len(named))
    values: list[Any] = []
    for key in sorted(named):  # in one order, so that two who count the same never wait for each other
        values += [key, at + span]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(table=TryCount._meta.db_table, rows=rows), [*values, at, at])
        return all(count <= named[key] for key, count in cursor.fetchall())


def forgive_try(*names: str) -> None:
    """Trả lại lần thử đúng: it was no guess."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TryCount._meta.db_table} SET count = count - 1 WHERE key = ANY(%s) AND count > 0",  # noqa: S608 (our own table)
            [sorted(map(_key, names))],
        )


def prune_tries(*, before: datetime) -> int:
    """Dọn số lần thử đã hết hạn; returns how many."""
    return TryCount.objects.filter(ends_at__lt=before).delete()[0]


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
