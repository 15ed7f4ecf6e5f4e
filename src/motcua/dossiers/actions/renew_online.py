"""Soạn hồ sơ nộp lại từ hồ sơ đã kết thúc."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.renew import OF_PAPERS, wanted_papers
from motcua.dossiers.models import Attachment, Dossier, Draft, DraftFile
from motcua.dossiers.queries.drafts import drafts_of
from motcua.dossiers.terms import Act, AttachmentPurpose
from motcua.files.actions.hold import hold
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, NotPermitted, Problem

_KEY_BYTES = 16


@transaction.atomic
def draft_from_dossier(
    *, actor: Actor, dossier_id: int, data: Mapping[str, Mapping[str, Any]], proxy_key: str, at: datetime
) -> Draft:
    """Soạn hồ sơ nộp lại: a draft filled from an ended dossier, its files with it; the one there is, when asked again.

    `data`: page → what is typed there; `proxy_key`: where a letter of authority is kept among the files. Raises
    Conflict when another draft of the procedure is being written, NotPermitted for anybody but the applicant.
    """
    old = lock_dossier(actor, dossier_id, to=Act.RENEW, at=at)
    if actor.kind != "citizen" or actor.account_id is None:
        raise NotPermitted(Problem("citizens_only", "Hãy đăng nhập bằng tài khoản công dân để nộp hồ sơ."))
    found = drafts_of(actor).filter(procedure_id=old.procedure_id).first()
    if found is not None and found.predecessor_id != old.pk:
        message = "Bạn đang soạn một hồ sơ của thủ tục này. Hãy nộp hoặc xóa hồ sơ đang soạn, rồi nộp lại."
        raise Conflict(Problem("draft_exists", message))
    if found is not None:
        return found
    draft = Draft.objects.create(
        account_id=actor.account_id,
        procedure_id=old.procedure_id,
        predecessor=old,
        data={page: dict(values) for page, values in data.items()},
        created_at=at,
        saved_at=at,
        submission_key=secrets.token_urlsafe(_KEY_BYTES),
    )
    for key, file in _files(old, proxy_key, at):
        hold(file.blob_id)
        DraftFile.objects.create(draft=draft, component_key=key, blob_id=file.blob_id, name=file.name, added_at=at)
    return draft


def _files(old: Dossier, proxy_key: str, at: datetime) -> list[tuple[str, Attachment]]:
    wanted = wanted_papers(old, at)
    files = old.attachments.select_related("component").order_by("id")
    papers = [
        (file.component.key, file)
        for file in files.filter(purpose__in=OF_PAPERS, component__isnull=False)
        if file.component is not None and file.component.key in wanted
    ]
    known = {(key, file.blob_id): (key, file) for key, file in papers}
    proxies = [(proxy_key, file) for file in files.filter(purpose=AttachmentPurpose.PROXY)]
    return [*known.values(), *proxies]
