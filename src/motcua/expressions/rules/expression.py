"""An expression that was read: what its readers hold in hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.expressions.rules.evaluation import value_of
from motcua.expressions.rules.tree import Name, Node, nodes_of
from motcua.expressions.terms import Value


@dataclass(frozen=True, slots=True)
class Expression:
    """A read expression; `names` are the facts it rests on, with their dots (`child.born`)."""

    text: str
    root: Node = field(repr=False, compare=False)
    names: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = frozenset(node.dotted for node in nodes_of(self.root) if isinstance(node, Name))
        object.__setattr__(self, "names", names)

    def evaluate(self, facts: Mapping[str, object]) -> Value:
        """Return the value for these facts; None is unknown. Never raises, never runs long.

        Facts may be nested mappings and lists of mappings (rows); what is no plain value is unknown. The present day is
        a fact like others (`today`), never read from a clock.
        """
        return value_of(self.root, facts)

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Return whether the condition is known to be true; an unknown condition does not hold."""
        return self.evaluate(facts) is True
