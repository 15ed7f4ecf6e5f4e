"""Which reminders are to be given now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from motcua.agencies.models.span import holds_on
from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import working_time_between
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, Reminder, ReminderRule, Suspension
from motcua.dossiers.terms import ReminderAbout, Status

#: No calendar rests longer than this in one go; so far ahead of a due moment its reminders are looked for.
_LONGEST_REST = timedelta(days=14)
_HOURS_A_DAY = 8
#: A due moment missed longer ago than this reminds nobody any more (an old installation switched on again).
_FORGOTTEN = timedelta(days=60)
_FIELD = {ReminderAbout.DUE: "due_at", ReminderAbout.STEP: "step_due_at", ReminderAbout.ANSWER: "answer_due_at"}


@dataclass(frozen=True, slots=True)
class DueReminder:
    """That the rule asks for a reminder of this due moment of this dossier."""

    dossier_id: int
    rule_id: int
    due_at: datetime


def due_reminders(at: datetime) -> Iterator[DueReminder]:
    """Return every reminder whose time has come and that was not given yet: two queries and one for each rule."""
    for rule in ReminderRule.objects.filter(holds_on(at.astimezone(VIET_NAM).date())).order_by("id"):
        for dossier_id, agency_id, due_at in _candidates(rule, at).iterator(chunk_size=500):
            calendar = calendar_of(agency_id, on=at.astimezone(VIET_NAM).date())
            hours = timedelta(hours=abs(rule.hours_before))
            if rule.hours_before >= 0:
                has_come = at >= due_at or working_time_between(at, due_at, calendar) <= hours
            else:
                has_come = at > due_at and working_time_between(due_at, at, calendar) >= hours
            if has_come:
                yield DueReminder(dossier_id, rule.pk, due_at)


def _candidates(rule: ReminderRule, at: datetime) -> QuerySet[Dossier, tuple[int, int, datetime]]:
    name = _FIELD[ReminderAbout(rule.about)]
    days = timedelta(days=max(rule.hours_before, 0) / _HOURS_A_DAY)
    found = Dossier.objects.filter(
        _still_binding(rule), Q((f"{name}__lte", at + days + _LONGEST_REST), (f"{name}__gte", at - _FORGOTTEN))
    )
    if rule.unit_id is not None:
        found = found.filter(agency__path__contains=[rule.unit_id])
    given = Reminder.objects.filter(dossier=OuterRef("pk"), rule=rule, due_at=OuterRef(name))
    stopped = Suspension.objects.filter(dossier=OuterRef("pk"), until__isnull=True)
    found = found.exclude(Exists(given)).exclude(Exists(stopped)).order_by(name, "id")
    return found.values_list("pk", "agency_id", F(name))


def _still_binding(rule: ReminderRule) -> Q:
    if rule.about == ReminderAbout.ANSWER:
        return Q(status=Status.SUBMITTED)
    return Q(status__in=[Status.RECEIVED, Status.PROCESSING])
