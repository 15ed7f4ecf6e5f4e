"""Handing out signed papers: with their proofs, unless somebody asks for the file as it was issued."""

from django.http import FileResponse, HttpRequest

from motcua.files.models import Blob
from motcua.files.terms import MediaType
from motcua.files.web.download import download_response
from motcua.signing.queries.archive import archived_version

#: `?ban=goc`: the file as it was issued, without what the archive added.
_PARAMETER, _AS_ISSUED = "ban", "goc"


def wants_issued(request: HttpRequest) -> bool:
    """Whether the address ends in `?ban=goc`: the bytes that were issued, for comparing."""
    return request.GET.get(_PARAMETER) == _AS_ISSUED


def paper_response(
    blob: Blob, name: str, *, inline: bool = False, small: bool = False, as_issued: bool = False
) -> FileResponse:
    """Return a file as a streamed answer; of a signed paper the version that proves itself without us.

    That version begins with the very bytes that were issued and adds certificates, answers on revocation, timestamps.
    `as_issued` gives those bytes alone. Whether the reader may have it was decided before; one query more for a PDF.
    """
    if not as_issued and blob.media_type == MediaType.PDF.value and (kept := archived_version(blob.sha256)):
        blob = Blob.objects.get(pk=kept)
    return download_response(blob, name, inline=inline, small=small)
