"""Names of BPMN 2.0 (OMG formal/2011-01-03, ISO/IEC 19510) and of the house's own elements in it."""

from dataclasses import dataclass
from typing import Final

from motcua.kernel.values import Value
from motcua.processes.terms import Step

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS: Final = "http://www.omg.org/spec/DD/20100524/DC"
POINTS: Final = "http://www.omg.org/spec/DD/20100524/DI"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
#: What BPMN has no word for: rights, places, gates, the statutory clock, opinions.
OWN: Final = "urn:motcua:process:1"
LANGUAGE: Final = "urn:motcua:expression:1"


class BpmnProcess(Value):
    """A process read from a BPMN file; `notes` say in Vietnamese what was guessed or not understood."""

    steps: tuple[Step, ...]
    name: str = ""
    code: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """The point in its middle."""
        return (self.x + self.width // 2, self.y + self.height // 2)

    @property
    def right(self) -> tuple[int, int]:
        """The point in the middle of its right side."""
        return (self.x + self.width, self.y + self.height // 2)

    @property
    def left(self) -> tuple[int, int]:
        """The point in the middle of its left side."""
        return (self.x, self.y + self.height // 2)

    @property
    def bottom(self) -> tuple[int, int]:
        """The point in the middle of its lower side."""
        return (self.x + self.width // 2, self.y + self.height)
