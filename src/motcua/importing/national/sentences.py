"""Terms of handling that sentences state: which lengths of time are meant, of what, and under which condition."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from motcua.importing.national.letters import LOWER, UPPER
from motcua.importing.national.numerals import with_digits
from motcua.kernel.text import clean, fold

_UNIT = r"ngày\s*,?\s*\(?\s*(?:làm việc|công)|ngày|giờ\s*(?:làm việc|hành chính)|giờ|tháng|tuần|năm|phút"
_LENGTH = re.compile(
    rf"(?<![\d/.,])(?P<low>\d+(?:[.,]\d+)?)(?:\s*(?:-|–|đến|tới)\s*(?P<high>\d+(?:[.,]\d+)?))?\s*(?P<unit>{_UNIT})(?![{LOWER}])"
)
_BREAK = re.compile(rf"[;\n]|(?<=[{LOWER}\d)])\.\s+(?=[{UPPER}\-+*(])|\s(?=[-+*]\s)|(?<=[\s.;])(?=[a-zđ]\)\s)")
_AND = re.compile(r"\s*(?:và|\+|cộng)\s*")

#: Clauses that speak of other times than that of handling: office hours, validity, ages, what the applicant must keep.
_OTHER = re.compile(
    r"thoi gian tiep nhan|gio hanh chinh|co gia tri|hieu luc|tinh den ngay nop|thoi han su dung|nop bo sung|"
    r"hang thang|hang nam|dinh ky|thoi han thue|thoi gian hoat dong|thoi gian luu|tam tru co thoi han|co thoi han|"
    r"khieu kien|chi tra .*thang|thang/nam"
)
_REFUSAL = re.compile(
    r"(truong hop|neu)[^:;]{0,80}"
    r"(tu choi|khong (cap|dong y|dap ung|du dieu kien|hop le|dam bao|bao dam|phu hop|dat)|"
    r"chua (day du|hop le|dat|du|dung))"
)
_CLOCK = re.compile(r"(?:sau|trước|lúc|từ|đến|vào|hồi|giờ|khoảng)\s*$")
_DATE = re.compile(r"(?:ngày|tháng)\s*(?:mùng\s*)?$")
_APART = re.compile(r"(?:cách nhau|từ đủ|trên|dưới|tuổi|thứ|lần|khoản|điều|quá hạn|ít nhất|tối thiểu|trước)\s*$")
_TOTAL = re.compile(r"tong (thoi (gian|han)|so ngay|cong)|toi da khong qua .*toan bo")
_EXTRA = re.compile(
    r"(?:keo dai|gia han|tang|cong)(?: thoi (?:han|gian))?(?: [a-z]+){0,6} them|them (?:toi da|khong qua)|"
    r"gia han[^;]{0,60}(?:moi lan|mot lan|hai lan)"
)
_CONDITION = re.compile(r"trường hợp|đối với|nếu|khi có|riêng|ở vùng|tại các xã|cấp mới|cấp lại|cấp đổi|vụ việc")
_STAGE = re.compile(
    r"\b(kiem tra|tham dinh|trinh (?:chu|uy|bo|lanh|cap|thu|hoi|ky|phe|ho|giam)|tiep nhan|phe duyet|thong bao|danh gia|"
    r"lay y kien|ra quyet dinh|cap (?:giay|phep|chung|the|so|ma|van)|ban hanh|xem xet|"
    r"chuyen ho so|tra ket qua|xac minh|"
    r"hop hoi dong|cho y kien|tra loi|tham tra|gui ho so|gui (?:cong|van) )"
)
#: How far around a length its neighbours are looked at, and how many lengths of a text are read at most.
_NEAR = 40
_MOST = 100
_HEADING = re.compile(r"[-+*\s]*(?:[a-z0-9]{1,2}[).]\s*|\(\d+\)\s*)?(?:doi voi|truong hop)\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*,?")
_BINDING = re.compile(
    r"thoi (han|gian)|khong qua|toi da|cham nhat|trong vong|ke tu|sau khi nhan|tu ngay nhan|"
    r"tu khi nhan|tinh tu|giai quyet|la\b|trong\b|:"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A length of time a sentence states, as (number, folded unit) parts that add up.

    `role`: whole (a term by itself), total (said to be of everything), stage (of one step), extra (on top of another).
    `group` counts the headings "Đối với trường hợp …:" before it: stages add up within one group only.
    """

    parts: tuple[tuple[Decimal, str], ...]
    condition: str
    role: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    parts: tuple[tuple[Decimal, str], ...]
    before: str
    after: str
    is_last: bool


def stated_terms(text: str) -> list[Stated]:
    """Return the terms of handling the text states, in its order; lengths of other things are left out."""
    found: list[Stated] = []
    group = 0
    for clause in _clauses(text):
        folded = fold(clause)
        group += bool(_HEADING.match(folded))
        if not _OTHER.search(folded):
            found.extend(replace(one, group=group) for one in _in_clause(clause))
        if len(found) > _MOST:
            break
    return found[:_MOST]


def _clauses(text: str) -> Iterator[str]:
    for clause in _BREAK.split(clean(text, keep_lines=True)):
        if clause and clause.strip():
            yield clause.strip()


def _in_clause(clause: str) -> Iterator[Stated]:
    lengths = list(_lengths(with_digits(clause.lower())))
    for one in lengths:
        folded = fold(one.before)
        is_first_words = not folded.strip(" -+*.:)") or re.fullmatch(r"[-+*\s]*([a-z]\)|\d\.)?\s*", folded)
        if not is_first_words and not _BINDING.search(folded) and not _BINDING.search(fold(one.after)[:60]):
            continue
        if _REFUSAL.search(folded):
            continue
        yield Stated(one.parts, _condition(one), _role(one))


def _lengths(clause: str) -> Iterator[_Found]:
    """The lengths of a clause with the words before each (back to the one before) and after it."""
    candidates = itertools.islice(_LENGTH.finditer(clause), _MOST)
    matches = [match for match in candidates if _is_length(clause, match)]
    begun = 0
    waiting: tuple[tuple[Decimal, str], ...] = ()
    for place, match in enumerate(matches):
        following = matches[place + 1].start() if place + 1 < len(matches) else len(clause)
        parts = (*waiting, (_amount(match), _unit(match["unit"])))
        if _AND.fullmatch(clause[match.end() : following]) and following < len(clause):
            waiting = parts
            continue
        start = begun
        behind = _BRACKETS.match(clause, match.end())
        waiting, begun = (), behind.end() if behind else match.end()
        first = matches[place - len(parts) + 1]
        is_last = place + 1 == len(matches)
        yield _Found(parts, clause[start : first.start()], clause[match.end() : following], is_last)


def _is_length(clause: str, match: re.Match[str]) -> bool:
    before = clause[max(0, match.start() - _NEAR) : match.start()]
    after = clause[match.end() : match.end() + _NEAR]
    unit = fold(match["unit"])
    if unit in {"gio", "phut"} and _CLOCK.search(before):
        return False
    if unit in {"thang", "nam", "gio"} and _DATE.search(before):
        return False
    if unit == "nam" and re.match(r"\s*(?:19|20)\d\d", after):
        return False
    return not _APART.search(before) and not after.startswith((" tuổi", "/", " một lần"))


def _amount(match: re.Match[str]) -> Decimal:
    return Decimal((match["high"] or match["low"]).replace(",", "."))


def _unit(text: str) -> str:
    return " ".join(re.sub(r"[(),]", " ", fold(text)).split())


def _condition(one: _Found) -> str:
    """The words that say when the term holds: before it, or in brackets or with "đối với" right behind it."""
    if _CONDITION.search(one.before):
        return _trimmed(one.before)
    in_brackets = re.match(r"\s*\(([^()]*)\)", one.after)
    if in_brackets and _CONDITION.search(in_brackets[1]):
        return _trimmed(in_brackets[1])
    behind = re.search(r"(?:trong trường hợp|đối với|nếu|trường hợp)[^;.]*", one.after) if one.is_last else None
    return _trimmed(behind.group()) if behind else ""


def _trimmed(text: str) -> str:
    text = re.sub(
        r"(?:không quá|tối đa|thì|là|trong|thời hạn|thời gian|giải quyết|trong vòng|chậm nhất)?[\s:,]*$",
        "",
        text.strip(),
    )
    return text.strip(" ,:;-+*()")[:300]


def _role(one: _Found) -> str:
    folded = fold(one.before)
    if _TOTAL.search(folded):
        return "total"
    if _EXTRA.search(folded) or re.match(r"\s*(?:,\s*)?them\b", fold(one.after)):
        return "extra"
    if _CONDITION.search(one.before):
        return "whole"
    return "stage" if _STAGE.search(folded) else "whole"
