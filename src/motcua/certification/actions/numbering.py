"""Lấy số chứng thực."""

from django.db import connection

from motcua.certification.models import CertificationBook
from motcua.certification.terms import BookKind
from motcua.kernel.errors import Problem, RuleBroken

_TABLE = CertificationBook._meta.db_table
_NEXT = (
    f'INSERT INTO "{_TABLE}" (agency_id, kind, year, last) VALUES (%s, %s, %s, %s) '  # noqa: S608 (own table name)
    f'ON CONFLICT (agency_id, kind, year) DO UPDATE SET last = "{_TABLE}".last + EXCLUDED.last '
    f'WHERE "{_TABLE}".closed_at IS NULL RETURNING id, last'
)


def take_numbers(agency_id: int, kind: BookKind, year: int, count: int = 1) -> tuple[int, int]:
    """Lấy số: take the next `count` numbers of a book; return its id and the last of them.

    Inside the transaction of the act that needs them: the book's row stays locked until it ends, so there is no gap.
    Raises RuleBroken for a closed book.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency_id, kind, year, count])
        found = cursor.fetchone()
    if found is None:
        message = f"Sổ chứng thực {kind.label.lower()} năm {year} đã khóa; lãnh đạo mở lại sổ rồi mới ghi tiếp được."
        raise RuleBroken(Problem("book_closed", message))
    return int(found[0]), int(found[1])
