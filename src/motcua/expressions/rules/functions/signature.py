"""What is known of a function: how it is called and what it yields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from motcua.expressions.terms import Kind, Value


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    `takes` are the kinds of its arguments in order, the last `optional` of them may be left out; with `repeats` the
    last kind takes any number of arguments, at least one. `run` gets as many values as were written and never raises.
    """

    run: Callable[[Sequence[Value]], Value]
    takes: tuple[Kind, ...]
    yields: Kind
    optional: int = 0
    repeats: bool = False

    @property
    def least(self) -> int:
        return len(self.takes) - self.optional

    @property
    def most(self) -> int | None:
        """The greatest number of arguments; None for any."""
        return None if self.repeats else len(self.takes)

    def fits(self, count: int) -> bool:
        return count >= self.least and (self.most is None or count <= self.most)
