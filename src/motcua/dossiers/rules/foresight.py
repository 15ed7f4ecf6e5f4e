"""Will it be done in time? A guess from the terms of the steps that are still to come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.deadlines.rules.calendar import Calendar, working_time_between
from motcua.dossiers.rules.flow import is_deciding
from motcua.procedures.rules.selection import step_of
from motcua.procedures.terms import Definition
from motcua.processes.terms import Step, TermSpec

_A_DAY = timedelta(hours=8)
#: What a step takes whose term nobody set.
_UNSET = timedelta(hours=1)


def steps_to_decision(definition: Definition, step: Step) -> Iterator[Step]:
    """Return the usual steps from `step` to the one where the result is decided, both included.

    None when it is decided already (the seal, the desk that hands it out).
    """
    seen: set[str] = set()
    while step.key not in seen:
        seen.add(step.key)
        if step.right == "seal" or not step.forward:
            return
        yield step
        if is_deciding(definition, step):
            return
        step = step_of(definition, step.forward_keys[0])


def time_needed(definition: Definition, step: Step) -> timedelta:
    """Return the working time that the steps until the decision take by their terms."""
    return sum((_length(one.term) for one in steps_to_decision(definition, step)), timedelta())


def is_expected_late(definition: Definition, step: Step, *, at: datetime, due_at: datetime, calendar: Calendar) -> bool:
    """Return whether the steps until the decision need more working time than is left at `at`."""
    needed = time_needed(definition, step)
    if not needed:
        return False
    return at >= due_at or working_time_between(at, due_at, calendar) < needed


def _length(term: TermSpec | None) -> timedelta:
    if term is None:
        return _UNSET
    if term.unit == "working_hour":
        return timedelta(hours=term.amount)
    return _A_DAY * max(term.amount, 1)
