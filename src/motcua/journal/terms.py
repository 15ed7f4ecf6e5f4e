"""What the journal needs to know of whoever acts, and what an event is."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


class Recorder(Protocol):
    """Whoever acts, as the journal writes them down."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense: a frozen dataclass of ids and plain values, with a stable `name`."""

    name: ClassVar[str]


JsonObject = dict[str, Any]
