"""The processes that are measured are sound, and what is measured really happens."""

from random import Random

from benchmarks.packages import generated
from motcua.deadlines.rules.calendar import Calendar
from motcua.processes.rules.checker import problems_in_process
from motcua.processes.rules.simulation import simulate


def test_generated_processes_are_sound_and_bring_every_dossier_through() -> None:
    random = Random(5)
    for number in range(12):
        steps = generated(number, random)
        assert problems_in_process(steps) == []
        assert simulate(steps, dossiers=5, calendar=Calendar()).finished == 5


def test_some_of_them_fork_and_ask_for_opinions() -> None:
    random = Random(5)
    steps = [step for number in range(12) for step in generated(number, random)]
    assert any(move.when for step in steps for move in step.forward)
    assert any(step.consults for step in steps)
