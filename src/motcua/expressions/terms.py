"""Words of the room: kinds of values, values, and the bounds that keep every expression small."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

#: What a name stands for. `date` is a day or a moment, `list` holds plain values, `rows` holds mappings (a table),
#: `any` is not known beforehand.
Kind = Literal["text", "number", "date", "boolean", "list", "rows", "any"]

#: What an expression yields; None is "unknown". Numbers are always Decimal; a moment (datetime) is a date too.
Value: TypeAlias = "bool | Decimal | str | date | list[Value] | Mapping[str, object] | None"

#: Days of moments are those of Việt Nam.
LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")

# Bounds of the text, refused when it is read.
LONGEST_TEXT: Final = 2_000
MOST_NODES: Final = 400
DEEPEST: Final = 60

# Bounds of values, which are unknown beyond them.
LONGEST_RESULT: Final = 10_000
LONGEST_LIST: Final = 10_000
MOST_MEMBERS: Final = 100_000
"""Members of lists that one evaluation looks at."""
MOST_DIGITS: Final = 30
"""Digits before the decimal mark, and as many after it."""
LONGEST_PATH: Final = 10
"""Parts of a dotted name."""
