"""Files first, then the act that uses them: an upload answers with a token that only its uploader can use."""

import hashlib

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File
from ninja.files import UploadedFile

from motcua.dossiers.api.answers import Json, write_once
from motcua.dossiers.api.kinds import Key
from motcua.dossiers.api.outputs import UploadOut
from motcua.dossiers.api.routes import router
from motcua.dossiers.rules.application import FileRef
from motcua.files.actions.store import store_upload
from motcua.files.terms import StoredFile
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, Problem

_SALT = "dossiers.upload"
_DAYS = 7


@router.post("/uploads", response={201: UploadOut}, operation_id="upload_file", summary="Tải một tệp lên")
def upload(request: HttpRequest, file: File[UploadedFile], key: Key) -> HttpResponse:
    """Kiểm tra và giữ một tệp; giá trị `upload` trong câu trả lời dùng để đính kèm tệp vào hồ sơ."""
    actor = actor_in(request)
    kept: list[StoredFile] = []

    def keep() -> None:
        file.seek(0)
        kept[:] = [
            store_upload(
                actor,
                file,
                name=file.name or "",
                declared_type=file.content_type or "",
                at=timezone.now(),
                field="file",
            )
        ]

    def answer() -> Json:
        [one] = kept
        about = {"name": one.name, "size": one.size, "media_type": one.media_type, "sha256": one.sha256}
        return {**about, "upload": token_of(actor, FileRef(one.sha256, one.name))}

    return write_once(request, key, answer, status=201, content=_mark(file), prepare=keep)


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


def refs_of(actor: Actor, tokens: dict[str, str]) -> dict[str, FileRef]:
    """Return field → file for field → token; raises Invalid naming every token that is none."""
    found: dict[str, FileRef] = {}
    problems: list[Problem] = []
    for field, token in tokens.items():
        try:
            found[field] = ref_of(actor, token, field=field)
        except Invalid as error:
            problems += error.problems
    if problems:
        raise Invalid(problems)
    return found


def _mark(file: UploadedFile) -> bytes:
    """Return what tells this file from another: its name, size and content."""
    digest = hashlib.sha256(f"{file.name}\0{file.content_type}\0{file.size}\0".encode())
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.digest()
