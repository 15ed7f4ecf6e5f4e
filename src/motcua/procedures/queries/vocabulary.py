"""The words of the catalogue."""

from collections.abc import Mapping
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Max

from motcua.procedures.models import ProcedureVersion

_WORDS = """
SELECT word, ndoc FROM ts_stat(
    'SELECT search_vector FROM procedures_procedureversion WHERE published_at IS NOT NULL AND valid_to IS NULL'
)
"""


def vocabulary() -> Mapping[str, int]:
    """Return every word of what holds → how many procedures have it (one query; counted anew after a publication)."""
    published = ProcedureVersion.objects.filter(published_at__isnull=False)
    state = published.aggregate(count=Count("id"), last=Max("id"), ended=Count("valid_to"))
    return _counted(state["count"], state["last"] or 0, state["ended"])


@lru_cache(maxsize=1)
def _counted(_count: int, _last: int, _ended: int) -> Mapping[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_WORDS)
        return dict(cursor.fetchall())
