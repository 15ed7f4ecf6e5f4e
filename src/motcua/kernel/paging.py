"""Pages by cursor: cheap at any depth, stable while rows are added."""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from motcua.kernel.errors import Invalid, Problem

Row = TypeVar("Row")
_BEYOND_DATABASE = 2**63


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
    with reading_cursor():
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(values, list) or len(values) != length:
            raise ValueError(values)
        return [_plain(value) for value in values]


@contextmanager
def reading_cursor() -> Iterator[None]:
    """Say Invalid for whatever goes wrong inside while the values of a cursor are read."""
    try:
        yield
    except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise _bad_cursor() from error


def _plain(value: Any) -> Any:
    """Return a value that a database takes: a text without NUL and half surrogates, a whole number of 64 bits."""
    if isinstance(value, str) and "\0" not in value:
        value.encode()
        return value
    if isinstance(value, int) and abs(value) < _BEYOND_DATABASE:
        return value
    raise ValueError(value)


def _bad_cursor() -> Invalid:
    return Invalid(Problem("bad_cursor", "Trang yêu cầu không hợp lệ; hãy mở lại danh sách từ đầu.", "cursor"))
