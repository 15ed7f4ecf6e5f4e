"""From a row of any known shape to one neutral record: all source text, named by our fields, word for word."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.importing.national.columns import FIELDS, folded_key
from motcua.importing.terms import Kind, Remark
from motcua.kernel.text import clean, fold

#: What the portal writes where it has nothing to say.
_EMPTY = frozenset({"", "khong co thong tin", "-", "--"})
_NESTED = frozenset({"metadata", "content", "tables"})


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One row of "cách thức thực hiện": the way, its term, its fees and what else it says, as text.

    `unit` stands apart from `term` where the source keeps it apart; `fees` has one text a fee or one for all.
    """

    channel: str = ""
    term: str = ""
    unit: str = ""
    fees: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of "thành phần hồ sơ": `group` is the case or heading above it; counts are text ("1", "")."""

    name: str
    group: str = ""
    form: str = ""
    files: tuple[str, ...] = ()
    originals: str = ""
    copies: str = ""


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One row of "căn cứ pháp lý" where the source has a table of them."""

    number: str = ""
    name: str = ""
    issued_on: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class NationalRecord:
    """One procedure as a source tells it: `texts` by our field names; tables where the source has tables.

    `code` is "" where the source has none. A field is either in `texts` (as words) or in its table, or in both.
    """

    kind: Kind
    code: str
    name: str
    texts: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[ChannelRow, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    bases: tuple[BasisRow, ...] = ()
    results: tuple[tuple[str, str], ...] = ()
    domain_code: str = ""
    remarks: tuple[Remark, ...] = ()


def record_of(row: Mapping[str, Any]) -> NationalRecord:
    """Return the record in a row. A row without a name gets the name ""; the caller refuses it."""
    values = dict(_known_values(row))
    texts = {name: text for name, value in values.items() if (text := _names(value) or _words(value))}
    code = clean(texts.pop("code", ""))
    name = clean(texts.pop("name", ""))
    return NationalRecord(
        kind=_kind_of(row),
        code=code.upper(),
        name=name,
        texts=texts,
        ways=tuple(_ways(values.get("ways"))),
        papers=tuple(_papers(values.get("components"))),
        bases=tuple(_bases(values.get("basis"))),
        results=tuple(_results(values.get("results"))),
        domain_code=_inner(values.get("domain"), "malinhvuc", "ma linh vuc"),
        remarks=tuple(_damage(texts)),
    )


def provisional_code(name: str) -> str:
    """Return the code a record without one is kept under: X. and ten digits that only its folded name decides."""
    return f"X.{hashlib.sha256(fold(name).encode()).hexdigest()[:10]}"


def canonical(row: Mapping[str, Any]) -> str:
    """Return the row as JSON text that does not depend on the order of its keys: what its hash is taken over."""
    return json.dumps(row, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)


def _known_values(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Our field → the row's value; the first known name with something in it wins."""
    flat = dict(_flat(row))
    for name, words in FIELDS.items():
        found = [value for key, value in flat.items() if key in words]
        filled = next((value for value in found if _words(value)), None)
        if filled is not None:
            yield name, filled


def _flat(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    later: list[tuple[str, Any]] = []
    for key, value in row.items():
        if folded_key(key) in _NESTED and isinstance(value, Mapping):
            tables = [(folded_key(inner), content) for inner, content in value.items()]
            if folded_key(key) == "tables":
                # A table says the same as the running text beside it, only better: it goes first.
                yield from ((inner, content) for inner, content in tables if content)
            else:
                later.extend(tables)
        else:
            later.append((folded_key(key), value))
    yield from later


def _kind_of(row: Mapping[str, Any]) -> Kind:
    keys = {folded_key(key) for key in row}
    if "tables" in keys or "metadata" in keys:
        return "tables"
    if keys & {"matthc", "tentthc"}:
        return "exchange"
    if "ten thu tuc" in keys and "cach thuc thuc hien" in keys:
        return "portal"
    if "title" in keys or "cach thuc thuc hien" in keys or "trinh tu thuc hien" in keys:
        return "archive"
    return "list"


def _words(value: Any) -> str:
    """A value as text, word for word where it is text; lists and tables line by line. "" for the portal's nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if fold(value) in _EMPTY else value
    if isinstance(value, Mapping):
        return "; ".join(filter(None, map(_words, value.values())))
    if isinstance(value, Sequence):
        return "\n".join(filter(None, map(_words, value)))
    return str(value)


def _names(value: Any) -> str:
    """The names in a table of units or fields, without their codes ("" for anything else)."""
    found = [_inner(row, "tenlinhvuc", "tendonvi", "ten linh vuc", "ten don vi") for row in _tables(value)]
    return ", ".join(filter(None, found))


def _tables(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return [value]
    if isinstance(value, list):
        return [row for row in value if isinstance(row, Mapping)]
    return []


def _inner(value: Any, *names: str) -> str:
    """The text under one of the folded names, in a row or in the first row of a list."""
    for row in _tables(value)[:1]:
        for key, inner in row.items():
            if folded_key(key) in names and (text := _words(inner)):
                return clean(text, keep_lines=True)
    return ""


def _child(row: Mapping[str, Any], *names: str) -> Any:
    return next((inner for key, inner in row.items() if folded_key(key) in names), None)


def _ways(value: Any) -> Iterator[ChannelRow]:
    for row in _tables(value):
        channel = _inner(row, "hinh thuc nop", "hinh thuc", "kenh", "tenkenh")
        times = _tables(_child(row, "thoigian", "thoi gian"))
        for time in times:
            fees = tuple(_fee_text(fee) for fee in _tables(_child(time, "philephi", "phi le phi")))
            term, unit = _inner(time, "thoigiangiaiquyet"), _inner(time, "donvitinh", "don vi tinh")
            yield ChannelRow(channel, term, unit, fees, _inner(time, "mota", "mo ta"))
        if not times:
            fee = _inner(row, "phi le phi", "phi, le phi")
            yield ChannelRow(
                channel,
                _inner(row, "thoi han giai quyet", "thoi gian", "thoi han", "thoi gian giai quyet"),
                _inner(row, "don vi tinh", "don vi"),
                (fee,) if fee else (),
                _inner(row, "mo ta", "mota", "ghi chu"),
            )


def _fee_text(row: Mapping[str, Any]) -> str:
    amount, unit = _inner(row, "sotien", "so tien", "gia"), _inner(row, "donvi", "don vi")
    note, kind = _inner(row, "mota", "mo ta"), _inner(row, "loaiphilephi", "tenphilephi")
    kind = f"{kind}: " if fold(kind).startswith(("phi", "le phi")) else ""
    return f"{kind}{amount} {unit}".strip() + (f" ({note})" if note else "")


def _papers(value: Any) -> Iterator[PaperRow]:
    for row in _tables(value):
        group = _inner(row, "truonghop", "truong hop")
        inner = _tables(_child(row, "giayto", "giay to"))
        for paper in inner or [row]:
            if made := _paper(paper, group):
                yield made


def _paper(row: Mapping[str, Any], group: str) -> PaperRow | None:
    name = _inner(row, "ten giay to", "tengiayto", "ten thanh phan", "thanh phan ho so")
    if not name:
        return None
    form = _inner(row, "mau don, to khai", "mau don to khai", "tenmaudon", "ten mau don")
    # The tables of 2025 are shifted by one column: the count's column holds the form's file, the note the counts.
    count, note = _inner(row, "so luong", "so luong - ban chinh"), _inner(row, "ghi chu")
    counts = note if "ban chinh" in fold(note) else count
    if counts is note and count:
        form = form or count
    link = _inner(row, "url")
    return PaperRow(
        name=name,
        group=group,
        form="" if form.startswith("http") else form,
        files=tuple(filter(None, [link, form if form.startswith("http") and not form.endswith("=") else ""])),
        originals=_inner(row, "sobanchinh", "so ban chinh", "ban chinh") or counted(counts, "bản chính"),
        copies=_inner(row, "sobansao", "so ban sao", "ban sao") or counted(counts, "bản sao"),
    )


def counted(text: str, what: str) -> str:
    """The number in "Bản chính: 1" or "1 bản chính"; "" where there is none."""
    words = fold(text).replace("-", " ").split()
    first, second = fold(what).split()
    for place in range(len(words) - 1):
        if words[place] == first and words[place + 1].rstrip(":,") == second:
            around = [*words[place + 2 : place + 3], *words[place - 1 : place]] if place else words[2:3]
            if ":" not in words[place + 1]:
                around.reverse()
            return next((one.strip(":,()") for one in around if one.strip(":,()").isdigit()), "")
    return ""


def _bases(value: Any) -> Iterator[BasisRow]:
    for row in _tables(value):
        made = BasisRow(
            _inner(row, "so ky hieu", "sovanban", "so van ban", "ma van ban", "so"),
            _inner(row, "trich yeu", "tenvanban", "ten van ban", "ten van ban phap ly"),
            _inner(row, "ngay ban hanh", "ngaybanhanh"),
            _inner(row, "co quan ban hanh", "coquanbanhanh"),
        )
        if made.number or made.name:
            yield made


def _results(value: Any) -> Iterator[tuple[str, str]]:
    for row in _tables(value):
        name = _inner(row, "tenketqua", "ten ket qua", "ten giay to")
        if name:
            yield _inner(row, "maketqua", "ma ket qua", "ma"), name


def _damage(texts: Mapping[str, str]) -> Iterator[Remark]:
    for name, text in texts.items():
        if "�" in text:
            yield Remark(name, "damaged_text", "Có ký tự hỏng trong tệp nguồn, không khôi phục được.")
