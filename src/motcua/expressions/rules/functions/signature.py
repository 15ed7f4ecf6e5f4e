"""What is known of a function: how it is called and what it yields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from motcua.expressions.terms import Kind, Value


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    `takes` are the kinds of its arguments in order; `counts` how many may be written, where that is not all of them.
    With `repeats` the one kind takes any number of arguments or one list of them. `run` gets the values in order and
    never raises.
    """

    run: Callable[[Sequence[Value]], Value]
    takes: tuple[Kind, ...]
    yields: Kind
    counts: tuple[int, ...] = ()
    repeats: bool = False

    def fits(self, count: int) -> bool:
        """Whether that many arguments may be written."""
        return count >= 1 if self.repeats else count in (self.counts or (len(self.takes),))

    @property
    def counts_in_words(self) -> str:
        if self.repeats:
            return "ít nhất 1 giá trị"
        return " hoặc ".join(str(count) for count in self.counts or (len(self.takes),)) + " giá trị"
