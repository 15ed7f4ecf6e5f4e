"""Trying a process: synthetic dossiers through it, event by event, with the calendar of the law and a table of staff.

Everything that happens follows from the arguments: the same seed, the same report. Dossiers go only along open ways of
the process and only by the work that the running house would ask for (a decision needs a draft, a seal a decision);
what gets stuck stays stuck and is reported with the reason.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from motcua.deadlines.rules.calendar import Calendar, local
from motcua.deadlines.terms import Pause
from motcua.kernel.errors import Invalid, Problem
from motcua.processes.rules.drawing_facts import Draw
from motcua.processes.rules.simulation_clock import WorkClock
from motcua.processes.rules.simulation_pool import Simulated
from motcua.processes.rules.simulation_run import Run
from motcua.processes.rules.simulation_terms import FIRST_MORNING, Practice, Simulation, StepLoad, Unfinished
from motcua.processes.terms import FIRST_STEP, Step, TermSpec

__all__ = ["Draw", "Practice", "Simulation", "StepLoad", "Unfinished", "simulate"]

_MOST_DOSSIERS = 100_000
_HOURS_A_DAY = 8
_STANDARD = Practice()


def simulate(
    steps: Sequence[Step],
    *,
    dossiers: int = 100,
    calendar: Calendar,
    staff: Mapping[str, int] | None = None,
    seed: int = 0,
    facts: Mapping[str, object] | None = None,
    term: TermSpec | None = None,
    practice: Practice = _STANDARD,
    start: datetime = FIRST_MORNING,
) -> Simulation:
    """Run synthetic dossiers through the process and return what became of each step and each dossier.

    `staff`: people by step key, by right and place («handle@handling») or by right; who is not named is one person.
    `facts`: what is known of every dossier, a `Draw` for what differs; whatever conditions read besides is drawn so
    that they come out both ways, and who has to pay pays later. `term`: the published one, for lateness (None: not
    judged). `start`: when the first dossier comes. Raises Invalid without a first step or without dossiers.
    """
    if not any(step.key == FIRST_STEP for step in steps):
        raise Invalid(Problem("no_receive_step", "Quy trình thiếu bước tiếp nhận nên không chạy thử được.", "steps"))
    if not 1 <= dossiers <= _MOST_DOSSIERS:
        raise Invalid(Problem("dossiers", f"Số hồ sơ chạy thử từ 1 đến {_MOST_DOSSIERS}.", "dossiers"))
    # Not for secrets: the same seed must give the same office.
    random = Random(seed)  # noqa: S311
    clock = WorkClock(calendar, start)
    run = Run(steps, clock=clock, staff=staff or {}, random=random, facts=facts or {}, practice=practice)
    at = clock.align(local(start))
    for number in range(dossiers):
        run.hand_in(number, at)
        gap = timedelta(hours=random.expovariate(practice.per_day / _HOURS_A_DAY))
        at = clock.add(at, gap)
    run.run()
    return _report(run, term=term, seed=seed, start=start)


def _report(run: Run, *, term: TermSpec | None, seed: int, start: datetime) -> Simulation:
    done = [(one, one.ended_at) for one in run.dossiers if one.ended_at is not None and not one.stuck]
    lasted = [run.hours_between(one.begun_at, ended) for one, ended in done]
    ended_at = max((ended for _, ended in done), default=start)
    paths = Counter(tuple(one.path) for one, _ in done)
    return Simulation(
        dossiers=len(run.dossiers),
        finished=len(done),
        late=sum(_is_late(run, one, ended, term) for one, ended in done) if term else 0,
        mean_hours=_mean(lasted),
        longest_hours=round(max(lasted, default=0), 2),
        steps=_loads(run, start, ended_at),
        paths=tuple(sorted(paths.items(), key=lambda path: (-path[1], path[0]))),
        unfinished=tuple(_unfinished(one) for one in run.dossiers if one.stuck or one.ended_at is None),
        never_visited=tuple(key for key, tally in run.tallies.items() if not tally.visits),
        started_at=start,
        ended_at=ended_at,
        seed=seed,
    )


def _is_late(run: Run, dossier: Simulated, ended_at: datetime, term: TermSpec | None) -> bool:
    if term is None or dossier.received_at is None:
        return False
    pauses = [Pause(since, until) for since, until in dossier.pauses]
    if not pauses:
        return run.clock.is_late(dossier.received_at, term, ended_at)
    return ended_at > run.clock.due(dossier.received_at, term, pauses)


def _unfinished(dossier: Simulated) -> Unfinished:
    why = dossier.stuck or f"Chưa rời bước “{dossier.step.name}” khi không còn việc gì xảy ra."
    return Unfinished(dossier.number, dossier.step.key, why, dict(dossier.facts))


def _loads(run: Run, start: datetime, ended_at: datetime) -> tuple[StepLoad, ...]:
    open_hours = max(run.hours_between(start, ended_at), 1)
    found = []
    for key, tally in run.tallies.items():
        pool = run.pools[run.pool_of[key]]
        found.append(
            StepLoad(
                key=key,
                name=run.known[key].name,
                people=pool.people,
                visits=tally.visits,
                mean_wait=_mean(tally.waits),
                longest_wait=round(max(tally.waits, default=0), 2),
                mean_stay=_mean(tally.stays),
                work=round(tally.work, 2),
                late=tally.late,
                longest_queue=tally.longest_queue,
                load=round(pool.work / (pool.people * open_hours), 3),
            )
        )
    return tuple(found)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 2) if values else 0
