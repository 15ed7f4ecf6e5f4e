"""Which kinds a function takes, and what it yields for them."""

from collections.abc import Iterator, Sequence

from motcua.expressions.rules.functions import FUNCTIONS
from motcua.expressions.rules.kinds import Shape, fits
from motcua.expressions.rules.operators import Clash
from motcua.expressions.rules.tree import Called
from motcua.expressions.rules.wording import KIND_NAMES
from motcua.expressions.terms import Kind

_OF_THEIR_MEMBERS = frozenset({"min", "max"})


def argument_clashes(node: Called, shapes: Sequence[Shape]) -> Iterator[Clash]:
    """Return a clash for each argument of a kind that the function does not take."""
    function = FUNCTIONS[node.function]
    if node.function in _OF_THEIR_MEMBERS:
        yield from _without_order(node, shapes)
    wanted = function.takes * len(shapes) if function.repeats else function.takes
    for argument, shape, kind in zip(node.arguments, shapes, wanted, strict=False):
        if not fits(_member(shape) if function.repeats else shape, kind):
            yield Clash(f"Hàm “{node.function}” cần {KIND_NAMES[kind]}, không phải {_said(shape)}", argument.at)


def _without_order(node: Called, shapes: Sequence[Shape]) -> Iterator[Clash]:
    for argument, shape in zip(node.arguments, shapes, strict=True):
        if not (fits(_member(shape), "number") or fits(_member(shape), "date")):
            yield Clash(f"Hàm “{node.function}” cần số hoặc ngày, không phải {_said(shape)}", argument.at)


def yielded(name: str, shapes: Sequence[Shape]) -> Shape:
    """Return what the function yields; the least and the greatest are what their members are."""
    kinds: set[Kind] = {_member(shape).kind for shape in shapes}
    if name in _OF_THEIR_MEMBERS and len(kinds) == 1:
        return Shape(kinds.pop())
    return Shape(FUNCTIONS[name].yields)


def _member(shape: Shape) -> Shape:
    return Shape(shape.of) if shape.kind == "list" else shape


def _said(shape: Shape) -> str:
    if shape.kind == "list" and shape.of != "any":
        return f"danh sách {KIND_NAMES[shape.of]}"
    return KIND_NAMES[shape.kind]
