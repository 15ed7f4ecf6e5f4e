"""Single inputs: what was typed into one box, to a value; people write dates, sums and numbers in many ways."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from motcua.kernel.text import fold

MOST_DIGITS: Final = 15
_DAY = re.compile(r"([0-9]{1,2}) ?[/\-. ] ?([0-9]{1,2}) ?[/\-. ] ?([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SPOKEN_DAY = re.compile(r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2}) nam ([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/\-. ][0-9]{1,2}[/\-. ][0-9]{2}")
_TIME = re.compile(r"([0-9]{1,2}) ?(?:[:hg.]|gio) ?(?:([0-9]{2})(?: ?(?:phut|p))?)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMA = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
_DOT = re.compile(r"-?[0-9]+\.[0-9]+")
_FOREIGN = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MONEY_UNITS = re.compile(r"(?:đ|₫|đồng|vnđ|vnd)\.?$", re.IGNORECASE)
_HOURS, _MINUTES = 24, 60


class Unreadable(ValueError):  # noqa: N818 (it says what the text is)
    """Cannot be read; carries what to do instead, in Vietnamese, without a capital."""


def day_typed(text: str) -> date:
    """The day written as 1/2/2026, 01-02-2026, 1.2.2026, 01022026, 2026-02-01 or in words; raises Unreadable."""
    if found := _ISO_DAY.fullmatch(text):
        year, month, number = (int(part) for part in found.groups())
    elif found := _DAY.fullmatch(text) or _SPOKEN_DAY.fullmatch(fold(text)):
        number, month, year = (int(part) for part in found.groups() if part)
    elif _SHORT_YEAR.fullmatch(text):
        raise Unreadable("hãy ghi đủ bốn chữ số của năm, ví dụ 01/02/1990")
    else:
        raise Unreadable("hãy ghi ngày theo thứ tự ngày/tháng/năm, ví dụ 01/02/1990")
    try:
        return date(year, month, number)
    except ValueError:
        raise Unreadable(f"không có ngày {number:02d}/{month:02d}/{year}; hãy xem lại") from None


def time_typed(text: str) -> str:
    """The time of day as "08:30", written 8:30, 8h30, 8 giờ 30; raises Unreadable."""
    found = _TIME.fullmatch(fold(text))
    if not found or int(found[1]) >= _HOURS or int(found[2] or 0) >= _MINUTES:
        raise Unreadable("hãy ghi giờ và phút, ví dụ 08:30")
    return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"


def number_typed(text: str, *, unit: str = "", decimals: int = 0) -> Decimal:
    """The number written the Vietnamese way (1.500.000 and 12,5), its unit allowed behind it; raises Unreadable.

    One dot before other than three digits is taken as a decimal mark (12.5). At most 15 digits that count, so that
    numbers survive every way of passing them on.
    """
    bare = _bare(text, unit)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    elif _FOREIGN.fullmatch(bare):
        bare = bare.replace(",", "")
    elif not _DOT.fullmatch(bare):
        raise Unreadable(f"hãy nhập một số, ví dụ {'12,5' if decimals else '1.500'}")
    return _bounded(Decimal(bare), decimals)


def coordinate_typed(text: str) -> Decimal:
    """Degrees, with a dot or a comma before the fraction (21.0285); raises Unreadable."""
    bare = text.strip(" °").replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?", bare):
        raise Unreadable("hãy nhập số độ thập phân, ví dụ 21,0285")
    return tidy(Decimal(bare).quantize(Decimal("1.000000000"), ROUND_HALF_UP))


def _bare(text: str, unit: str) -> str:
    bare = _MONEY_UNITS.sub("", text.strip()) if unit in {"", "đồng"} else text.strip()
    if unit and _levelled(bare).endswith(_levelled(unit)) and len(bare) > len(unit):
        bare = bare[: -len(unit)]
    return bare.replace("−", "-").replace(" ", "")


def _levelled(text: str) -> str:
    return fold(text).replace("²", "2").replace("³", "3")


def _bounded(number: Decimal, decimals: int) -> Decimal:
    whole = tidy(number)
    if len(whole.as_tuple().digits) > MOST_DIGITS or whole.adjusted() >= MOST_DIGITS:
        raise Unreadable(f"số quá dài; hãy nhập nhiều nhất {MOST_DIGITS} chữ số")
    if decimals_of(whole) > decimals:
        wanted = f"nhiều nhất {decimals} chữ số sau dấu phẩy" if decimals else "số nguyên, không có phần lẻ"
        raise Unreadable(f"hãy nhập {wanted}")
    return whole


def tidy(number: Decimal) -> Decimal:
    """The same number without noughts at its end and without an exponent."""
    if not number:
        return Decimal(0)
    bare = number.normalize()
    return bare.quantize(Decimal(1)) if bare == bare.to_integral_value() and bare.adjusted() < MOST_DIGITS else bare


def decimals_of(number: Decimal) -> int:
    """How many digits stand after the decimal mark."""
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def storable(text: str) -> str:
    """The text with a mark (U+FFFD) for what databases cannot keep: null characters, halves of characters."""
    return _UNSTORABLE.sub("\ufffd", text)


def number_text(number: Decimal) -> str:
    """The number as Vietnamese write it: 1.500.000 and 12,5."""
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def day_text(day: date) -> str:
    """The day as dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
