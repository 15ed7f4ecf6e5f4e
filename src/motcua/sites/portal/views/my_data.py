"""Dữ liệu của tôi."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.files.web.download import content_disposition
from motcua.sites.portal.citizen import account_in, citizen_in
from motcua.sites.portal.my_data import SHOWN, my_data


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """`GET /du-lieu-cua-toi/`: what is held, consents given, who looked."""
    data = my_data(citizen_in(request), account_in(request))
    context = {"data": data, "readings": data.readings[:SHOWN], "more": max(0, len(data.readings) - SHOWN)}
    return render(request, "portal/my_data.html", context)


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """`GET /du-lieu-cua-toi/tai/`: the same, whole, as a file that programs read."""
    at = timezone.now()
    data = my_data(citizen_in(request), account_in(request)).as_json(at)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = content_disposition(f"du-lieu-cua-toi-{at:%Y%m%d}.json", inline=False)
    response["Cache-Control"] = "private, no-store"
    return response
