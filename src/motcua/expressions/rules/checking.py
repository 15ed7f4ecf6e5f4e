"""Checking an expression before it is used: names that are not there, kinds that do not go together.

An expression with such faults still evaluates (to unknown); this is for those who write forms, processes and packages.
"""

from collections.abc import Mapping

from motcua.expressions.rules.kinds import ANYTHING, Shape, fits, literal, name_shape
from motcua.expressions.rules.operators import Clash, calculated, compared, sum_shape
from motcua.expressions.rules.parsing import parse
from motcua.expressions.rules.signatures import argument_clashes, yielded
from motcua.expressions.rules.tree import (
    Calculated,
    Called,
    Chosen,
    Compared,
    Fixed,
    Items,
    Joined,
    Name,
    Negative,
    Node,
    Not,
)
from motcua.expressions.rules.wording import KIND_NAMES, likely, place
from motcua.expressions.terms import Kind
from motcua.kernel.errors import Invalid, Problem


def check(text: str, known: Mapping[str, Kind], *, expected: Kind = "any") -> list[Problem]:
    """Return every fault of the expression: what `parse` refuses, unknown names and functions, clashing kinds.

    `known` are the facts it may name, dotted; a column of a table stands below it with the kind of its cells
    (`members`: rows, `members.share`: number). `expected` is the kind it is to yield (a condition: "boolean").
    """
    try:
        root = parse(text).root
    except Invalid as error:
        return list(error.problems)
    checker = _Checker(known)
    found = checker.shape(root)
    if not fits(found, expected) and not checker.problems:
        checker.clash(Clash(f"Cần {KIND_NAMES[expected]}, biểu thức này cho ra {KIND_NAMES[found.kind]}", 1))
    return checker.problems


class _Checker:
    def __init__(self, known: Mapping[str, Kind]) -> None:
        self.problems: list[Problem] = []
        self._known = known

    def clash(self, clash: Clash | None) -> None:
        if clash is not None:
            self.problems.append(Problem("expression_kind", f"{clash.message} ({place(clash.at)})."))

    def shape(self, node: Node) -> Shape:
        """Return what the node yields, noting the faults in it."""
        match node:
            case Fixed(value=value):
                return literal(value)
            case Name():
                return self._named(node)
            case Items(items=items):
                kinds = {self.shape(item).kind for item in items}
                return Shape("list", kinds.pop() if len(kinds) == 1 else "any")
            case Called():
                return self._called(node)
            case Chosen():
                return self._chosen(node)
            case _:
                return self._operated(node)

    def _operated(self, node: Joined | Not | Compared | Calculated | Negative) -> Shape:
        match node:
            case Joined(parts=parts):
                for part in parts:
                    self._truth(part)
            case Not(part=part):
                self._truth(part)
            case Compared(first=first, rest=rest):
                self._compared(first, rest)
            case Negative(part=part):
                found = self.shape(part)
                self.clash(calculated("-", Shape("number"), found, node.at))
                return Shape("number")
            case _:
                one, other = self.shape(node.left), self.shape(node.right)
                self.clash(calculated(node.operation, one, other, node.at))
                return sum_shape(one, other) if node.operation == "+" else Shape("number")
        return Shape("boolean")

    def _named(self, node: Name) -> Shape:
        found = name_shape(node.path, self._known)
        if found is None:
            message = f"Không có “{node.dotted}” ({place(node.at)}){likely(node.dotted, self._known)}"
            self.problems.append(Problem("expression_name", message))
        return found or ANYTHING

    def _truth(self, node: Node) -> None:
        found = self.shape(node)
        if not fits(found, "boolean"):
            said = f"Ở đây cần đúng/sai, không phải {KIND_NAMES[found.kind]}; hỏi đã khai chưa viết “filled(…)”"
            self.clash(Clash(said, node.at))

    def _chosen(self, node: Chosen) -> Shape:
        self._truth(node.condition)
        then, otherwise = self.shape(node.then), self.shape(node.otherwise)
        return then if then == otherwise else ANYTHING

    def _compared(self, first: Node, rest: tuple[tuple[str, Node], ...]) -> None:
        left_node, left = first, self.shape(first)
        for comparison, right_node in rest:
            right = self.shape(right_node)
            asks_none = any(isinstance(side, Fixed) and side.value is None for side in (left_node, right_node))
            if not (asks_none and comparison in {"==", "!="}):
                self.clash(compared(comparison, left, right, right_node.at))
            left_node, left = right_node, right

    def _called(self, node: Called) -> Shape:
        shapes = [self.shape(argument) for argument in node.arguments]
        for clash in argument_clashes(node, shapes):
            self.clash(clash)
        return yielded(node.function, shapes)
