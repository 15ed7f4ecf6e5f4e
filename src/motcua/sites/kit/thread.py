"""The thread: the life of a dossier as a row of knots, the past sewn, the future only marked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Mark = Literal["done", "now", "next", "wait", "bad", "good"]


_KINDS = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}


def kind_of(media_type: str) -> str:
    """Return what stands on the little sheet of a file of that media type."""
    return _KINDS.get(media_type, "TỆP")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to open: `kind` is what stands on the little sheet ("PDF", "JPG"), `meta` its size and pages."""

    name: str
    url: str
    kind: str = "PDF"
    meta: str = ""


@dataclass(frozen=True, slots=True)
class Knot:
    """One thing that happened, happens or will happen. `who`: person and post, or the office."""

    title: str
    mark: Mark = "done"
    at: datetime | None = None
    who: str = ""
    text: str = ""
    papers: Sequence[Paper] = field(default=())


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a breadcrumb, a filter bar, a set of tabs, a list of queues.

    `count` is shown when it is not None; `alarm` makes a count above zero red and marked (overdue work); an entry of
    a list of queues without a `url` is the heading of a group.
    """

    label: str
    url: str = ""
    current: bool = False
    count: int | None = None
    alarm: bool = False
