"""What people call procedures."""

from collections.abc import Iterable

from motcua.procedures.models import ProcedureVersion


def nicknames_of(version_ids: Iterable[int]) -> dict[int, str]:
    """Return version id → its keywords, folded, for choosing while typing (one query)."""
    return dict(ProcedureVersion.objects.filter(pk__in=set(version_ids)).values_list("pk", "keywords_fold"))
