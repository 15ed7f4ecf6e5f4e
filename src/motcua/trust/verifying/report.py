"""The verdict as JSON for machines and as lines for people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.trust.terms import Change, PaperVerdict, SignatureVerdict


def verdict_json(verdict: PaperVerdict) -> dict[str, Any]:
    """Return the verdict as plain values: always `valid`, `error`, `reason` and `signatures`; moments in ISO 8601."""
    return {
        "valid": verdict.valid,
        "reason_code": verdict.reason_code,
        "reason": verdict.reason,
        "error": verdict.error,
        "sha256": verdict.sha256,
        "size": verdict.size,
        "pages": verdict.pages,
        "checked_at": _moment(verdict.checked_at),
        "signatures": [_signature(one) for one in verdict.signatures],
        "changes": [_change(one) for one in verdict.changes],
        "missing_roles": [role.value for role in verdict.missing_roles],
        "facts": verdict.facts,
    }


def _signature(one: SignatureVerdict) -> dict[str, Any]:
    return {
        "name": one.name,
        "revision": one.revision,
        "kind": one.kind,
        "role": one.role.value,
        "intact": one.intact,
        "trusted": one.trusted,
        "reason_code": one.reason_code,
        "reason": one.reason,
        "signer": one.signer,
        "agency": one.agency,
        "time": _moment(one.time),
        "time_source": one.time_source,
        "level": one.level.value if one.level else None,
        "digest": one.digest,
        "key": one.key,
        "serial": one.serial,
        "valid_from": _moment(one.valid_from),
        "valid_to": _moment(one.valid_to),
        "path": list(one.path),
        "revocation": one.revocation,
        "covers_whole_file": one.covers_whole_file,
        "changed_after": [_change(change) for change in one.changed_after],
        "warnings": list(one.warnings),
    }


def _change(change: Change) -> dict[str, Any]:
    return {"code": change.code, "text": change.text, "page": change.page, "allowed": change.allowed}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
