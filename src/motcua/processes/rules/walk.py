"""Ways through a process: the usual one, the longest one, the one certain facts lead along."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motcua.processes.rules.lengths import hours_of
from motcua.processes.rules.moves import Known, open_moves
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Step

#: More steps than this on one way is a circle that the facts never leave.
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps gone through, and why the way ends there: "" at the delivery, else `closed` or `circle`."""

    path: tuple[str, ...]
    stopped: str = ""

    @property
    def arrived(self) -> bool:
        """Whether the way ends at the delivery."""
        return not self.stopped


def by_key(steps: Sequence[Step]) -> dict[str, Step]:
    """Return the steps by their keys; of two with one key the first."""
    found: dict[str, Step] = {}
    for step in steps:
        found.setdefault(step.key, step)
    return found


def walk(steps: Sequence[Step], facts: Known) -> Walk:
    """Return the way that the facts lead along when nobody sends back and everybody takes the usual open way.

    `step` and `done` are kept along the way, whatever the facts say of them.
    """
    known = by_key(steps)
    path: list[str] = []
    step = known.get(FIRST_STEP)
    while step is not None:
        path.append(step.key)
        if step.key == LAST_STEP:
            return Walk(tuple(path))
        if len(path) > _MOST_STEPS:
            return Walk(tuple(path), "circle")
        ways = open_moves(step, {**facts, "step": step.key, "done": path[:]})
        step = next((known[way.to] for way in ways if way.to in known), None)
    return Walk(tuple(path), "closed")


def usual_path(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps along the usual way: at each the first way without a condition, else the first one."""
    known = by_key(steps)
    path: list[Step] = []
    seen: set[str] = set()
    step = known.get(FIRST_STEP)
    while step is not None and step.key not in seen:
        path.append(step)
        seen.add(step.key)
        ways = [way for way in step.forward if way.to in known]
        chosen = next((way for way in ways if not way.when), ways[0] if ways else None)
        step = known[chosen.to] if chosen else None
    return tuple(path)


def longest_path(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps along the forward way that takes the longest, each step once (a way round is not gone)."""
    known = by_key(steps)
    best: dict[str, tuple[int, tuple[str, ...]]] = {}
    for key in _deepest_first(known):
        ahead = [best[way] for way in known[key].forward_keys if way in best]
        hours, path = max(ahead, key=lambda one: (one[0], len(one[1])), default=(0, ()))
        best[key] = (hours + hours_of(known[key].term), (key, *path))
    _, path = best.get(FIRST_STEP, (0, ()))
    return tuple(known[key] for key in path)


def forward_order(steps: Sequence[Step]) -> dict[str, int]:
    """Return how far each step is from the first: the most moves forward that lead to it, circles left out."""
    known = by_key(steps)
    order = list(reversed(_deepest_first(known)))
    place = {key: number for number, key in enumerate(order)}
    far = dict.fromkeys(order, 0)
    for key in order:
        for way in known[key].forward_keys:
            if place.get(way, -1) > place[key]:
                far[way] = max(far[way], far[key] + 1)
    return far


def reached(starts: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    """Return every key that can be reached, the starts among them."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(ways.get(key, ()))
    return seen


def _deepest_first(known: Mapping[str, Step]) -> list[str]:
    """Return the keys so that those ahead come before those behind, looked for from the first step on."""
    done: list[str] = []
    seen: set[str] = set()
    for start in [FIRST_STEP, *known]:
        if start in seen or start not in known:
            continue
        seen.add(start)
        stack = [(start, iter(known[start].forward_keys))]
        while stack:
            key, ways = stack[-1]
            way = next((way for way in ways if way in known and way not in seen), None)
            if way is None:
                done.append(key)
                stack.pop()
            else:
                seen.add(way)
                stack.append((way, iter(known[way].forward_keys)))
    return done
