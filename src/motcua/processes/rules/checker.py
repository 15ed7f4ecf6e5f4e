"""Whether a process may be used: every problem, and what is worth a second look."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from motcua.expressions.terms import Kind
from motcua.kernel.errors import Problem
from motcua.processes.rules.conditions import condition_problems, known_names, opening_warnings
from motcua.processes.rules.deciding import deciding_problems
from motcua.processes.rules.pace import clock_problems, pace_warnings
from motcua.processes.rules.structure import structure_problems
from motcua.processes.terms import FACTS, Step

__all__ = ["known_names", "problems_in_process", "warnings_in_process"]

#: How a right to a step is called by those who hold posts.
_RIGHT_NAMES: Mapping[str, str] = {
    "receive": "tiếp nhận và trả kết quả",
    "handle": "thụ lý",
    "lead_division": "lãnh đạo phòng",
    "lead_agency": "lãnh đạo cơ quan",
    "seal": "đóng dấu",
}


def problems_in_process(
    steps: Sequence[Step],
    *,
    known: Mapping[str, Kind] = FACTS,
    limit_hours: int = 0,  # noqa: ARG001 (the same arguments as the warnings take)
    rights_held: Collection[str] | None = None,
    units: Collection[str] | None = None,
) -> list[Problem]:
    """Return everything that forbids using the process, step by step.

    `known`: what conditions may read (`known_names` adds the fields of a form). `rights_held`: the rights somebody
    holds where the process will run; `units`: slugs and agency codes that exist there (None: not looked at).
    """
    return [
        *structure_problems(steps),
        *condition_problems(steps, known),
        *clock_problems(steps),
        *_nobody(steps, rights_held),
        *_nowhere(steps, units),
    ]


def warnings_in_process(
    steps: Sequence[Step],
    *,
    known: Mapping[str, Kind] = FACTS,  # noqa: ARG001 (the same arguments as the problems take)
    limit_hours: int = 0,
    rights_held: Collection[str] | None = None,  # noqa: ARG001
    units: Collection[str] | None = None,  # noqa: ARG001
) -> list[Problem]:
    """Return what whoever writes the process should look at again; `limit_hours`: the published term (0: none)."""
    return [*deciding_problems(steps), *opening_warnings(steps), *pace_warnings(steps, limit_hours)]


def _nobody(steps: Sequence[Step], rights_held: Collection[str] | None) -> Iterator[Problem]:
    if rights_held is None:
        return
    for step in steps:
        if step.right not in rights_held:
            message = f"Không ai giữ vai trò “{_RIGHT_NAMES[step.right]}” để làm bước “{step.name}”."
            yield Problem("nobody_holds", message, f"steps.{step.key}.right")


def _nowhere(steps: Sequence[Step], units: Collection[str] | None) -> Iterator[Problem]:
    if units is None:
        return
    for step in steps:
        if step.at == "unit" and step.unit and step.unit not in units:
            message = f"Bước “{step.name}”: không có cơ quan, đơn vị “{step.unit}”."
            yield Problem("unknown_unit", message, f"steps.{step.key}.unit")
        for consult in step.consults:
            if consult.unit not in units:
                message = f"Bước “{step.name}” lấy ý kiến “{consult.unit}”, nơi không có trong danh sách đơn vị."
                yield Problem("unknown_unit", message, f"steps.{step.key}.consults.{consult.key}.unit")
