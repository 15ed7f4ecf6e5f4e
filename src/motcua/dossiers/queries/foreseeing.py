"""Which dossiers will be late tomorrow unless somebody says so today."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import next_working_day
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Apology, Dossier, Suspension
from motcua.dossiers.rules.foresight import is_expected_late
from motcua.dossiers.terms import Status

#: No calendar rests longer than this between two working days.
_LONGEST_REST = timedelta(days=14)


def late_tomorrow(at: datetime) -> Iterator[int]:
    """Return the ids of dossiers due by the end of the next working day that their steps will not reach; one query.

    Not those whose clock stands still, nor those for which an apology was drafted for this very due moment.
    """
    told = Apology.objects.filter(dossier=OuterRef("pk"), due_before=OuterRef("due_at"))
    stopped = Suspension.objects.filter(dossier=OuterRef("pk"), until__isnull=True)
    found = (
        Dossier.objects.filter(status__in=[Status.RECEIVED, Status.PROCESSING], due_at__lte=at + _LONGEST_REST)
        .exclude(Exists(told))
        .exclude(Exists(stopped))
        .order_by("due_at", "id")
    )
    for dossier in found.iterator(chunk_size=500):
        calendar = calendar_of(dossier.agency_id, on=at.astimezone(VIET_NAM).date())
        last = next_working_day(at.astimezone(VIET_NAM).date(), calendar)
        ends = datetime.combine(last, time.max, VIET_NAM)
        if dossier.due_at is None or dossier.due_at > ends:
            continue
        if is_expected_late(dossier.definition, dossier.step, at=at, due_at=dossier.due_at, calendar=calendar):
            yield dossier.pk
