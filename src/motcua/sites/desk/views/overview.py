"""Every desk at this moment, for leaders and overseers."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.dossiers.queries.overview import Standing, desks_now, officers_now
from motcua.sites.desk.shell import actor_of, desk_page

_AN_HOUR = 60  # minutes


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
            ("Bộ phận Một cửa", "Chờ tiếp nhận", _rows(desks, at), False),
            ("Cán bộ đang giữ hồ sơ", "Chờ xử lý", _rows(officers, at), True),
        ],
        "at": at,
    }
    response = desk_page(request, "desk/overview.html", context)
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    return response


def _rows(standings: Sequence[Standing], at: datetime) -> list[tuple[Standing, str]]:
    return [(one, _waited(at - one.waiting_since) if one.waiting_since else "") for one in standings]


def _waited(span: timedelta) -> str:
    """Return a span in one word of time: "11 ngày", "3 giờ", "5 phút"."""
    if span.days:
        return f"{span.days} ngày"
    minutes = max(0, span.seconds // 60)
    return f"{minutes // 60} giờ" if minutes >= _AN_HOUR else f"{minutes} phút"
