"""What the house told its citizen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.notifications.actions.mark_read import mark_all_read
from motcua.notifications.queries import notices_of
from motcua.sites.portal.citizen import account_in, citizen_in

_SHOWN = 30


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """`/thong-bao/`: the last notices; POST marks those seen on the page as read."""
    actor = citizen_in(request)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        mark_all_read(actor=actor, at=timezone.now(), up_to=int(seen) if seen.isdecimal() else 0)
        return redirect("portal:notices")
    rows = list(notices_of(account_in(request).pk)[:_SHOWN])
    unread = sum(row.read_at is None for row in rows)
    return render(request, "portal/notices.html", {"rows": rows, "unread": unread, "shown": _SHOWN})
