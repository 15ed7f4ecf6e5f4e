"""All that can be read from one record, with what could not: the values behind a definition, and as plain JSON."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from motcua.importing.national.basis import BasisReading, read_basis
from motcua.importing.national.cells import split_ways
from motcua.importing.national.components import PaperReading, read_papers
from motcua.importing.national.fees import FeeReading, read_fees
from motcua.importing.national.results import ResultReading, read_results
from motcua.importing.national.shapes import ChannelRow, NationalRecord
from motcua.importing.national.terms import TermReading, read_term
from motcua.importing.terms import Remark
from motcua.kernel.text import fold

Channel = Literal["any", "in_person", "online", "post"]
#: Ways of handing in by the portal's words and by LayThuTuc's numbers (KENH: 1 trực tiếp, 2 trực tuyến, 3 bưu chính).
_CHANNELS: tuple[tuple[str, Channel], ...] = (
    (r"1|truc tiep|nop truc tiep|tai tru so", "in_person"),
    (r"2|truc tuyen|nop truc tuyen|qua mang|dien tu", "online"),
    (r"3|.*buu chinh.*|.*buu dien.*|bcci", "post"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One row of "cách thức thực hiện", read."""

    channel: Channel
    term: TermReading
    fees: FeeReading
    note: str

    @property
    def said(self) -> tuple[object, ...]:
        """What makes two rows of one channel say different things."""
        return (
            self.term.lengths,
            self.term.bare,
            tuple((fee.amount, fee.currency, fee.status) for fee in self.fees.fees),
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything read from one record."""

    ways: tuple[Way, ...]
    papers: PaperReading
    results: ResultReading
    basis: BasisReading
    remarks: tuple[Remark, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "ways": [_way_json(way) for way in self.ways],
            "components": [_plain(paper) for paper in self.papers.papers],
            "cases": list(self.papers.cases),
            "results": [_plain(result) for result in self.results.results],
            "legal_basis": [_plain(document) for document in self.basis.documents],
        }


def parse(record: NationalRecord) -> Parsed:
    """Read the record. Never fails: what cannot be read has a remark."""
    rows, said = _rows(record)
    steps = record.texts.get("steps", "")
    ways = tuple(Way(channel_of(row.channel), read_term(row, steps), read_fees(row.fees), row.note) for row in rows)
    papers, results, basis = read_papers(record), read_results(record), read_basis(record)
    remarks = [*record.remarks, *said, *_missing(record, ways, papers)]
    for way in ways:
        remarks.extend([*_of_channel(way), *way.fees.remarks])
    remarks.extend([*papers.remarks, *results.remarks, *basis.remarks])
    return Parsed(ways, papers, results, basis, tuple(dict.fromkeys(remarks)))


def channel_of(words: str) -> Channel:
    """The way of handing in that the words name; "any" where they name none."""
    folded = fold(words)
    return next((channel for pattern, channel in _CHANNELS if re.fullmatch(pattern, folded)), "any")


def _rows(record: NationalRecord) -> tuple[list[ChannelRow], list[Remark]]:
    if record.ways:
        return list(record.ways), []
    if text := record.texts.get("ways"):
        return split_ways(text)
    term, fee = record.texts.get("term", ""), record.texts.get("fee", "")
    if term or fee:
        return [ChannelRow(term=term, fees=(fee,) if fee else ())], []
    return [], []


def _missing(record: NationalRecord, ways: tuple[Way, ...], papers: PaperReading) -> Iterator[Remark]:
    if not ways:
        yield Remark("terms", "ways_not_stated", "Nguồn không ghi cách thức thực hiện, thời hạn, phí.")
    elif not any(way.channel != "any" for way in ways):
        yield Remark(
            "terms", "channel_not_stated", "Nguồn không ghi hình thức nộp; thời hạn áp dụng cho mọi hình thức."
        )
    if not papers.papers:
        text = record.texts.get("components", "")
        message = (
            "Nguồn ghi thành phần hồ sơ nhưng không tách được giấy tờ." if text else "Nguồn không ghi thành phần hồ sơ."
        )
        yield Remark("components", "components_not_read" if text else "components_not_stated", message)


def _of_channel(way: Way) -> Iterator[Remark]:
    for remark in way.term.remarks:
        yield Remark(f"terms.{way.channel}", remark.code, remark.message)


def _way_json(way: Way) -> dict[str, Any]:
    return {
        "channel": way.channel,
        "term": [_plain(length) for length in way.term.lengths],
        "bare_number": _value(way.term.bare),
        "variants": [_plain(variant) for variant in way.term.variants],
        "fees": [_plain(fee) for fee in way.fees.fees],
        "note": way.note,
    }


def _plain(part: Any) -> dict[str, Any]:
    return {key: _value(value) for key, value in asdict(part).items()}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_value(inner) for inner in value]
    return value
