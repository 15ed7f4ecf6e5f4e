"""Kinds of values in the bodies of writes, as exact as JSON allows: texts of bounded length, whole numbers, days."""

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, Final
from urllib.parse import unquote

from ninja import Body, Header
from pydantic import AfterValidator, BeforeValidator, Field, Strict, StrictBool
from pydantic_core import PydanticCustomError

from motcua.dossiers.rules.purpose import LONGEST
from motcua.kernel.text import clean

__all__ = [
    "Answers",
    "Count",
    "Day",
    "Key",
    "Line",
    "Long",
    "Moment",
    "Money",
    "Number",
    "Purpose",
    "StrictBool",
    "Upload",
    "Uploads",
    "body",
]

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ].+")


def _day_text(value: Any) -> Any:
    if value is None or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("own_date", "phải là ngày có thật dạng năm-tháng-ngày, ví dụ 2026-03-02")


def _moment_text(value: Any) -> Any:
    if value is None or (isinstance(value, str) and _MOMENT.fullmatch(value)):
        return value
    raise PydanticCustomError("own_datetime", "phải là ngày, giờ dạng ISO 8601, ví dụ 2026-03-02T09:15:00+07:00")


def _near(value: datetime | None) -> datetime | None:
    if value is None or _FIRST_YEAR <= value.year <= _LAST_YEAR:
        return value
    years = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
    raise PydanticCustomError("own_datetime_far", "phải từ năm {first} đến năm {last}", years)


def _words_of_header(value: str) -> str:
    """Return the words of a header: UTF-8, as it is or percent-encoded (headers carry bytes, servers read Latin-1)."""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode()
    return clean(unquote(value))


#: One line of text. Its own limits, with better words, are in the rules.
Line = Annotated[str, Field(max_length=2000)]
#: A text of several lines.
Long = Annotated[str, Field(max_length=20_000)]
#: Answers of an e-form, nested as its schema describes them (or under flat names, as a page sends them).
Answers = Annotated[dict[str, Any], Field(max_length=2000)]
#: How many: 0 to 32767.
Count = Annotated[int, Strict(), Field(ge=0, le=32_767)]
#: A version or a revision: 0 to 2³¹ − 1.
Number = Annotated[int, Strict(), Field(ge=0, le=2**31 - 1)]
#: A sum of đồng.
Money = Annotated[int, Strict(), Field(ge=0, le=10**15)]
Day = Annotated[date, BeforeValidator(_day_text)]
#: A moment near our time; without an offset Vietnam time is meant.
Moment = Annotated[datetime, BeforeValidator(_moment_text), AfterValidator(_near)]
#: What `POST /uploads` answered as `upload`; holds the file's name.
Upload = Annotated[str, Field(max_length=5000)]
Uploads = Annotated[list[Upload], Field(max_length=50)]
#: The header of every write.
Key = Annotated[
    str,
    Header(
        ...,
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Do phần mềm gửi đặt, mỗi việc một khóa; gửi lại cùng khóa thì việc không làm hai lần",
    ),
]
#: Where a program says what its account looks at people's data for.
PURPOSE_FIELD: Final = "X-Purpose"
Purpose = Annotated[
    Annotated[str, AfterValidator(_words_of_header)],
    Header(
        "",
        alias=PURPOSE_FIELD,
        max_length=9 * LONGEST,
        description=(
            "Mục đích xem dữ liệu cá nhân, cần khi tài khoản không giải quyết hồ sơ; được ghi lại, chủ hồ sơ và người "
            "giám sát đọc được. Tiếng Việt viết bằng UTF-8 mã hóa phần trăm (RFC 3986)"
        ),
    ),
]


def body() -> Any:
    """Return where a body is read from; no body at all counts as {}, so that each missing field is named."""
    where: Any = Body
    return where({}, validate_default=True)
