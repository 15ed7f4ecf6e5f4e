"""What the house tells an officer: work that came, reminders, what became of one's dossiers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.agencies.terms import Right
from motcua.identity.terms import Actor
from motcua.kernel.paging import decode_cursor, encode_cursor, reading_cursor
from motcua.notifications.actions.mark_read import mark_all_read
from motcua.notifications.queries import notices_of, unread_count
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.office.shell import office_page

PAGE_SIZE = 40
_AT_DESK = frozenset({Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL, Right.OVERSEE})


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """`/mot-cua/thong-bao/`: the last notices; POST marks those seen on the page, and all before them, as read."""
    actor = actor_of(request)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        mark_all_read(actor=actor, at=timezone.now(), up_to=int(seen) if _is_number(seen) else 0)
        return HttpResponseRedirect(reverse("desk:notices"))
    cursor = request.GET.get("sau", "")
    found = notices_of(actor.account_id or 0)
    if cursor:
        with reading_cursor():
            found = found.filter(pk__lt=int(decode_cursor(cursor, length=1)[0]))
    rows = list(found[: PAGE_SIZE + 1])
    more = encode_cursor([rows[PAGE_SIZE - 1].pk]) if len(rows) > PAGE_SIZE else ""
    at_desk = _works_at_desk(actor)
    context = {
        "frame": "desk/base.html" if at_desk else "office/base.html",
        "at_desk": at_desk,
        "rows": rows[:PAGE_SIZE],
        "waiting": unread_count(actor.account_id or 0) if not cursor else 0,
        "next_url": f"{request.path}?sau={more}" if more else "",
    }
    page = desk_page if at_desk else office_page
    return page(request, "desk/notices.html", context)


def _works_at_desk(actor: Actor) -> bool:
    return any(post.rights & _AT_DESK for post in actor.postings)


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 18  # noqa: PLR2004 (what a bigint holds)
