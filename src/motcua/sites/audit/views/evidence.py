"""The state of the log of evidence, and checks of it."""

import contextlib
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from procrastinate.exceptions import AlreadyEnqueued

from motcua.evidence.actions.run_check import ask_check
from motcua.evidence.jobs import check_evidence
from motcua.evidence.models import Alarm, CheckRun, Partner, Witnessed
from motcua.evidence.queries.heads import condition, origin_of_log
from motcua.identity.requests import actor_in
from motcua.sites.audit.verbs import in_words
from motcua.sites.office.shell import office_page

_SHOWN = 20
_NAMED = 100
#: A house with which no exchange succeeded for so many rounds is warned of.
_ROUNDS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/bang-chung/`: the log, its heads, witnesses, alarms, checks; `POST`: ask for a check."""
    if request.method == "POST":
        ask_check(actor=actor_in(request), at=timezone.now(), with_blobs="tep" in request.POST)
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            check_evidence.defer()
        return HttpResponseRedirect(reverse("audit:evidence"))
    runs = list(CheckRun.objects.all()[:_SHOWN])
    last = next((one for one in runs if one.finished_at), None)
    witnessed = Witnessed.objects.order_by("origin", "-id").distinct("origin")
    context = {
        "state": condition(),
        "origin": origin_of_log(),
        "runs": runs,
        "running": next((one for one in runs if not one.finished_at), None),
        "last": last,
        "findings": [in_words(one["message"]) for one in last.findings[:_NAMED]] if last else [],
        "witnessed": list(witnessed),
        "partners": [(one, _is_late(one)) for one in Partner.objects.all()],
        "alarms": [(one, in_words(one.message)) for one in Alarm.objects.all()[:_SHOWN]],
    }
    return office_page(request, "audit/evidence.html", context)


def _is_late(partner: Partner) -> bool:
    longest = timedelta(hours=settings.EVIDENCE_EXCHANGE_HOURS * _ROUNDS)
    return timezone.now() - (partner.good_at or partner.since) > longest
