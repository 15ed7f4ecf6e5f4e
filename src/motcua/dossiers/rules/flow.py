"""What kind of step a step is, and where a dossier may go from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from motcua.kernel.errors import Problem
from motcua.procedures.rules.selection import step_of
from motcua.procedures.terms import Definition
from motcua.processes.rules import works
from motcua.processes.rules.moves import Known, open_back_moves, open_moves
from motcua.processes.rules.wording import in_words
from motcua.processes.terms import Move, Step

#: What is known of a dossier where nobody asks conditions.
NOTHING: Known = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Way:
    """A way that is open: the step it leads to, and what its button says."""

    step: Step
    label: str


def is_assigning(definition: Definition, step: Step) -> bool:
    """Whether a leader hands the dossier to a specialist here."""
    return works.is_assigning(definition.steps, step)


def is_deciding(definition: Definition, step: Step) -> bool:
    """Whether the result is decided here; see `processes.rules.works`."""
    return works.is_deciding(definition.steps, step)


def ways_forward(definition: Definition, step: Step, facts: Known) -> tuple[Way, ...]:
    """Return the open ways on, the usual one first; of two to one step the first counts."""
    return _ways(definition, open_moves(step, facts))


def ways_back(definition: Definition, step: Step, facts: Known) -> tuple[Way, ...]:
    """Return the open ways back, the usual one first."""
    return _ways(definition, open_back_moves(step, facts))


def target_forward(definition: Definition, step: Step, to: str, facts: Known = NOTHING) -> Step | None:
    """Return the step to go on to: `to`, or the usual one when `to` is ""; None when it is not open."""
    return _target(ways_forward(definition, step, facts), to)


def target_back(definition: Definition, step: Step, to: str, facts: Known = NOTHING) -> Step | None:
    """Return the step to go back to: `to`, or the usual one when `to` is ""; None when it is not open."""
    return _target(ways_back(definition, step, facts), to)


def assigned_to(definition: Definition, step: Step, facts: Known) -> Step | None:
    """Return the step at which the specialist works to whom a leader hands the dossier here; None: no way is open."""
    ways = ways_forward(definition, step, facts)
    return next((way.step for way in ways if way.step.right == "handle"), None)


def step_after_decision(definition: Definition, step: Step, facts: Known | None = None) -> Step | None:
    """Return the step to which a result decided at `step` goes: the seal, else the desk; None when to neither.

    `facts` None: whatever the conditions say, for a refusal that must reach the applicant in any case.
    """
    moves = step.forward if facts is None else open_moves(step, facts)
    return works.after_decision(definition.steps, moves)


def closed_ways(definition: Definition, step: Step, facts: Known, *, to: str = "", back: bool = False) -> list[Problem]:
    """Return why the step `to` cannot be gone to now (without `to`: why none can); nothing when a way is open.

    Each problem names the condition in words.
    """
    moves = step.back if back else step.forward
    if to:
        moves = tuple(move for move in moves if move.to == to)
    is_open = open_back_moves(step, facts) if back else open_moves(step, facts)
    if any(move in is_open for move in moves):
        return []
    labels = dict(_labels(definition))
    return [_closed(definition, move, labels, back=back) for move in moves]


def _closed(definition: Definition, move: Move, labels: Mapping[str, str], *, back: bool) -> Problem:
    name, when = step_of(definition, move.to).name, in_words(move.when, labels)
    verb = "trả lại" if back else "chuyển đến"
    return Problem("way_closed", f"Chưa {verb} được bước «{name}»: chỉ khi {when}.", "to_step")


def _labels(definition: Definition) -> Iterator[tuple[str, str]]:
    """The questions of the form by their keys, to say conditions in their words."""
    for page in definition.form.pages if definition.form else ():
        for field in page.fields:
            yield field.key, f"“{field.label}”"


def _ways(definition: Definition, moves: Sequence[Move]) -> tuple[Way, ...]:
    found: dict[str, Way] = {}
    for move in moves:
        found.setdefault(move.to, Way(step_of(definition, move.to), move.label))
    return tuple(found.values())


def _target(ways: Sequence[Way], to: str) -> Step | None:
    if not to:
        return ways[0].step if ways else None
    return next((way.step for way in ways if way.step.key == to), None)
