"""What kind of work a step is, read from its right and from what lies ahead of it."""

from collections.abc import Sequence
from typing import Literal

from motcua.processes.rules.walk import by_key, reached
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Move, Step

Work = Literal["take_in", "pass_on", "assign", "appraise", "decide", "seal", "deliver"]
_LEADERS = frozenset({"lead_division", "lead_agency"})
_AFTER_DECISION = frozenset({"receive", "seal"})


def work_at(steps: Sequence[Step], step: Step) -> Work:
    """Return which work the step is: the act by which a dossier leaves it forward."""
    if step.key == FIRST_STEP:
        return "take_in"
    if step.key == LAST_STEP:
        return "deliver"
    if step.right == "handle":
        return "appraise"
    if step.right == "seal":
        return "seal"
    if is_deciding(steps, step):
        return "decide"
    return "assign" if is_assigning(steps, step) else "pass_on"


def is_assigning(steps: Sequence[Step], step: Step) -> bool:
    """Whether a leader hands the dossier to a specialist here."""
    known = by_key(steps)
    ahead = (known[key] for key in step.forward_keys if key in known)
    return step.right in _LEADERS and any(target.right == "handle" for target in ahead)


def is_deciding(steps: Sequence[Step], step: Step) -> bool:
    """Whether the result is decided here: a leader's step from which the dossier goes to the seal or to the desk.

    Either one of its ways leads to the seal or to the last step, or nobody works on the content any more after it
    (only sealing, collecting a fee, handing out are ahead).
    """
    if step.right not in _LEADERS or not step.forward:
        return False
    known = by_key(steps)
    next_ones = [known[key] for key in step.forward_keys if key in known]
    if any(target.right == "seal" or target.key == LAST_STEP for target in next_ones):
        return True
    ahead = reached(step.forward_keys, {key: one.forward_keys for key, one in known.items()})
    return bool(next_ones) and all(known[key].right in _AFTER_DECISION for key in ahead if key in known)


def after_decision(steps: Sequence[Step], ways: Sequence[Move]) -> Step | None:
    """Return where a decided result goes along one of these ways: the seal, else the last step, else the first way."""
    known = by_key(steps)
    targets = [known[way.to] for way in ways if way.to in known]
    seals = [target for target in targets if target.right == "seal"]
    ends = [target for target in targets if target.key == LAST_STEP]
    rest = [target for target in targets if target.right in _AFTER_DECISION]
    return next(iter([*seals, *ends, *rest]), None)
