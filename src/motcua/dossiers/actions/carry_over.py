"""Mang giấy tờ, tệp của hồ sơ chính sang hồ sơ thành phần."""

from datetime import datetime

from motcua.dossiers.actions.attach import attach
from motcua.dossiers.models import Attachment, Dossier, DossierComponent
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import AttachmentPurpose
from motcua.identity.terms import Actor
from motcua.kernel.inserting import insert_all
from motcua.kernel.text import fold
from motcua.procedures.rules.selection import components_for

_OWN = (AttachmentPurpose.COMPONENT, AttachmentPurpose.SUPPLEMENT, AttachmentPurpose.PROXY)


def carry_over(actor: Actor, parent: Dossier, part: Dossier, *, at: datetime) -> None:
    """Mang giấy tờ sang: papers of the same key or name with their numbers, marks and files; other files beside them.

    What the part needs and the parent does not have is listed as not there yet.
    """
    given = list(parent.components.filter(is_present=True).order_by("position"))
    rows, sources = [], {}
    for position, one in enumerate(components_for(part.definition, part.case_key), start=1):
        source = _same(given, one.component.key, one.component.name)
        if source is None and not one.required:
            continue
        row = DossierComponent(
            dossier=part,
            position=position,
            key=one.component.key,
            name=one.component.name,
            originals=source.originals if source else 0,
            copies=source.copies if source else 0,
            is_required=one.required,
            is_present=source is not None,
            note=f"Theo hồ sơ {parent.code}" if source else "",
            seen=source.seen if source else "",
            pages=source.pages if source else 0,
        )
        rows.append(row)
        if source is not None:
            sources[source.pk] = row
    insert_all(rows)
    for file in parent.attachments.filter(purpose__in=_OWN).order_by("id"):
        _carry(actor, file, part, sources.get(file.component_id or 0), at)


def _carry(actor: Actor, file: Attachment, part: Dossier, row: DossierComponent | None, at: datetime) -> None:
    ref, purpose = FileRef(file.blob_id, file.name), AttachmentPurpose(file.purpose)
    attach(actor, part, ref, purpose=purpose, component=row, at=at)


def _same(given: list[DossierComponent], key: str, name: str) -> DossierComponent | None:
    by_key = (one for one in given if one.key == key)
    by_name = (one for one in given if fold(one.name) == fold(name))
    return next(iter([*by_key, *by_name]), None)
