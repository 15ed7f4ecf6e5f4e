"""Whether the journal is whole: the check, and who checked when with which outcome."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.identity.requests import actor_in
from motcua.journal.actions.check_journal import check_journal
from motcua.journal.models import Anchor
from motcua.journal.queries import latest_anchor, search
from motcua.sites.office.shell import office_page

_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/kiem-tra/`: the newest mark and the last checks; `POST`: check now, and say what was found."""
    actor = actor_in(request)
    done = check_journal(actor=actor, at=timezone.now()) if request.method == "POST" else None
    context = {
        "done": done,
        "mark": done.mark if done else latest_anchor(),
        "marks": Anchor.objects.count(),
        "checks": search(verb="journal.checked")[:_SHOWN],
    }
    status = 409 if done and done.problems else 200
    return office_page(request, "audit/checking.html", context, status=status)
