"""Reading what was imported, for the export."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from motcua.importing.models import SourceRecord
from motcua.procedures.models import Procedure, ProcedureVersion


def exported(kind: str = "") -> Iterator[dict[str, Any]]:
    """Yield every procedure with its live definition and all its source records to the letter, by code.

    `kind` limits it to procedures with a record of that kind. Records of a code that the catalogue does not have
    follow at the end, so that nothing that was kept is left out.
    """
    live = ProcedureVersion.objects.filter(published_at__isnull=False, valid_to__isnull=True)
    procedures = Procedure.objects.order_by("code").prefetch_related(Prefetch("versions", live, to_attr="live"))
    records = SourceRecord.objects.filter(kind=kind) if kind else SourceRecord.objects.all()
    if kind:
        procedures = procedures.filter(code__in=records.values("code"))
    for procedure in procedures.iterator(chunk_size=100):
        versions: list[ProcedureVersion] = procedure.live
        yield {
            "code": procedure.code,
            "name": procedure.name,
            "definition": versions[0].definition if versions else None,
            "sources": [_record(one) for one in SourceRecord.objects.filter(code=procedure.code)],
        }
    for one in records.exclude(code__in=Procedure.objects.values("code")).iterator(chunk_size=100):
        yield {"code": one.code, "name": one.name, "definition": None, "sources": [_record(one)]}


def _record(one: SourceRecord) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "occurrence": one.occurrence,
        "file": one.file,
        "row": one.row,
        "sha256": one.sha256,
        "imported_at": one.imported_at.isoformat(),
        "source": json.loads(one.raw),
        "parsed": one.parsed,
        "flags_count": one.flags_count,
    }
