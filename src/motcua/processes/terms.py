"""Words of the room: a process (quy trình giải quyết) as plain frozen values.

A process is a tuple of `Step`s. The first has the key "receive", the last "deliver"; between them a dossier goes along
the `Move`s. Everything a running one-stop system branches on is an expression over the facts listed in `FACTS`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from motcua.expressions.terms import Kind
from motcua.kernel.values import Formula, Key, Value, Words

Unit = Literal["working_day", "day", "working_hour", "same_day"]
StepRight = Literal["receive", "handle", "lead_division", "lead_agency", "seal"]
Place = Literal["desk", "handling", "agency", "unit"]
#: What must be so before a dossier leaves a step forward: nothing owed, its parts finished, every opinion in.
Gate = Literal["paid", "parts", "opinions"]
#: What entering a step does to the statutory clock: the taxpayer's time is not the agency's (Nghị định 118/2025/NĐ-CP).
ClockAct = Literal["", "stop", "run"]
TimerAct = Literal["remind", "escalate", "move"]
#: Which initials the draft of the result gets where the dossier leaves the step: on its content, on its form.
Initials = Literal["", "content", "form"]

FIRST_STEP = "receive"
LAST_STEP = "deliver"

#: What conditions of a process may read, and of which kind it is. `form` are the values of the e-form.
FACTS: Mapping[str, Kind] = {
    "paid": "boolean",
    "owed": "number",
    "online": "boolean",
    "channel": "text",
    "by_post": "boolean",
    "agency": "text",
    "procedure": "text",
    "case": "text",
    "components": "list",
    "copies": "number",
    "open_parts": "number",
    "open_opinions": "number",
    "done": "list",
    "step": "text",
    "roles": "list",
    "waiting_hours": "number",
    "supplement_asked": "boolean",
    "supplement_count": "number",
    "withdrawal_asked": "boolean",
    "form": "any",
    "today": "date",
}


class TermSpec(Value):
    """A length of time: 3 working_day, 4 working_hour, 15 day (calendar); same_day has amount 0."""

    amount: int = 0
    unit: Unit
    unverified: bool = False
    note: str = ""


class Move(Value):
    """A way on from a step: to which, under which condition ("" = always), and what its button says."""

    to: Key
    when: Formula = ""
    label: Annotated[str, Field(max_length=200)] = ""


class ConsultSpec(Value):
    """An opinion that is asked for as soon as the step begins, beside the work on it (lấy ý kiến song song).

    `unit`: slug or agency code of who is asked; `required`: the gate "opinions" waits for it.
    """

    key: Key
    unit: Words
    question: Words
    term: TermSpec | None = None
    when: Formula = ""
    required: bool = True


class Timer(Value):
    """What happens when a dossier waits at the step longer than `after`: a reminder, a word to the leader, a move."""

    key: Key
    after: TermSpec
    do: TimerAct
    to: str = ""
    when: Formula = ""


class Step(Value):
    """A step of the process: who (`right`) works on it, where (`at`), and where it may go from there.

    `at`: desk = the desk that took the dossier in (for the last step the one that hands the result out), handling =
    the offering's handling unit, agency = the offering's agency, unit = the one named by `unit` (slug or agency code
    of another agency: liên thông). `forward` and `back` are moves; a bare key in a file is a move without a condition.
    `gates` is what must be so before the dossier goes forward from here, while `gates_when` holds. `initials`: what
    whoever hands on from here initials (ký nháy) of the draft; without `initials_required` who has no key hands on all
    the same.
    """

    key: Key
    name: Words
    right: StepRight
    at: Place
    unit: Annotated[str, Field(max_length=120)] = ""
    term: TermSpec | None = None
    forward: tuple[Move, ...] = ()
    back: tuple[Move, ...] = ()
    gates: tuple[Gate, ...] = ()
    gates_when: Formula = ""
    clock: ClockAct = ""
    initials: Initials = ""
    initials_required: bool = False
    consults: tuple[ConsultSpec, ...] = ()
    timers: tuple[Timer, ...] = ()
    note: Annotated[str, Field(max_length=2000)] = ""

    @model_validator(mode="before")
    @classmethod
    def _moves_from_keys(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        return {**raw, **{name: _moves(raw[name]) for name in ("forward", "back") if name in raw}}

    @property
    def forward_keys(self) -> tuple[str, ...]:
        """The steps a dossier may ever go on to."""
        return tuple(move.to for move in self.forward)

    @property
    def back_keys(self) -> tuple[str, ...]:
        """The steps a dossier may ever be sent back to."""
        return tuple(move.to for move in self.back)


def _moves(raw: Any) -> Any:
    if not isinstance(raw, list | tuple):
        return raw
    return tuple({"to": one} if isinstance(one, str) else one for one in raw)
