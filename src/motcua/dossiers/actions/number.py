"""Cấp mã số hồ sơ."""

from datetime import datetime

from django.db import connection

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import CodeCounter
from motcua.dossiers.rules.codes import dossier_code

_NEXT = (
    f'INSERT INTO "{CodeCounter._meta.db_table}" (agency_id, day, last) VALUES (%s, %s, 1) '  # noqa: S608 (own table name)
    'ON CONFLICT (agency_id, day) DO UPDATE SET last = "{table}".last + 1 RETURNING last'
).replace("{table}", CodeCounter._meta.db_table)


def next_code(*, agency_id: int, agency_code: str, at: datetime) -> str:
    """Cấp mã số hồ sơ: the next code of the agency on the day of `at`.

    The counter's row stays locked until the act ends, so a code is neither doubled nor skipped.
    """
    day = at.astimezone(VIET_NAM).date()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency_id, day])
        (number,) = cursor.fetchone()
    return dossier_code(agency_code, day, number)
