"""Numbers written in words before a unit of time, as digits: "Hai mươi (20) ngày", "mười lăm ngày"."""

import re

_ONES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LAST = {"một": ("mốt", "một"), "bốn": ("tư", "bốn"), "năm": ("lăm", "nhăm", "năm")}


def _numerals() -> dict[str, int]:
    words = {one: place for place, one in enumerate(_ONES, start=1)} | {"mười": 10, "bẩy": 7}
    for place, one in enumerate(_ONES, start=1):
        for last in _LAST.get(one, (one,)):
            words[f"mười {last}"] = 10 + place
        for tens, ten in enumerate(_ONES[1:], start=2):
            words[f"{ten} mươi"] = tens * 10
            for last in _LAST.get(one, (one,)):
                words[f"{ten} mươi {last}"] = tens * 10 + place
    return words


_WORDS = _numerals()
_ANY = "|".join(sorted(_WORDS, key=len, reverse=True))
_UNIT = r"(?:ngày|giờ|tháng|tuần|năm|phút)"
_BOTH = re.compile(rf"(?:{_ANY})\s*\(\s*(\d+)\s*\)(?=\s*{_UNIT})")
_AFTER = re.compile(rf"(?<!\d)(\d{{1,9}})\s*\(\s*(?:{_ANY})\s*\)(?=\s*{_UNIT})")
_ALONE = re.compile(rf"(?<!\w)({_ANY})(?=\s+{_UNIT}(?!\w))")


def with_digits(text: str) -> str:
    """Return the lower-case text with numbers before a unit of time as digits only."""
    text = _BOTH.sub(r"\1", text)
    text = _AFTER.sub(r"\1", text)
    return _ALONE.sub(lambda match: str(_WORDS[match.group(1)]), text)
