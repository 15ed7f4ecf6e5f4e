"""Values of a paper, found in what was read of its pages, each with how sure and where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from motcua.forms.rules.patterns import safe_pattern
from motcua.procedures.terms import ScanField
from motcua.scanning.rules.matching import anchors_in, covered, rest_of
from motcua.scanning.rules.names import likely_name
from motcua.scanning.terms import FoundValue, Line, ReadPage

#: Letters that readers of scans take digits for, by the digit they stand for.
_DIGITS: Final = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"}
)
_DATE = re.compile(r"\b([0-3]?[0-9])\s?[/.\-]\s?([01]?[0-9])\s?[/.\-]\s?((?:19|20)[0-9]{2})\b")
_DATE_IN_WORDS = re.compile(
    r"([0-3]?[0-9])\s+th[aáàảãạ]ng\s+([01]?[0-9])\s+n[aăâắằẳẵặ]m\s+((?:19|20)[0-9]{2})", re.IGNORECASE
)
_TWELVE = re.compile(r"(?<![0-9])[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}(?![0-9])")
#: Province of birth 001–096, then century and sex 0–3 (cấu trúc số định danh cá nhân).
_LIKELY_ID = re.compile(r"0[0-9]{2}[0-3][0-9]{8}")
_TAX = re.compile(r"(?<![0-9])[0-9]{10}(?:\s?-\s?[0-9]{3})?(?![0-9])")
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_NAME = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,6}")
_TITLES = re.compile(r"^(?:ông|bà|anh|chị)\s*[:/]?\s+", re.IGNORECASE)
_TEXT: Final = 200
_DOUBT: Final = 0.6
_LINES_AFTER: Final = 1
_NEXT_LINE: Final = 0.85
#: What stands far behind its anchor is trusted less; dates follow an hour, or words.
_FAR: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Match:
    value: str
    begin: int
    end: int
    trust: float = 1.0


def values_in(fields: Sequence[ScanField], pages: Sequence[ReadPage]) -> list[FoundValue]:
    """Return for every field the best value on the pages of the paper; one that was not found has no value."""
    return [_best(field, pages) for field in fields]


def _best(field: ScanField, pages: Sequence[ReadPage]) -> FoundValue:
    best = FoundValue(field.key)
    for number, page in enumerate(pages):
        if field.page in {0, number + 1}:
            for found in _candidates(field, page, number):
                if found.confidence > best.confidence:
                    best = found
    return best


def _candidates(field: ScanField, page: ReadPage, number: int) -> Iterator[FoundValue]:
    for place, line in enumerate(page.lines):
        for anchor in field.anchors:
            for at in anchors_in(line, anchor):
                beside, trust = rest_of(line, at.after)
                below = page.lines[place + 1 : place + 1 + _LINES_AFTER]
                for words, share in [(beside, trust), *((one, _NEXT_LINE) for one in below if not beside)]:
                    yield from _found(field, words, number, at.alike * share)
        if not field.anchors:
            yield from _found(field, line, number, 0.9)


def _found(field: ScanField, words: Line, page: int, trust: float) -> Iterator[FoundValue]:
    text = " ".join(word.text for word in words)[: _TEXT * 2]
    match = _matched(field, text)
    if match is None or not match.value:
        return
    box, sure = covered(words, match.begin, match.end)
    far = 1.0 if field.kind == "date" else max(_FAR, 1 - match.begin / 60)
    yield FoundValue(field.key, match.value, max(1, round(sure * trust * match.trust * far)), page, box)


def _matched(field: ScanField, text: str) -> _Match | None:
    if field.pattern:
        return _by_pattern(field.pattern, text)
    readers = {"date": _as_date, "personal_id": _as_personal_id, "tax_code": _as_tax_code, "name": _as_name}
    readers |= {"number": _as_number, "money": _as_number}
    return readers.get(field.kind, _as_text)(text)


def _by_pattern(pattern: str, text: str) -> _Match | None:
    wanted = safe_pattern(pattern)
    if wanted is None:
        return None
    found = wanted.search(text) or wanted.search(text.upper())
    return _Match(found[0].strip(" .,;"), found.start(), found.end()) if found else None


def _as_date(text: str) -> _Match | None:
    for pattern in (_DATE, _DATE_IN_WORDS):
        for found in pattern.finditer(text):
            day, month, year = (int(part) for part in found.groups())
            try:
                said = date(year, month, day)
            except ValueError:
                continue
            return _Match(f"{said:%d/%m/%Y}", found.start(), found.end())
    return None


def _as_personal_id(text: str) -> _Match | None:
    found = _TWELVE.search(text) or _TWELVE.search(text.translate(_DIGITS))
    if found is None:
        return None
    value = re.sub(r"\D", "", found[0])
    return _Match(value, found.start(), found.end(), 1.0 if _LIKELY_ID.fullmatch(value) else _DOUBT)


def _as_tax_code(text: str) -> _Match | None:
    found = _TAX.search(text) or _TAX.search(text.translate(_DIGITS))
    return _Match(re.sub(r"\s", "", found[0]), found.start(), found.end()) if found else None


def _as_number(text: str) -> _Match | None:
    found = _NUMBER.search(text) or _NUMBER.search(text.translate(_DIGITS))
    return _Match(found[0].rstrip(".,"), found.start(), found.end()) if found else None


def _as_name(text: str) -> _Match | None:
    lead = _TITLES.match(text)
    found = _NAME.search(text, lead.end() if lead else 0)
    if found is None:
        return None
    words = found[0].split()
    capital = [word for word in words if word[0].isupper()]
    kept = words[: next((place for place, word in enumerate(words) if not word[0].isupper()), len(words))]
    if not capital or not kept:
        return None
    read = " ".join(kept)
    value, trust = likely_name(read)
    return _Match(value, found.start(), found.start() + len(read), trust if len(kept) > 1 else _DOUBT)


def _as_text(text: str) -> _Match | None:
    bare = text.strip(" .:;,|_*–—-")
    begin = text.find(bare) if bare else -1
    return _Match(bare[:_TEXT], begin, begin + len(bare)) if bare else None
