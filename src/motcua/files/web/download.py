"""Sending a kept file to a browser, without letting the browser run it."""

from urllib.parse import quote

from anyascii import anyascii
from django.http import FileResponse

from motcua.files.models import Blob
from motcua.files.queries import open_blob
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


def download_response(blob: Blob, name: str, *, inline: bool = False) -> FileResponse:
    """Return the blob as a streamed answer. Whether the reader may have it was decided before.

    `inline` shows PDF files and pictures in the browser; everything else is always saved. Raises NotFound.
    """
    shown = inline and blob.media_type in _SHOWN
    response = FileResponse(open_blob(blob.sha256), content_type=blob.media_type)
    response["Content-Disposition"] = content_disposition(name, inline=shown)
    response["Content-Length"] = str(blob.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    sandboxed = not (shown and blob.media_type == MediaType.PDF.value)
    response["Content-Security-Policy"] = f"{_POLICY}; sandbox" if sandboxed else _POLICY
    return response
