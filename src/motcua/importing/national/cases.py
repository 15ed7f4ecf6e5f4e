"""The cases (trường hợp) of a procedure, with the term of each channel and its fees, from what was read of a record.

Cases come from rows that name one channel several times, else from sentences that state terms by condition, else from
the headings over the papers; a record without any of them has one case, "default".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from motcua.importing.national.fees import FeeValue
from motcua.importing.national.parsing import Channel, Parsed, Way
from motcua.importing.national.terms import Length, TermReading
from motcua.kernel.text import clean
from motcua.procedures.terms import Case, Fee, TermChannel
from motcua.processes.terms import TermSpec

DEFAULT_NAME = "Trường hợp chung"
_NAME_LENGTH = 300
_NOTE_LENGTH = 2000
_MOST_CASES = 40
#: Days of units that a term cannot be counted in here (Bộ luật Dân sự 2015, Điều 146: tháng 30, năm 365, tuần 7 ngày).
_IN_DAYS = {"week": 7, "month": 30, "quarter": 90, "year": 365}
_UNIT_WORDS = {
    "working_day": "ngày làm việc",
    "day": "ngày",
    "hour": "giờ",
    "minute": "phút",
    "week": "tuần",
    "month": "tháng",
    "quarter": "quý",
    "year": "năm",
}
_HOURS_A_DAY = 8
_CALENDAR = Decimal(7) / Decimal(5)


@dataclass(slots=True)
class _Draft:
    """A case while its rows are gathered: at most one row a channel."""

    rows: dict[Channel, Way] = field(default_factory=dict)


def cases_of(parsed: Parsed) -> tuple[Case, ...]:
    """Return the cases; the paper headings' cases carry the names `Parsed.papers.cases` in the same order."""
    drafts = _from_rows(parsed.ways)
    if len(drafts) > 1:
        names = _distinct(_row_name(draft, place) for place, draft in enumerate(drafts, start=1))
        return tuple(
            _case(key(place), name, draft.rows.values())
            for place, (name, draft) in enumerate(zip(names, drafts, strict=True))
        )
    rows = tuple(drafts[0].rows.values()) if drafts else ()
    if len(conditions := _conditions(rows)) > 1:
        return tuple(_by_condition(place, one, rows) for place, one in enumerate(conditions))
    if parsed.papers.cases and len(parsed.papers.cases) <= _MOST_CASES:
        names = _distinct(map(short, parsed.papers.cases))
        return tuple(_case(key(place), name, rows) for place, name in enumerate(names))
    return (_case("default", DEFAULT_NAME, rows),)


def key(place: int) -> str:
    """The key of the case at a place, from 0; the first one is "default"."""
    return f"case-{place + 1}" if place else "default"


def short(text: str, length: int = _NAME_LENGTH) -> str:
    """The text on one line, cut with "…" where it is longer."""
    line = clean(text).strip(" -+*:;")
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def _distinct(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        candidate, number = name, 2
        while candidate in found:
            candidate, number = f"{name} ({number})", number + 1
        found.append(candidate)
    return found


def _from_rows(ways: Sequence[Way]) -> list[_Draft]:
    """Rows of one channel that say different things are different cases; the channel with most rows leads."""
    by_channel: dict[Channel, list[Way]] = {}
    for way in ways:
        known = by_channel.setdefault(way.channel, [])
        if all(one.said != way.said for one in known):
            known.append(way)
    if not by_channel:
        return []
    leading = max(by_channel, key=lambda channel: len(by_channel[channel]))
    drafts = [_Draft({leading: way}) for way in by_channel[leading][:_MOST_CASES]]
    for channel, rows in by_channel.items():
        if channel != leading:
            for way in rows:
                _place(drafts, channel, way)
    return drafts


def _place(drafts: list[_Draft], channel: Channel, way: Way) -> None:
    """Put a row to the case that says most nearly the same and has no row of the channel yet."""
    free = [draft for draft in drafts if channel not in draft.rows]
    if free:
        best = max(free, key=lambda draft: _likeness(next(iter(draft.rows.values())), way))
        best.rows[channel] = way


def _likeness(one: Way, other: Way) -> int:
    same_note = bool(one.note) and one.note[:80] == other.note[:80]
    return (one.said == other.said) * 4 + same_note * 2 + (one.term.lengths == other.term.lengths)


def _row_name(draft: _Draft, place: int) -> str:
    """What the row itself says its case is, else its number and term."""
    rows = list(draft.rows.values())
    for text in (rows[0].note, *(fee.note for fee in rows[0].fees.fees)):
        if found := re.search(r"(?:Đối với|Trường hợp|đối với|trường hợp)\s[^:;.\n]{3,200}", text):
            return short(found.group()[0].upper() + found.group()[1:])
    words = length_words(rows[0].term.lengths)
    return f"Trường hợp {place}" + (f" ({words})" if words else "")


def _conditions(rows: Sequence[Way]) -> list[str]:
    """Conditions under which the sentences state different terms, where the term's own column states none."""
    found: dict[str, set[tuple[Length, ...]]] = {}
    for row in rows:
        if any(remark.code == "term_by_case" for remark in row.term.remarks):
            for variant in row.term.variants:
                if variant.role == "whole":
                    found.setdefault(variant.condition, set()).add(variant.lengths)
    lengths = {one for each in found.values() for one in each}
    return list(found) if len(found) > 1 and len(lengths) > 1 and len(found) <= _MOST_CASES else []


def _by_condition(place: int, condition: str, rows: Sequence[Way]) -> Case:
    terms: dict[TermChannel, TermSpec] = {}
    for row in rows:
        own = [one for one in row.term.variants if one.condition == condition and one.role == "whole"]
        if own and (spec := term_spec(TermReading(own[0].lengths, (), row.term.remarks))):
            terms[row.channel] = spec
    name = short(condition[:1].upper() + condition[1:]) or DEFAULT_NAME
    return Case(key=key(place), name=name, terms=terms, fees=_fees(rows), note="")


def _case(case_key: str, name: str, rows: Iterable[Way]) -> Case:
    ways = tuple(rows)
    terms: dict[TermChannel, TermSpec] = {}
    for way in ways:
        if spec := term_spec(way.term):
            terms[way.channel] = spec
    notes = dict.fromkeys(way.note for way in ways if way.note)
    return Case(key=case_key, name=name, terms=terms, fees=_fees(ways), note="\n".join(notes)[:_NOTE_LENGTH])


def term_spec(reading: TermReading) -> TermSpec | None:
    """The term as the system counts it, never shorter than stated; unverified where the source was not plain."""
    lengths = reading.lengths
    if not lengths:
        return None
    words = length_words(lengths)
    if len(lengths) > 1:
        days = sum((_calendar_days(length) for length in lengths), Decimal(0))
        return TermSpec(amount=_up(days), unit="day", unverified=True, note=words)
    return _single(lengths[0], words, is_doubtful=reading.is_doubtful)


def _single(length: Length, words: str, *, is_doubtful: bool) -> TermSpec:
    amount, unit = length.amount, length.unit
    if unit == "same_day":
        return TermSpec(amount=0, unit="same_day", unverified=is_doubtful)
    if unit in _IN_DAYS:
        note = f"{words} (1 tháng là 30 ngày, 1 năm là 365 ngày)" if unit != "week" else words
        return TermSpec(amount=_up(amount * _IN_DAYS[unit]), unit="day", unverified=is_doubtful, note=note)
    if unit in {"hour", "minute"}:
        hours = amount if unit == "hour" else amount / 60
        rough = hours != _up(hours) or hours > _HOURS_A_DAY
        return TermSpec(
            amount=_up(hours), unit="working_hour", unverified=is_doubtful or rough, note=words if rough else ""
        )
    rough = amount != _up(amount)
    is_days = unit == "working_day"
    return TermSpec(
        amount=_up(amount),
        unit="working_day" if is_days else "day",
        unverified=is_doubtful or rough,
        note=words if rough else "",
    )


def _calendar_days(length: Length) -> Decimal:
    if length.unit == "working_day":
        return length.amount * _CALENDAR
    return length.days


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))


def length_words(lengths: Iterable[Length]) -> str:
    """The length in words: "15 ngày làm việc và 47 ngày"."""
    parts = []
    for length in lengths:
        if length.unit == "same_day":
            parts.append("trong ngày")
        else:
            parts.append(f"{format(length.amount.normalize(), 'f').replace('.', ',')} {_UNIT_WORDS[length.unit]}")
    return " và ".join(parts)


def _fees(ways: Sequence[Way]) -> tuple[Fee, ...]:
    """The fees of the rows; one that all channels share is said once, without channels."""
    by_fee: dict[FeeValue, list[Channel]] = {}
    for way in ways:
        for fee in way.fees.fees:
            by_fee.setdefault(fee, []).append(way.channel)
    everywhere = {way.channel for way in ways}
    return tuple(_fee(fee, channels, everywhere) for fee, channels in by_fee.items())


def _fee(fee: FeeValue, channels: Sequence[Channel], everywhere: set[Channel]) -> Fee:
    """A fee in đồng; one in another money, or without a figure, has amount 0, is unverified and says so."""
    in_dong = fee.currency == "VND" and fee.amount is not None and fee.amount == int(fee.amount)
    notes = [*_why_no_amount(fee, is_in_dong=in_dong), fee.note]
    limited: tuple[TermChannel, ...] = (
        () if set(channels) == everywhere or "any" in channels else tuple(dict.fromkeys(channels))
    )
    return Fee(
        name=short(fee.name) or "Phí",
        kind=fee.kind,
        amount=int(fee.amount) if in_dong and fee.amount is not None else 0,
        per=short(fee.per, 60),
        channels=limited,
        note=short(". ".join(filter(None, notes)), _NOTE_LENGTH),
        unverified=fee.is_doubtful or not in_dong,
    )


def _why_no_amount(fee: FeeValue, *, is_in_dong: bool) -> Iterator[str]:
    if fee.status == "by_rule":
        yield "Mức thu theo văn bản khác, nguồn không ghi số"
    elif fee.status == "percent":
        yield "Mức thu tính theo phần trăm"
    elif not is_in_dong and fee.amount is not None:
        yield f"{format(fee.amount.normalize(), 'f').replace('.', ',')} {fee.currency}" + (
            f"/{fee.per}" if fee.per else ""
        )
