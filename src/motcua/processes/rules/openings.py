"""Whether some way is always open: conditions tried over everything they rest on, true and false."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from motcua.expressions.rules.parsing import parse
from motcua.expressions.rules.tree import Compared, Comparison, Fixed, Joined, Node, Not, nodes_of
from motcua.kernel.errors import Invalid
from motcua.processes.rules.wording import words_of

#: More parts than this would take too long to try (2 to the power of it).
_MOST_PARTS = 10
#: Comparisons that say the contrary of another one: `a >= b` is not `a < b`.
_CONTRARY: Mapping[Comparison, Comparison] = {">=": "<", "!=": "==", "<=": ">", "not in": "in"}


def always_open(formulas: Sequence[str]) -> bool | None:
    """Return whether one of the conditions holds whatever the facts are; None when that is too much to try.

    Every comparison and every yes-or-no fact counts as a thing of its own that may be true or false.
    """
    return _tried(formulas, every=True)


def ever_open(formulas: Sequence[str]) -> bool | None:
    """Return whether one of the conditions can hold at all; None when that is too much to try."""
    return _tried(formulas, every=False)


def _tried(formulas: Sequence[str], *, every: bool) -> bool | None:
    if not all(formulas):
        return True
    try:
        roots = [parse(formula).root for formula in formulas]
    except Invalid:
        return None
    parts = sorted({_part(node)[0] for root in roots for node in _parts(root)})
    if len(parts) > _MOST_PARTS:
        return None
    states = (dict(zip(parts, values, strict=True)) for values in product((True, False), repeat=len(parts)))
    outcomes = (any(_truth(root, state) for root in roots) for state in states)
    return all(outcomes) if every else any(outcomes)


def _parts(node: Node) -> Iterator[Node]:
    """The parts of a condition that are true or false by themselves."""
    match node:
        case Joined(parts=parts):
            for part in parts:
                yield from _parts(part)
        case Not(part=part):
            yield from _parts(part)
        case Fixed():
            return
        case _:
            yield node


def _part(node: Node) -> tuple[str, bool]:
    """Return the name of a part and whether it stands there as it is, or as its contrary."""
    if isinstance(node, Compared) and len(node.rest) == 1 and node.rest[0][0] in _CONTRARY:
        comparison, right = node.rest[0]
        turned = Compared(node.first, ((_CONTRARY[comparison], right),), node.at)
        return _name(turned), False
    return _name(node), True


def _name(node: Node) -> str:
    return f"{words_of(node, {})} {[type(part).__name__ for part in nodes_of(node)]}"


def _truth(node: Node, state: Mapping[str, bool]) -> bool:
    match node:
        case Joined(joint=joint, parts=parts):
            truths = (_truth(part, state) for part in parts)
            return all(truths) if joint == "and" else any(truths)
        case Not(part=part):
            return not _truth(part, state)
        case Fixed(value=value):
            return value is True
        case _:
            name, as_it_is = _part(node)
            return state[name] is as_it_is
