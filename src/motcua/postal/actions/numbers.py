"""Cấp số bảng kê, chứng từ."""

from datetime import datetime

from django.db import connection

from motcua.deadlines.terms import VIET_NAM
from motcua.postal.models import PostalCounter

_NEXT = (
    'INSERT INTO "{table}" (unit_id, series, year, last) VALUES (%s, %s, %s, 1) '
    'ON CONFLICT (unit_id, series, year) DO UPDATE SET last = "{table}".last + 1 RETURNING last'
).replace("{table}", PostalCounter._meta.db_table)


def next_number(unit_id: int, series: str, at: datetime) -> tuple[int, int]:
    """Cấp số: return year and next number of the series; the counter stays locked until the act ends."""
    year = at.astimezone(VIET_NAM).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [unit_id, series, year])
        (number,) = cursor.fetchone()
    return year, number
