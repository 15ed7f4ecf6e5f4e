"""Số hóa thành phần hồ sơ: the digitised files take their place in the dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.models import Attachment, Dossier, DossierComponent
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import DIGITISE, Act, AttachmentPurpose, Digitised
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, Problem


@dataclass(frozen=True, slots=True)
class Scan:
    """A digitised paper: the component it belongs to, its stored file, how many pages it has."""

    component_key: str
    ref: FileRef
    pages: int


@transaction.atomic
def attach_scans(
    *, actor: Actor, dossier_id: int, at: datetime, scans: Sequence[Scan]
) -> tuple[Dossier, list[Attachment]]:
    """Số hóa thành phần hồ sơ (Thông tư 01/2023/TT-VPCP): papers seen at the desk become files of their components.

    Whoever may mark papers as checked may do it, until the result is decided. Returns the dossier and the attachments
    in the order of `scans`. Raises Invalid for an unknown component.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.CHECK_PAPERS, at=at)
    papers = {paper.key: paper for paper in dossier.components.all()}
    if unknown := [scan.component_key for scan in scans if scan.component_key not in papers]:
        said = ", ".join(unknown)
        raise Invalid(Problem("unknown_component", f"Hồ sơ không có thành phần “{said}”.", "component_key"))
    purpose = AttachmentPurpose.COMPONENT
    made = [
        attach(actor, dossier, scan.ref, purpose=purpose, at=at, component=papers[scan.component_key]) for scan in scans
    ]
    pages: dict[str, int] = {}
    for scan in scans:
        pages[scan.component_key] = pages.get(scan.component_key, 0) + scan.pages
    _mark([papers[key] for key in pages], pages)
    note = "; ".join(f"{papers[key].name}: {count} trang" for key, count in pages.items())
    advance(dossier, actor=actor, act=DIGITISE, at=at, note=note)
    data = {"code": dossier.code, "files": [scan.ref.sha256 for scan in scans], "note": note}
    record(actor, "dossier.papers_digitised", dossier, at=at, data=data)
    return dossier, made


def _mark(papers: list[DossierComponent], pages: dict[str, int]) -> None:
    for paper in papers:
        paper.digitised, paper.is_present = Digitised.SCANNED, True
        paper.pages = pages[paper.key]
        if not paper.originals and not paper.copies:
            paper.originals = 1
    DossierComponent.objects.bulk_update(papers, ["digitised", "is_present", "pages", "originals"])
