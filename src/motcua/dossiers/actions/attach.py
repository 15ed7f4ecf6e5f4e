"""Đính kèm tệp vào hồ sơ."""

from datetime import datetime

from motcua.dossiers.models import Attachment, Dossier, DossierComponent
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import AttachmentPurpose
from motcua.files.actions.hold import hold
from motcua.identity.terms import Actor
from motcua.kernel.text import clean


def attach(
    actor: Actor,
    dossier: Dossier,
    ref: FileRef,
    *,
    purpose: AttachmentPurpose,
    at: datetime,
    component: DossierComponent | None = None,
) -> Attachment:
    """Đính kèm tệp: tie a stored file to the dossier; raises NotFound when there is no such file."""
    hold(ref.sha256)
    dossier.note_for_journal("files", ref.sha256)
    return Attachment.objects.create(
        dossier=dossier,
        component=component,
        blob_id=ref.sha256,
        name=clean(ref.name),
        purpose=purpose,
        added_at=at,
        added_by_id=actor.account_id,
    )
