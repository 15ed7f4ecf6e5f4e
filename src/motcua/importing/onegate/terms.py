"""What readers of one-stop configurations yield: plain values, and notes on all that was not taken over as it is."""

import hashlib
from dataclasses import dataclass, field

from motcua.forms.terms import Form
from motcua.kernel.text import fold
from motcua.processes.terms import Step, TermSpec


@dataclass(frozen=True, slots=True)
class Note:
    """Something of the source that is kept in words only, or not understood: where, a stable code, why."""

    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A process as read: of which procedure (its code in the source), its steps, the promised total, the fee."""

    row: int
    code: str
    name: str
    steps: tuple[Step, ...]
    total: TermSpec | None = None
    fee: int | None = None
    source: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form as read; `kinds` counts the source's fields by the kind they became ("" = no field of a form)."""

    row: int
    code: str
    name: str
    form: Form
    kinds: dict[str, int] = field(default_factory=dict)
    source: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be understood at all."""

    row: int
    code: str
    notes: tuple[Note, ...]


def provisional_code(code: str) -> str:
    """Return the code a procedure without a national one gets: always the same for the same code of a source."""
    return "X." + hashlib.sha256(f"one-stop:{fold(code)}".encode()).hexdigest()[:10]
