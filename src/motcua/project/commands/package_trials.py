"""`motcua packages simulate`: synthetic dossiers through the process of a package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from motcua.project.commands.package_sources import definition_at
from motcua.project.commands.packages import say_json
from motcua.project.runtime.console import say, table
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation

if TYPE_CHECKING:
    from motcua.procedures.terms import Definition
    from motcua.processes.rules.simulation import Simulation
    from motcua.processes.terms import TermSpec

_MOST_UNFINISHED = 10


def simulate(
    installation: Installation, source: str, *, dossiers: int, seed: int, staff: Sequence[str], as_json: bool
) -> int:
    """Run synthetic dossiers through; 1 when one of them reaches no final state."""
    from motcua.packages.standard import standard_calendar
    from motcua.processes.rules import simulation

    definition = definition_at(installation, source)
    found = simulation.simulate(
        definition.steps,
        dossiers=dossiers,
        calendar=standard_calendar(),
        staff=_people(staff),
        seed=seed,
        facts=_facts(definition),
        term=_term(definition),
    )
    if as_json:
        say_json(_plain(found))
    else:
        _say(found)
    return int(found.finished < found.dossiers)


def _people(staff: Sequence[str]) -> dict[str, int]:
    found = {}
    for one in staff:
        who, _, count = one.partition("=")
        if not who or not count.isdigit() or not int(count):
            raise StartError(f"«{one}»: hãy viết như handle=3.")
        found[who] = int(count)
    return found


def _facts(definition: Definition) -> dict[str, object]:
    case = definition.cases[0].key if definition.cases else ""
    return {"procedure": definition.code, "case": case}


def _term(definition: Definition) -> TermSpec | None:
    from motcua.kernel.errors import Invalid
    from motcua.procedures.rules.selection import term_for

    try:
        return term_for(definition, definition.cases[0].key, "in_person") if definition.cases else None
    except Invalid:
        return None


def _plain(found: Simulation) -> dict[str, object]:
    return {
        **asdict(found),
        "unfinished": [{"number": one.number, "step": one.step, "why": one.why} for one in found.unfinished],
        "started_at": found.started_at.isoformat(),
        "ended_at": found.ended_at.isoformat(),
    }


def _say(found: Simulation) -> None:
    rows = [
        [
            step.name,
            str(step.people),
            str(step.visits),
            _hours(step.mean_wait),
            _hours(step.mean_stay),
            str(step.longest_queue),
            str(step.late),
            f"{step.load:.0%}",
        ]
        for step in found.steps
    ]
    say(table(["Bước", "Người", "Lượt", "Chờ (giờ)", "Ở lại (giờ)", "Xếp hàng", "Quá hạn", "Tải"], rows))
    say(f"{found.finished}/{found.dossiers} hồ sơ đến nơi, {found.late} quá hạn.")
    say(f"Trung bình {_hours(found.mean_hours)} giờ làm việc, lâu nhất {_hours(found.longest_hours)}.")
    for one in found.unfinished[:_MOST_UNFINISHED]:
        say(f"Hồ sơ {one.number} dừng ở bước «{one.step}»: {one.why}")
    if found.never_visited:
        say(f"Bước không hồ sơ nào đi qua: {', '.join(found.never_visited)}.")


def _hours(hours: float) -> str:
    return f"{hours:.1f}".replace(".", ",")
