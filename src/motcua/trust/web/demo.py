"""The demo's own authorities at /pki-mau/…: only in demo mode, and only for this very machine."""

import ipaddress
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from motcua.trust.pki.folder import exists, pki_folder
from motcua.trust.pki.serving import LARGEST_QUESTION, Served, serve


@csrf_exempt  # programs ask here; nothing is changed, and nobody is signed in
@require_http_methods(["POST"])
def stamp(request: HttpRequest, name: str) -> HttpResponse:
    """`POST /pki-mau/tsa/<1|2>`: a timestamp (RFC 3161)."""
    return _answer(request, "tsa", name)


@csrf_exempt  # programs ask here; nothing is changed, and nobody is signed in
@require_http_methods(["POST"])
def ocsp(request: HttpRequest, name: str) -> HttpResponse:
    """`POST /pki-mau/ocsp/<authority>`: whether a certificate is revoked (RFC 6960)."""
    return _answer(request, "ocsp", name)


@require_http_methods(["GET"])
def crl(request: HttpRequest, name: str) -> HttpResponse:
    """`GET /pki-mau/crl/<authority>.crl`: the list of what was revoked (RFC 5280)."""
    return _answer(request, "crl", name)


@require_http_methods(["GET"])
def authority(request: HttpRequest, name: str) -> HttpResponse:
    """`GET /pki-mau/ca/<authority>.cer`: the authority's certificate."""
    return _answer(request, "ca", name)


def _answer(request: HttpRequest, what: str, name: str) -> HttpResponse:
    folder = pki_folder(Path(settings.DATA_DIR))
    if not settings.DEMO or not _is_from_here(request) or not exists(folder):
        raise Http404
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length or 0) > LARGEST_QUESTION:
        served = Served(413, body="Câu hỏi quá dài.".encode())
    else:
        served = serve(folder, what, name, request.body, at=timezone.now())
    return HttpResponse(served.body, status=served.status, content_type=served.media_type)


def _is_from_here(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
