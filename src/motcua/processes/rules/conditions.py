"""What is wrong with the conditions of a process, and with ways that may all be closed."""

from collections.abc import Iterator, Mapping, Sequence

from motcua.expressions.rules.checking import check
from motcua.expressions.terms import Kind
from motcua.kernel.errors import Problem
from motcua.processes.rules.moves import formulas_of
from motcua.processes.rules.openings import always_open, ever_open
from motcua.processes.rules.wording import in_words
from motcua.processes.terms import FACTS, Step


def known_names(form: Mapping[str, Kind] | None = None) -> Mapping[str, Kind]:
    """Return the facts that conditions may read; with the fields of a form only those fields below `form`.

    `form`: kind by field key, as the form's own checker gives it (None: the form is not looked at).
    """
    if form is None:
        return FACTS
    facts = {name: kind for name, kind in FACTS.items() if name != "form"}
    return {**facts, **{f"form.{name}": kind for name, kind in form.items()}}


def condition_problems(steps: Sequence[Step], known: Mapping[str, Kind]) -> Iterator[Problem]:
    """Yield conditions that cannot be read, that read unknown facts, and steps that no dossier can ever leave."""
    for step in steps:
        for place, formula in formulas_of(step):
            for fault in check(formula, known, expected="boolean"):
                message = f"Điều kiện “{formula}” ở bước “{step.name}”: {fault.message}"
                yield Problem(fault.code, message, f"steps.{step.key}.{place}")
        ways = [move.when for move in step.forward]
        if ways and ever_open(ways) is False:
            message = f"Không điều kiện nào để rời bước “{step.name}” có thể đúng; hồ sơ sẽ nằm lại mãi."
            yield Problem("never_open", message, f"steps.{step.key}.forward")


def opening_warnings(steps: Sequence[Step]) -> Iterator[Problem]:
    """Yield steps all of whose ways forward may be closed at once, and ways that can never open.

    No reason to refuse the process: to wait until something comes true (fee paid, opinion in) is a lawful use. But
    whoever wrote it must have thought of it, so it is said. Ways whose conditions cover each other («form.area < 100»
    and «form.area >= 100») are none; neither is a step where time itself moves the dossier on.
    """
    for step in steps:
        ways = [move.when for move in step.forward]
        waits = any(timer.do == "move" and not timer.when for timer in step.timers)
        if ways and not waits and always_open(ways) is not True and ever_open(ways) is not False:
            said = "; ".join(in_words(formula) for formula in ways)
            message = f"Bước “{step.name}” chỉ đi tiếp khi: {said}. Nếu không điều nào đúng, hồ sơ phải chờ."
            yield Problem("no_sure_way", message, f"steps.{step.key}.forward")
        yield from _closed_ways(step)


def _closed_ways(step: Step) -> Iterator[Problem]:
    for direction, moves in (("forward", step.forward), ("back", step.back)):
        for move in moves:
            several = direction == "back" or len(moves) > 1
            if move.when and several and ever_open([move.when]) is False:
                message = f"Từ bước “{step.name}” không bao giờ tới được “{move.to}”: {in_words(move.when)}."
                yield Problem("way_never_open", message, f"steps.{step.key}.{direction}.{move.to}")
