"""Files first, then the act that uses them: an upload answers with a token that only its uploader can use."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Router
from ninja.files import UploadedFile

from motcua.dossiers.api.answers import write_once
from motcua.dossiers.rules.application import FileRef
from motcua.files.actions.store import store_upload
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, Problem

router = Router()
_SALT = "dossiers.upload"
_DAYS = 7


@router.post("/uploads", summary="Tải một tệp lên")
def upload(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """Check and keep one file; answers its `upload` token for the act that attaches it."""
    actor = actor_in(request)

    def keep() -> tuple[int, dict[str, object]]:
        kept = store_upload(actor, file, name=file.name or "", declared_type=file.content_type or "", at=timezone.now())
        body = {"name": kept.name, "size": kept.size, "media_type": kept.media_type, "sha256": kept.sha256}
        return 201, {**body, "upload": token_of(actor, FileRef(kept.sha256, kept.name))}

    return write_once(request, keep)


def token_of(actor: Actor, ref: FileRef) -> str:
    """Return a signed value that stands for the file, for this account."""
    return signing.dumps([ref.sha256, ref.name, actor.account_id], salt=_SALT)


def ref_of(actor: Actor, token: str, *, field: str) -> FileRef:
    """Return the file behind a token; raises Invalid when it is not this account's or too old."""
    try:
        sha256, name, account_id = signing.loads(token, salt=_SALT, max_age=_DAYS * 86400)
    except (signing.BadSignature, ValueError):
        account_id = None
    if account_id is None or account_id != actor.account_id:
        raise Invalid(Problem("bad_upload", "Tệp đính kèm không hợp lệ hoặc đã hết hạn; hãy tải lên lại.", field))
    return FileRef(sha256=sha256, name=name)
