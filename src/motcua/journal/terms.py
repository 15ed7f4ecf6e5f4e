"""What the journal needs to know of whoever acts, and what an event is."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django.db.models import TextChoices


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


class ReadingKind(TextChoices):
    """Why somebody came to see personal data."""

    WORK = "work", "Giải quyết hồ sơ"
    LOOK_UP = "look_up", "Tra cứu trong cơ quan"
    OVERSIGHT = "oversight", "Giám sát, kiểm tra"
    EXPORT = "export", "Xuất danh sách"
