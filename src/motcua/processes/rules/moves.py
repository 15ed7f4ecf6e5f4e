"""Which ways on are open to a dossier, by what is known of it.

Conditions are read once and kept (`motcua.expressions`), so asking costs microseconds. A condition that rests on
something unknown does not hold: the way stays closed, a gate is not asked for.
"""

from collections.abc import Mapping, Sequence

from motcua.expressions.rules.parsing import parse
from motcua.kernel.errors import Invalid
from motcua.processes.terms import ConsultSpec, Gate, Move, Step, Timer

Known = Mapping[str, object]

#: The fact that closes each gate, and the value of it with which the gate is open.
_OPEN_WITH: Mapping[Gate, tuple[str, object]] = {
    "paid": ("paid", True),
    "parts": ("open_parts", 0),
    "opinions": ("open_opinions", 0),
}


def holds(formula: str, facts: Known) -> bool:
    """Return whether the condition is known to hold; "" always does, one that cannot be read never."""
    if not formula:
        return True
    try:
        return parse(formula).holds(facts)
    except Invalid:
        return False


def open_moves(step: Step, facts: Known) -> tuple[Move, ...]:
    """Return the ways forward whose conditions hold, in their order; the first is the usual one."""
    return tuple(move for move in step.forward if holds(move.when, facts))


def open_back_moves(step: Step, facts: Known) -> tuple[Move, ...]:
    """Return the ways back whose conditions hold, in their order; the first is the usual one."""
    return tuple(move for move in step.back if holds(move.when, facts))


def gates_asked(step: Step, facts: Known) -> tuple[Gate, ...]:
    """Return the gates that stand before the ways forward now: all of the step while `gates_when` holds."""
    return step.gates if step.gates and holds(step.gates_when, facts) else ()


def gates_closed(step: Step, facts: Known) -> tuple[Gate, ...]:
    """Return the gates that keep the dossier here: asked for now, and not known to be open.

    Reads `paid`, and how many parts and opinions are still out: `open_parts`, `open_opinions` (0 = none).
    """
    return tuple(gate for gate in gates_asked(step, facts) if not _is_open(gate, facts))


def consults_due(step: Step, facts: Known) -> tuple[ConsultSpec, ...]:
    """Return the opinions to ask for when a dossier comes to the step."""
    return tuple(consult for consult in step.consults if holds(consult.when, facts))


def timers_running(step: Step, facts: Known) -> tuple[Timer, ...]:
    """Return the timers that count for the dossier at the step."""
    return tuple(timer for timer in step.timers if holds(timer.when, facts))


def formulas_of(step: Step) -> tuple[tuple[str, str], ...]:
    """Return every condition of the step with where it stands (`forward.approve`); without those left blank."""
    found = [
        *((f"forward.{move.to}", move.when) for move in step.forward),
        *((f"back.{move.to}", move.when) for move in step.back),
        ("gates_when", step.gates_when),
        *((f"consults.{consult.key}", consult.when) for consult in step.consults),
        *((f"timers.{timer.key}", timer.when) for timer in step.timers),
    ]
    return tuple((place, formula) for place, formula in found if formula)


def names_read(formulas: Sequence[str]) -> frozenset[str]:
    """Return the facts that the conditions rest on (`form.area`); those that cannot be read count for none."""
    names: set[str] = set()
    for formula in filter(None, formulas):
        try:
            names |= parse(formula).names
        except Invalid:
            continue
    return frozenset(names)


def _is_open(gate: Gate, facts: Known) -> bool:
    name, value = _OPEN_WITH[gate]
    return facts.get(name) == value
