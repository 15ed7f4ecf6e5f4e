"""How long checking, drawing, exchanging and simulating many processes takes, and what one move costs beyond its SQL.

python -m benchmarks.packages [--processes 80] [--dossiers 100] [--seed 1]
"""

import argparse
import os
from collections.abc import Callable
from datetime import date
from random import Random
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.project.settings")
django.setup()

from motcua.deadlines.rules.calendar import Calendar  # noqa: E402 (settings come first)
from motcua.forms.rules.answers import read  # noqa: E402
from motcua.forms.rules.examples import example_typed  # noqa: E402
from motcua.forms.terms import Form  # noqa: E402
from motcua.packages.standard import ShippedPlaces  # noqa: E402
from motcua.processes.rules.bpmn import from_bpmn, to_bpmn  # noqa: E402
from motcua.processes.rules.checker import problems_in_process, warnings_in_process  # noqa: E402
from motcua.processes.rules.diagram import diagram  # noqa: E402
from motcua.processes.rules.moves import gates_closed, open_moves  # noqa: E402
from motcua.processes.rules.simulation import simulate  # noqa: E402
from motcua.processes.terms import Step, TermSpec  # noqa: E402

_CONDITIONS = ("form.area >= 100", "paid and not online", "case in ['a', 'b']", "copies > 2", "'to-khai' in components")
_FACTS = {
    "paid": True, "online": False, "case": "a", "copies": 3, "components": ["to-khai"], "form": {"area": 120},
    "open_parts": 0, "open_opinions": 0,
}  # fmt: skip
_MOVES = 20_000
_DAY = date(2026, 3, 2)


def generated(number: int, random: Random) -> tuple[Step, ...]:
    """A process of six to fourteen steps: now and then a fork on a condition, an opinion, a gate, a way back."""
    middle = [f"b{place}" for place in range(random.randint(2, 10))]
    keys = ["receive", *middle, "approve", "seal", "deliver"]
    return tuple(Step.model_validate(_step(number, keys, place, random)) for place in range(len(keys)))


def _step(number: int, keys: list[str], place: int, random: Random) -> dict[str, Any]:
    key = keys[place]
    who = {"approve": ("lead_agency", "agency"), "seal": ("seal", "agency")}
    at_desk = key in {"receive", "deliver"}
    right, at = who.get(key, ("receive", "desk") if at_desk else ("handle", "handling"))
    step: dict[str, Any] = {"key": key, "name": f"Bước {place + 1} của quy trình {number}", "right": right, "at": at}
    step["term"] = {"amount": random.randint(1, 24), "unit": "working_hour"}
    step["forward"] = [*_fork(keys, place, random), *keys[place + 1 : place + 2]]
    if at_desk or key == "seal":
        return step
    step["back"] = [keys[place - 1]] if place > 1 else []
    if key != "approve" and random.random() < 0.3:
        step["consults"] = [{"key": "y-kien", "unit": "H49.10", "question": "Ý kiến?", "term": step["term"]}]
        step["gates"] = ["opinions"]
    return step


def _fork(keys: list[str], place: int, random: Random) -> list[dict[str, str]]:
    is_middle = keys[place].startswith("b") and keys[min(place + 2, len(keys) - 1)].startswith("b")
    return [{"to": keys[place + 2], "when": random.choice(_CONDITIONS)}] if is_middle else []


def _timed(what: str, do: Callable[[], object]) -> None:
    begun = perf_counter()
    said = do()
    print(f"{what:<60}{(perf_counter() - begun) * 1000:>10.1f} ms   {said if said is not None else ''}")


def _read_forms() -> str:
    """A form of ten pages of ten fields, a third of them conditional, filled in with invented answers."""
    form = Form.model_validate(
        {
            "title": "Lớn",
            "pages": [
                {"key": f"p{page}", "title": "T", "fields": [_field(page * 10 + place) for place in range(10)]}
                for page in range(10)
            ],
        }
    )
    places = ShippedPlaces()
    typed = example_typed(form, today=_DAY, places=places)
    for _ in range(100):
        found = read(form, typed, facts={}, today=_DAY, places=places)
    return f"{len(found.values)} values, {len(found.problems)} problems"


def _field(number: int) -> dict[str, Any]:
    kinds = ("text", "number", "date")
    when = f"filled(f{number - 1})" if number % 3 == 1 else ""
    return {"key": f"f{number}", "kind": kinds[number % 3], "label": f"Ô {number}", "when": when}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=80)
    parser.add_argument("--dossiers", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)
    processes = [generated(number, random) for number in range(options.processes)]
    term, calendar = TermSpec(amount=15, unit="working_day"), Calendar()

    def check() -> str:
        found = [
            len(problems_in_process(steps)) + len(warnings_in_process(steps, limit_hours=120)) for steps in processes
        ]
        return f"{sum(found)} findings"

    def run() -> str:
        done = [simulate(steps, dossiers=options.dossiers, calendar=calendar, term=term) for steps in processes]
        return f"{sum(one.finished for one in done)} of {sum(one.dossiers for one in done)} dossiers arrived"

    def exchange() -> str:
        same = sum(from_bpmn(to_bpmn("x", "y", steps)).steps == steps for steps in processes)
        return f"{same} came back unchanged"

    _timed(f"check {options.processes} processes, first time", check)
    _timed(f"check {options.processes} processes, again", check)
    _timed(f"simulate {options.dossiers} dossiers in each", run)
    _timed("read a form of 100 fields, 100 times", _read_forms)
    _timed("draw each", lambda: f"{sum(len(diagram(steps)) for steps in processes) // 1000} kB")
    _timed("to BPMN and back", exchange)
    step = Step.model_validate(
        {
            "key": "a", "name": "A", "right": "handle", "at": "handling", "gates": ["paid", "opinions"],
            "gates_when": "not online",
            "forward": [{"to": f"x{place}", "when": when} for place, when in enumerate(_CONDITIONS)],
        }
    )  # fmt: skip
    begun = perf_counter()
    for _ in range(_MOVES):
        open_moves(step, _FACTS)
        gates_closed(step, _FACTS)
    each = (perf_counter() - begun) / _MOVES * 1_000_000
    print(f"{'five conditions and two gates of one move':<60}{each:>10.1f} µs")


if __name__ == "__main__":
    main()
