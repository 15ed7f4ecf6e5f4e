"""Sending a kept file to a browser, without letting the browser run it."""

import io
from pathlib import PurePath
from urllib.parse import quote

from anyascii import anyascii
from django.http import FileResponse, HttpRequest

from motcua.files.models import Blob
from motcua.files.queries import open_blob, refuse_infected
from motcua.files.rules.images import web_copy
from motcua.files.rules.names import clean_name
from motcua.files.terms import MediaType

_SHOWN = {MediaType.PDF.value, MediaType.JPEG.value, MediaType.PNG.value}
_SAFE = "!#$&+-.^_`|~"
# Browsers refuse to start their PDF viewer in a sandbox; PDF files with programs inside are never taken in.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"


def content_disposition(name: str, *, inline: bool) -> str:
    """Return the header of RFC 6266: an ASCII name for old programs, the Vietnamese one for all others."""
    tidy = clean_name(name)
    plain = "".join(char for char in anyascii(tidy) if " " <= char <= "~" and char not in '"\\;%')
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain or 'tep'}\"; filename*=UTF-8''{quote(tidy, safe=_SAFE)}"


def wants_web_copy(request: HttpRequest) -> bool:
    """Whether the address ends in `?ban=web`: a small copy of a picture is enough."""
    return request.GET.get("ban") == "web"


def download_response(blob: Blob, name: str, *, inline: bool = False, small: bool = False) -> FileResponse:
    """Return the blob as a streamed answer. Whether the reader may have it was decided before.

    `inline` shows PDF files and pictures in the browser; everything else is always saved. `small` gives a picture drawn
    anew for screens (`rules/images.py: web_copy`), anything else as it is. Raises NotFound, RuleBroken for malware.
    """
    refuse_infected(blob)
    copied = _copied(blob) if small else None
    media_type = blob.media_type if copied is None else MediaType.JPEG.value
    shown = inline and media_type in _SHOWN
    content = open_blob(blob.sha256) if copied is None else io.BytesIO(copied)
    response = FileResponse(content, content_type=media_type)
    said = name if copied is None else f"{PurePath(name).stem}{MediaType.JPEG.extension}"
    response["Content-Disposition"] = content_disposition(said, inline=shown)
    response["Content-Length"] = str(blob.size if copied is None else len(copied))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    sandboxed = not (shown and media_type == MediaType.PDF.value)
    response["Content-Security-Policy"] = f"{_POLICY}; sandbox" if sandboxed else _POLICY
    return response


def _copied(blob: Blob) -> bytes | None:
    if blob.media_type not in {one.value for one in MediaType if one.is_image}:
        return None
    with open_blob(blob.sha256) as file:
        return web_copy(file)
