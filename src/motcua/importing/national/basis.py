"""Legal basis (căn cứ pháp lý): number, name, day, issuer; from a table or from the portal's two glued columns."""

import re
from dataclasses import dataclass
from datetime import date

from motcua.importing.national.letters import LOWER
from motcua.importing.national.shapes import BasisRow, NationalRecord
from motcua.importing.terms import Remark
from motcua.kernel.text import clean, fold

_HEADER = re.compile(r"^\s*Tên văn bản pháp lý\s*Mã văn bản\s*")
_TAIL = re.compile(r"Cơ quan thực hiện.*$", re.DOTALL)
#: Abbreviations of issuers, the longest first, so that "TT-BCAQUY ĐỊNH" ends behind BCA.
_ISSUERS = (
    r"UBTVQH1\d|TANDTC|VKSNDTC|UBTVQH|BNNPTNT|BLĐTBXH|BVHTTDL|BVHTT|BTNMT|BNNMT|BGDĐT|BDTTG|BGTVT|BTTTT|BKHCN|BKHĐT|TTCP|VPCP|NHNN|UBND|HĐND|"
    r"UBDT|TTg|CTN|BCA|BQP|BTC|BTP|BYT|BNV|BNG|BCT|BXD|BTM|BVH|CP|TW|BTV|KTNN|TCHQ|TLĐ"
)
_KIND = (
    r"(?:(?:UBTV)?QH(?:1\d|[89](?!\d))|(?:NĐ|QĐ|NQ|CT|TTLT|TT|L|PL|VBHN|NQLT|CTr|KH|HD|TB|CV)(?:-(?:"
    + _ISSUERS
    + r"))+)"
)
_KNOWN = re.compile(rf"(?:\d{{1,3}}\.)?\d{{1,4}}/(?:\d{{4}}/)?{_KIND}")
_OTHER = re.compile(rf"\d{{1,4}}/(?:\d{{4}}/)?[A-ZĐ]{{1,6}}(?:-[A-ZĐ]{{1,10}})*(?![{LOWER}])")
_DATE = re.compile(r"ngày\s*(\d{1,2})(?:\s*tháng\s*|[/-])(\d{1,2})(?:\s*năm\s*|[/-])(\d{4})", re.IGNORECASE)
_PLAIN_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_ISSUER = re.compile(
    r"của\s+((?:Quốc hội|Chính phủ|Thủ tướng Chính phủ|Ủy ban Thường vụ Quốc hội|"
    r"Bộ trưởng Bộ [^,;.\d]{3,60}?|Bộ [^,;.\d]{3,60}?))"
    r"(?=\s+(?:quy|sửa|về|ban|hướng|phân|bãi|bổ|công)\b|[,;.:]|$)"
)
_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class BasisValue:
    """One document: `issued_on` is None and `issuer` "" where not stated; `number` "" where none could be read."""

    number: str
    name: str
    issued_on: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class BasisReading:
    """The legal basis of a record."""

    documents: tuple[BasisValue, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_basis(record: NationalRecord) -> BasisReading:
    """Read the legal basis of a record."""
    if record.bases:
        documents = tuple(_from_row(row) for row in record.bases)
    else:
        text = _TAIL.sub("", _HEADER.sub("", clean(record.texts.get("basis", ""), keep_lines=True)))
        documents = () if fold(text) in {"", "khong co thong tin"} else tuple(_glued(text))
    without = [one.name for one in documents if not one.number]
    if not without:
        return BasisReading(documents)
    message = f"{len(without)} căn cứ pháp lý không tách được số, ký hiệu; đầu tiên: “{without[0][:100]}”."
    return BasisReading(documents, (Remark("basis", "basis_without_number", message),))


def _from_row(row: BasisRow) -> BasisValue:
    found = _KNOWN.search(row.number) or _KNOWN.search(row.name)
    number = found.group() if found else clean(row.number)
    return BasisValue(
        number,
        clean(row.name) or number,
        day_in(row.issued_on) or _value(row.name, number).issued_on,
        clean(row.issuer) or _value(row.name, number).issuer,
    )


def day_in(text: str) -> date | None:
    """The day a text like 24-03-2021 or 20210324000000 names."""
    text = text.strip()
    if re.fullmatch(r"\d{8}(?:\d{6})?", text):
        return _day(text[6:8], text[4:6], text[:4])
    match = _PLAIN_DATE.search(text)
    return _day(*match.groups()) if match else None


def _day_named(text: str) -> date | None:
    match = _DATE.search(text)
    return _day(*match.groups()) if match else None


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _issuer(text: str) -> str:
    match = _ISSUER.search(text)
    return clean(match[1]) if match else ""


def _glued(text: str) -> list[BasisValue]:
    """Cut "Tên48/2014/QH13Tên 23/2019/TT-BTC23/2019/TT-BTC…": a number ends its row when the next begins behind it."""
    rows: list[BasisValue] = []
    begun = 0
    for match in _candidates(text):
        name = text[begun : match.start()]
        if not any(char.isalnum() for char in name):
            continue
        after = text[match.end() : match.end() + 1]
        if text.startswith(match.group(), match.end()) or (after and (after.isspace() or after in ",;.:()-–/")):
            continue
        rows.append(_value(name, match.group()))
        begun = match.end()
    rest = clean(text[begun:])
    if any(char.isalnum() for char in rest):
        inner = list(_candidates(rest))
        rows.append(_value(rest, inner[-1].group() if inner else ""))
    return rows


def _candidates(text: str) -> list[re.Match[str]]:
    """The document numbers of the text; a year grown together with the next number is left to what stands before it."""
    found = []
    place = 0
    while match := _search(text, place):
        found.append(match)
        place = match.end()
    return found


def _search(text: str, place: int) -> re.Match[str] | None:
    matches = [one for one in (_KNOWN.search(text, place), _OTHER.search(text, place)) if one]
    match = min(matches, key=lambda one: (one.start(), one.re is not _KNOWN), default=None)
    if match is None:
        return None
    digits = re.search(r"\d+$", text[place : match.start()])
    run = (digits.group() if digits else "") + match.group().split("/")[0]
    if len(run) > 4 and _YEAR.match(run[:4]):  # noqa: PLR2004
        return match.re.match(text, match.start() + match.group().index("/") - (len(run) - 4)) or match
    return match


def _value(name: str, number: str) -> BasisValue:
    """One document; the day and issuer a name tells are its own only where no other document is named in it."""
    title = clean(name).strip(" -–:,;")
    _, own, behind = title.partition(number) if number else ("", "", "")
    said = behind[:60] if own else title
    if not own and (_KNOWN.search(title) or _OTHER.search(title)):
        said = ""
    return BasisValue(number, title or number, _day_named(said), _issuer_of(number) or _issuer(behind if own else said))


def _issuer_of(number: str) -> str:
    """The issuer that a document's symbol names (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    folded = fold(number)
    for ending, issuer in (("-cp", "Chính phủ"), ("-ttg", "Thủ tướng Chính phủ"), ("-ctn", "Chủ tịch nước")):
        if folded.endswith(ending):
            return issuer
    return "Quốc hội" if re.search(r"/qh\d+$", folded) else ""
