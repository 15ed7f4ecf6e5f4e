"""What the due moment of a dossier would be if its life were told again under another calendar."""

from datetime import datetime

from motcua.deadlines.rules.calendar import Calendar, add_working, align, working_time_between
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import Term, TermUnit

#: An earlier due moment leaves the office at least this much working time from now.
_GRACE = Term(1, TermUnit.WORKING_DAY)


def due_of_decision(due_at: datetime, calendar: Calendar) -> datetime:
    """Return a due moment that a leader named (extension, solving anew): only moved off days nobody works."""
    return align(due_at, calendar)


def settled(new: datetime, old: datetime, *, at: datetime, calendar: Calendar) -> datetime:
    """Return the due moment to set: never pulled so near that the officers could not keep it any more.

    A later one is taken as it is; an earlier one not before one working day from `at`, and never past the old one.
    """
    if new >= old:
        return new
    nearest = compute_due(at, _GRACE, calendar).due_at
    return min(old, max(new, nearest))


def moved_along(step_due_at: datetime, old: datetime, new: datetime, calendar: Calendar) -> datetime:
    """Return the due moment of the step when that of the dossier moved from `old` to `new`.

    It moves by as much working time; when the dossier is due earlier, the step is due no later than the dossier.
    """
    if new <= old:
        return min(step_due_at, new)
    return add_working(align(step_due_at, calendar), working_time_between(old, new, calendar), calendar)
