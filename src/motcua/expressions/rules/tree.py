"""The tree an expression is read into; every node knows the character it begins at, counted from 1."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Joint = Literal["and", "or"]
Comparison = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]
Operation = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value written in the expression: a number, a text, True, False or None."""

    value: Decimal | str | bool | None
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, by its path: `child.born` is ("child", "born")."""

    path: tuple[str, ...]
    at: int

    @property
    def dotted(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Joined:
    """`a and b and c`, `a or b`."""

    joint: Joint
    parts: tuple["Node", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Compared:
    """`a < b <= c`: the first operand, then pairs of a comparison and the next operand."""

    first: "Node"
    rest: tuple[tuple[Comparison, "Node"], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Calculated:
    operation: Operation
    left: "Node"
    right: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Negative:
    part: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """`then if condition else otherwise`."""

    condition: "Node"
    then: "Node"
    otherwise: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Called:
    function: str
    arguments: tuple["Node", ...]
    at: int


Node: TypeAlias = Fixed | Name | Items | Joined | Not | Compared | Calculated | Negative | Chosen | Called


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes directly below this one."""
    match node:
        case Items(items=parts) | Joined(parts=parts) | Called(arguments=parts):
            return parts
        case Not(part=part) | Negative(part=part):
            return (part,)
        case Compared(first=first, rest=rest):
            return (first, *(part for _, part in rest))
        case Calculated(left=left, right=right):
            return (left, right)
        case Chosen(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case _:
            return ()


def nodes_of(node: Node) -> Iterator[Node]:
    """This node and all below it."""
    yield node
    for part in parts_of(node):
        yield from nodes_of(part)
