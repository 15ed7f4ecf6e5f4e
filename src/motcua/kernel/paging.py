"""Pages by cursor: cheap at any depth, stable while rows are added."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from motcua.kernel.errors import Invalid, Problem

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`rows` of one page and the cursor of the next ("" when this is the last)."""

    rows: Sequence[Row]
    next_cursor: str = ""


def encode_cursor(values: Sequence[Any]) -> str:
    """Return an opaque cursor for the sort values of the last row shown."""
    raw = json.dumps(list(values), separators=(",", ":"), default=str).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode_cursor(cursor: str, *, length: int) -> list[Any]:
    """Return the `length` sort values in `cursor`; raises Invalid when it is not one of ours."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise _bad_cursor() from error
    if not isinstance(values, list) or len(values) != length:
        raise _bad_cursor()
    return values


def _bad_cursor() -> Invalid:
    return Invalid(Problem("bad_cursor", "Trang yêu cầu không hợp lệ; hãy mở lại danh sách từ đầu.", "cursor"))
