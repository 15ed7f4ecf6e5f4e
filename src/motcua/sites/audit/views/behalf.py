"""Who acted with whose rights, and who handed in for many."""

from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.queries.assistance import assisted_counts, brokers
from motcua.identity.models import Delegation
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.sites.audit.scope import overseen_dossiers
from motcua.sites.audit.views.lists import span_form
from motcua.sites.kit.thread import Link
from motcua.sites.office.delegations import done_by, given_in, one_of, page_of, rows_of
from motcua.sites.office.shell import office_page

#: Somebody who hands in for so many owners in the span is shown.
_MANY_OWNERS = 5


@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/uy-quyen/`: every delegation below the overseen units, the last first."""
    actor, now = actor_in(request), timezone.now()
    page = page_of(_overseen(actor), request.GET.get("sau", ""))
    context = {
        "rows": rows_of(page.rows, actor, now),
        "next_url": f"{request.path}?sau={page.next_cursor}" if page.next_cursor else "",
    }
    return office_page(request, "audit/delegations.html", context)


def _overseen(actor: Actor) -> QuerySet[Delegation]:
    return given_in(actor.units_with(Right.OVERSEE))


@require_safe
def delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """`GET /giam-sat/uy-quyen/<id>/`: one delegation and every act that rests on it."""
    actor, now = actor_in(request), timezone.now()
    found = one_of(_overseen(actor), delegation_id)
    crumbs = [Link("Ủy quyền", reverse("audit:delegations"))]
    context = {"row": rows_of([found], actor, now)[0], "done": done_by(found), "crumbs": crumbs}
    return office_page(request, "audit/delegation.html", context)


@require_safe
def helpers(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/nop-thay/?tu=&den=`: dossiers typed by officers, and who hands in for many owners."""
    actor, now = actor_in(request), timezone.now()
    form, first, last = span_form(request, timezone.localdate(now))
    since, until = (datetime.combine(day, time.min, VIET_NAM) for day in (first, last + timedelta(days=1)))
    found = overseen_dossiers(actor)
    context = {
        "form": form,
        "first": first,
        "last": last,
        "assisted": assisted_counts(found, since=since, until=until),
        "brokers": brokers(found, since=since, until=until, at_least=_MANY_OWNERS),
        "many": _MANY_OWNERS,
    }
    return office_page(request, "audit/filings.html", context, status=200 if form.is_valid() else 422)
