"""What kind of step a step is, read from its right and its neighbours."""

from motcua.procedures.rules.selection import forward_steps, last_step, step_of
from motcua.procedures.terms import Definition
from motcua.processes.terms import Step

_LEADERS = frozenset({"lead_division", "lead_agency"})


def is_assigning(definition: Definition, step: Step) -> bool:
    """Whether a leader hands the dossier to a specialist here."""
    return step.right in _LEADERS and any(target.right == "handle" for target in forward_steps(definition, step.key))


def is_deciding(definition: Definition, step: Step) -> bool:
    """Whether the result is decided here: a leader's step from which the dossier goes to the seal or to the desk."""
    if step.right not in _LEADERS:
        return False
    return step_after_decision(definition, step) is not None


def step_after_decision(definition: Definition, step: Step) -> Step | None:
    """Return the step to which a result decided at `step` goes: the seal, else the desk; None when to neither."""
    targets = forward_steps(definition, step.key)
    seals = (target for target in targets if target.right == "seal")
    ends = (target for target in targets if target.key == last_step(definition).key)
    return next(iter([*seals, *ends]), None)


def target_forward(definition: Definition, step: Step, to: str) -> Step | None:
    """Return the step to go on to: `to`, or the usual one when `to` is ""; None when it is not allowed."""
    return _target(definition, step.forward_keys, to)


def target_back(definition: Definition, step: Step, to: str) -> Step | None:
    """Return the step to go back to: `to`, or the usual one when `to` is ""; None when it is not allowed."""
    return _target(definition, step.back_keys, to)


def _target(definition: Definition, allowed: tuple[str, ...], to: str) -> Step | None:
    key = to or next(iter(allowed), "")
    return step_of(definition, key) if key in allowed else None
