"""A file in pieces, for the scripts of the forms: begin, ask how far it came, send the next piece."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.files.actions.receive_pieces import LARGEST_PIECE, add_piece, begin_upload
from motcua.files.models import Upload
from motcua.files.queries import upload_of
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Invalid, MotCuaError, Problem


@require_POST
def begin(request: HttpRequest) -> JsonResponse:
    """`POST /tep/` with `name`, `size`, `type`: 201 and the address of the file on its way."""
    said = request.POST
    size = said.get("size", "")
    try:
        upload = begin_upload(
            actor=actor_in(request),
            name=said.get("name", "")[:500],
            size=int(size) if size.isdecimal() and len(size) < len("9" * 18) else 0,
            media_type=said.get("type", ""),
            at=timezone.now(),
        )
    except MotCuaError as refusal:
        return _refused(refusal)
    return _state(upload, status=201)


@require_http_methods(["GET", "HEAD", "PUT"])
def piece(request: HttpRequest, upload_id: UUID) -> JsonResponse:
    """`GET /tep/<id>/`: how far it came. `PUT …?tu=<offset>`: the bytes from there; again and again does no harm."""
    actor, offset = actor_in(request), request.GET.get("tu", "0")
    try:
        if request.method != "PUT":
            return _state(upload_of(actor, str(upload_id)))
        if int(request.headers.get("Content-Length") or 0) > LARGEST_PIECE:
            raise Invalid(Problem("piece_too_big", "Phần tệp gửi lên lớn quá 256 KB.", "piece"))
        whence = int(offset) if offset.isdecimal() and len(offset) < len("9" * 18) else -1
        return _state(add_piece(actor=actor, upload_id=upload_id, offset=whence, piece=request.body, at=timezone.now()))
    except MotCuaError as refusal:
        return _refused(refusal)


def _state(upload: Upload, *, status: int = 200) -> JsonResponse:
    state = {
        "id": str(upload.pk),
        "name": upload.name,
        "received": upload.received,
        "size": upload.size,
        "done": upload.blob_id is not None,
        "problems": upload.problems,
    }
    response = JsonResponse(state, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _refused(refusal: MotCuaError) -> JsonResponse:
    response = JsonResponse({"problems": [one.message for one in refusal.problems]}, status=refusal.status)
    response["Cache-Control"] = "no-store"
    return response
