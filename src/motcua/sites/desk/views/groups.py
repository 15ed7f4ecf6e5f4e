"""One visit of one person: all its dossiers with their clocks, and the receipt for all."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.terms import Right
from motcua.dossiers.queries.groups import visit_of
from motcua.sites.desk.rows import rows_of
from motcua.sites.desk.shell import actor_of, desk_page


@require_safe
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """`GET /mot-cua/luot-nop/<id>/`: what this person brought in one visit."""
    at, actor = timezone.now(), actor_of(request)
    found = visit_of(actor, group_id)
    last, paper = found.dossiers[-1], found.receipt
    receives = actor.has(Right.RECEIVE, unit_id=found.group.desk_id)
    context = {
        "visit": found,
        "rows": rows_of(found.dossiers, at),
        "receipt_url": reverse("desk:paper", args=[paper.dossier.code, paper.pk]) if paper else "",
        "next_url": f"{reverse('desk:intake')}?tiep={last.code}" if receives else "",
    }
    return desk_page(request, "desk/group.html", context)
