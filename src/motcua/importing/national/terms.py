"""The term in a row of "cách thức thực hiện": a number with its unit, or what sentences say about it.

Where several terms are stated the longest binding one is the row's (the law's maximum); each one stays a variant with
its condition. Nothing is guessed silently: whatever did not stand there as number and unit has a remark.
"""

import re
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from motcua.importing.national.numerals import with_digits
from motcua.importing.national.sentences import Stated, stated_terms
from motcua.importing.national.shapes import ChannelRow
from motcua.importing.terms import Remark
from motcua.kernel.text import clean, fold

#: Folded unit → ours. Months, weeks and years stay what they are here; `definition.py` counts them in days.
UNITS = {
    "ngay lam viec": "working_day",
    "ngay cong": "working_day",
    "ngay": "day",
    "gio": "hour",
    "gio lam viec": "hour",
    "gio hanh chinh": "hour",
    "phut": "minute",
    "tuan": "week",
    "thang": "month",
    "quy": "quarter",
    "nam": "year",
}
#: Days of a unit, for comparing terms only.
_DAYS = {
    "working_day": Decimal("1.4"),
    "day": Decimal(1),
    "hour": Decimal("0.175"),
    "minute": Decimal("0.003"),
    "week": Decimal(7),
    "month": Decimal(30),
    "quarter": Decimal(90),
    "year": Decimal(365),
    "same_day": Decimal("0.5"),
}
_NOT_STATED = re.compile(
    r"(?:khong|chua)( co| duoc)?( thong tin| quy dinh| xac dinh)?( cu the)?( thoi (han|gian)( giai quyet)?)?|"
    r"khac|-+|0+|tuy theo dot"
)
_NUMBER = r"\d+(?:[.,]\d+)?"
_NUMBER_AND_UNIT = re.compile(
    rf"({_NUMBER})(?:\s*(?:-|–|den|toi)\s*({_NUMBER}))?\s*\(?\s*"
    rf"({'|'.join(sorted(UNITS, key=len, reverse=True))})?\)?\.?"
)
_AT_ONCE = re.compile(
    r"\b(ngay trong (ngay|buoi)|trong ngay|ngay sau khi|ngay khi|ngay lap tuc|tuc thi|"
    r"giai quyet ngay|tra ket qua ngay|cap ngay)\b"
)
#: The rule of same-day procedures: what comes in after 15:00 is answered on the next working day.
_SAME_DAY_RULE = re.compile(r"(?:trong ngay[^.;]{0,160})?sau 15 gio[^.;]{0,200}ngay (?:lam viec )?tiep theo")
_EVENT = re.compile(r"\b(truoc khi|ngay truoc|ket thuc ke tu khi|hoan thanh|truoc thoi diem)\b")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as stated: `unit` is one of UNITS' values, same_day (amount 0), or "" where none is stated."""

    amount: Decimal
    unit: str

    @property
    def days(self) -> Decimal:
        """How long it is, for comparing."""
        return self.amount * _DAYS[self.unit] if self.unit != "same_day" else _DAYS["same_day"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A term a sentence states: under what condition, and whether it comes on top of another."""

    lengths: tuple[Length, ...]
    condition: str
    role: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class TermReading:
    """What a row says about its term; `lengths` has several parts only where they add up in different units."""

    lengths: tuple[Length, ...] = ()
    variants: tuple[Variant, ...] = ()
    remarks: tuple[Remark, ...] = ()
    bare: Decimal | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether the term does not simply stand there as a number and its unit."""
        return bool(self.remarks)


def read_term(row: ChannelRow, steps: str = "") -> TermReading:
    """Read the term of a row; `steps` (trình tự thực hiện) may only confirm the unit of a number without one."""
    cell = clean(f"{row.term} {row.unit}")
    if (match := _NUMBER_AND_UNIT.fullmatch(fold(cell))) and not _is_zero(match):
        amount = _number(match[2] or match[1])
        if match[3]:
            return _plain(row, cell, Length(amount, UNITS[match[3]]), is_range=match[2] is not None)
        return _without_unit(row, amount, steps)
    if _NOT_STATED.fullmatch(fold(cell).strip(" .")) or not cell or match:
        return _from_note(row)
    return _from_words(cell)


def _plain(row: ChannelRow, cell: str, length: Length, *, is_range: bool) -> TermReading:
    """A number with its unit; doubtful where it is a range, or where the note counts the same number otherwise."""
    variants = _variants(row.note)
    remarks = []
    if is_range:
        remarks.append(_remark("term_range", f"Nguồn ghi khoảng “{cell}”, lấy mức dài nhất."))
    told = [one.lengths[0] for one in variants if len(one.lengths) == 1 and one.lengths[0].amount == length.amount]
    if told and all(one.unit != length.unit for one in told):
        message = f"Cột thời hạn ghi “{cell}” nhưng phần mô tả tính cùng con số theo đơn vị khác."
        remarks.append(_remark("term_unit_differs", message))
    return TermReading((length,), variants, tuple(remarks))


def _remark(code: str, message: str) -> Remark:
    return Remark("terms", code, message)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _is_zero(match: re.Match[str]) -> bool:
    return _number(match[2] or match[1]) == 0


def _without_unit(row: ChannelRow, amount: Decimal, steps: str) -> TermReading:
    """A bare number: its unit from where the words beside it use the same number, else what the note states."""
    if unit := _unit_beside(row.note, amount) or (_unit_beside(steps, amount) if amount > 1 else ""):
        message = f"Ô thời hạn chỉ ghi số {amount}; đơn vị lấy từ đoạn chữ có cùng con số."
        return TermReading((Length(amount, unit),), (), (_remark("term_unit_from_text", message),), amount)
    from_note = _resolved(stated_terms(row.note), "term_from_note")
    if from_note.lengths:
        return from_note
    if amount == 1 and (same_day := _SAME_DAY_RULE.search(fold(f"{row.note} {steps}"))):
        return _at_once(same_day.group())
    message = f"Ô thời hạn chỉ ghi số {amount}, không ghi đơn vị (ngày, ngày làm việc hay giờ)."
    return TermReading((), (), (_remark("term_without_unit", message),), amount)


def _unit_beside(text: str, amount: Decimal) -> str:
    """The unit this very number has in the text, when it always has the same."""
    plain = fold(with_digits(clean(text).lower()))
    names = "|".join(sorted(UNITS, key=len, reverse=True))
    found = {
        UNITS[unit] for unit in re.findall(rf"(?<![\d/.,])0*{amount}\s*(?:\([^()]*\)\s*)?({names})\b(?! \d)", plain)
    }
    return found.pop() if len(found) == 1 else ""


def _from_note(row: ChannelRow) -> TermReading:
    """No term in its column: what the note states, if anything."""
    reading = _resolved(stated_terms(row.note), "term_from_note")
    if reading.lengths:
        return reading
    if _AT_ONCE.search(fold(row.note)):
        return _at_once(row.note)
    return TermReading(remarks=(_remark("term_not_stated", "Nguồn không ghi thời hạn giải quyết."),))


def _at_once(text: str) -> TermReading:
    message = f"Hiểu là trong ngày: “{clean(text)[:160]}”."
    return TermReading((Length(Decimal(0), "same_day"),), (), (_remark("term_at_once", message),))


def _from_words(cell: str) -> TermReading:
    """A term told in a sentence."""
    folded = fold(cell)
    if _AT_ONCE.search(folded) and not _EVENT.search(folded):
        found = stated_terms(cell)
        clear = folded.startswith(("ngay trong", "trong ngay", "trong buoi"))
        if not found:
            return TermReading((Length(Decimal(0), "same_day"),)) if clear else _at_once(cell)
    reading = _resolved(stated_terms(cell), "term_from_sentence")
    if reading.lengths:
        return reading
    message = f"Thời hạn gắn với sự kiện hoặc viết bằng lời, không thành số: “{cell[:200]}”."
    return TermReading(remarks=(_remark("term_not_read", message),))


def _variants(note: str) -> tuple[Variant, ...]:
    return tuple(map(_variant, stated_terms(note)))


def _variant(stated: Stated) -> Variant:
    return Variant(
        tuple(Length(amount, UNITS[unit]) for amount, unit in stated.parts), stated.condition, stated.role, stated.group
    )


def _resolved(stated: list[Stated], code: str) -> TermReading:
    """The one term that binds: the whole where it is told, else the stages together, else the longest."""
    variants = tuple(map(_variant, stated))
    if not variants:
        return TermReading()
    totals = [one for one in variants if one.role == "total"]
    usable = totals or [*(one for one in variants if one.role == "whole"), *_staged(variants)]
    if not usable:
        return TermReading(variants=variants)
    longest = max(usable, key=lambda one: sum(length.days for length in one.lengths))
    message = "Thời hạn đọc từ câu chữ, không phải từ cột số."
    if len(usable) > 1:
        message = f"Nguồn ghi {len(usable)} thời hạn theo trường hợp; lấy mức dài nhất làm mức tối đa."
        code = "term_by_case"
    elif longest.role == "sum":
        message = "Nguồn chỉ ghi thời hạn từng bước; thời hạn là tổng các bước."
        code = "term_sum_of_stages"
    return TermReading(longest.lengths, variants, (_remark(code, message),))


def _staged(variants: tuple[Variant, ...]) -> list[Variant]:
    """The stages of each group as one term that is their sum."""
    groups: dict[int, list[Variant]] = {}
    for one in variants:
        if one.role == "stage":
            groups.setdefault(one.group, []).append(one)
    return [
        replace(stages[0], lengths=_together(stages), role="sum") if len(stages) > 1 else stages[0]
        for stages in groups.values()
    ]


def _together(stages: list[Variant]) -> tuple[Length, ...]:
    sums: dict[str, Decimal] = {}
    for length in (length for stage in stages for length in stage.lengths):
        sums[length.unit] = sums.get(length.unit, Decimal(0)) + length.amount
    return tuple(Length(amount, unit) for unit, amount in sums.items())


def whole(amount: Decimal) -> int:
    """Round up to whole units: a term must not come out shorter than stated."""
    return int(amount.to_integral_value(ROUND_CEILING))
