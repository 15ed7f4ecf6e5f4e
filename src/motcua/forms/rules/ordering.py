"""Things in an order in which each comes after those it waits for."""

from collections.abc import Mapping


def ordered(waits: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Keys, each after those it waits for, else in their own order; and the circles found on the way."""
    place = {key: index for index, key in enumerate(waits)}
    todo = {key: sorted(found, key=place.__getitem__) for key, found in waits.items()}
    done: dict[str, None] = {}
    circles: list[tuple[str, ...]] = []
    for start in waits:
        stack: dict[str, None] = {start: None}  # a path: each key waits for the next
        while stack:
            key = next(reversed(stack))
            if key in done or not todo[key]:
                done[key] = None
                stack.pop(key)
                continue
            following = todo[key].pop(0)
            if following in stack:
                path = list(stack)
                circles.append(tuple(path[path.index(following) :]))
            elif following not in done:
                stack[following] = None
    return tuple(done), tuple(circles)
