"""What changed between two revisions of a PDF, told by what a reader would see.

Everything that can be reached from the trailer is compared, so the trick by which something was replaced does not
matter. Allowed are only: new signatures and timestamps with their fields and widgets, the DSS, descriptive metadata.
"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf

from motcua.trust.terms import Change
from motcua.trust.verifying.comparing import Comparison, Reference, side_of
from motcua.trust.verifying.forms import compare_forms
from motcua.trust.verifying.locks import Lock
from motcua.trust.verifying.pages import compare_pages

_CATALOG_CODES = {
    "/OpenAction": "script_changed",
    "/AA": "script_changed",
    "/Names": "attachments_changed",
    "/AF": "attachments_changed",
    "/OCProperties": "layers_changed",
    "/StructTreeRoot": "structure_changed",
    "/Outlines": "structure_changed",
    "/PageLabels": "structure_changed",
    "/Dests": "structure_changed",
    "/MarkInfo": "structure_changed",
    "/Lang": "structure_changed",
}
_DESCRIPTIVE = frozenset(("/Metadata", "/Extensions", "/Version"))


def compare(
    old: pikepdf.Pdf,
    new: pikepdf.Pdf,
    *,
    touched: set[Reference] | None,
    locks: Sequence[Lock] = (),
    signed_to: int = 0,
) -> list[Change]:
    """Return what changed from one revision to a later one. `locks`: what earlier signatures forbid."""
    comparison = Comparison(side_of(old), side_of(new), touched, signed_to, locks)
    _compare_trailers(comparison)
    _compare_catalogs(comparison)
    compare_pages(comparison)
    compare_forms(comparison)
    closed = any(lock.permission == 1 for lock in locks)
    if closed and any(change.code in {"signature_added", "signature_field_added"} for change in comparison.changes):
        comparison.say("locked")
    return comparison.changes


def _compare_trailers(comparison: Comparison) -> None:
    old, new = comparison.old.pdf.trailer, comparison.new.pdf.trailer
    if not comparison.same(old.get("/Info"), new.get("/Info")):
        comparison.say("metadata_changed")
    if ("/Encrypt" in old) != ("/Encrypt" in new) or not comparison.same(old.get("/Encrypt"), new.get("/Encrypt")):
        comparison.say("document_changed", name="/Encrypt")


def _compare_catalogs(comparison: Comparison) -> None:
    old, new = comparison.old.pdf.Root, comparison.new.pdf.Root
    for key in sorted(set(old.keys()) | set(new.keys())):
        if key in {"/Pages", "/AcroForm"}:
            continue
        if key in old and key in new and comparison.same(old.get(key), new.get(key)):
            continue
        if key == "/DSS":
            comparison.say("evidence_added" if key in new else "document_changed", name=key)
        elif key in _DESCRIPTIVE:
            comparison.say("metadata_changed")
        else:
            comparison.say(_CATALOG_CODES.get(key, "document_changed"), name=key[:40])
