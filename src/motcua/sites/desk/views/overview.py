"""Every desk at this moment, for leaders and overseers."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.dossiers.queries.overview import desks_now, officers_now
from motcua.sites.desk.shell import actor_of, desk_page


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/toan-canh/`: each desk and officer: waiting, longest waiting, taken in, due today, overdue.

    The ETag stands for the figures alone: whoever asks again gets 304 until one of them changes.
    """
    at, actor = timezone.now(), actor_of(request)
    desks, officers = desks_now(actor, at), officers_now(actor, at)
    minute = at.replace(second=0, microsecond=0)
    seen = repr((actor.account_id, desks, officers, minute))
    mark = f'"{hashlib.sha256(seen.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        return HttpResponseNotModified()
    context = {
        "tables": [
            ("Bộ phận Một cửa", "Chờ tiếp nhận", desks, False),
            ("Cán bộ đang giữ hồ sơ", "Chờ xử lý", officers, True),
        ],
        "at": at,
    }
    response = desk_page(request, "desk/overview.html", context)
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    return response
