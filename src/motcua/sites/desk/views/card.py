"""An identity card that was scanned anywhere on a page."""

import re

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.rules.codes import looks_like_code
from motcua.kernel.errors import NotFound
from motcua.sites.desk.forms.intake import card_fields
from motcua.sites.desk.identity_card import reading_of
from motcua.sites.desk.shell import actor_of

_TRACKED = re.compile(r"/tra-cuu/([^/?#\s]+)", re.IGNORECASE)
_MOST = 1000


@require_POST
def card(request: HttpRequest) -> JsonResponse:
    """`POST /mot-cua/can-cuoc/` with `text` (and `changed`): what the scanner read, for the scripts of the desk.

    A card gives `fields` and perhaps `problems`; the QR or bar code of one of our receipts gives `url`.
    """
    text = request.POST.get("text", "")[:_MOST]
    if url := _dossier_url(request, text):
        return _answer({"url": url})
    reading = reading_of(text, today=timezone.localdate(), changed=request.POST.get("changed") == "1")
    fields = card_fields(reading.card) if reading.card else {}
    return _answer(
        {
            "fields": {name: value for name, value in fields.items() if value},
            "problems": [one.message for one in reading.problems],
            "is_mangled": reading.is_mangled,
        }
    )


def _answer(said: dict[str, object]) -> JsonResponse:
    response = JsonResponse(said)
    response["Cache-Control"] = "no-store"
    return response


def _dossier_url(request: HttpRequest, text: str) -> str:
    found = _TRACKED.search(text)
    code = (found[1] if found else text).strip()
    if not looks_like_code(code):
        return ""
    try:
        return reverse("desk:dossier", args=[get_visible_by_code(actor_of(request), code).code])
    except NotFound:
        return ""
