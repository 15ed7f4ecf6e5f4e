"""The papers of a dossier (thành phần hồ sơ) with their counts, forms, and the case or heading they stand under."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from motcua.importing.national.cells import split_papers, without_files
from motcua.importing.national.shapes import NationalRecord, PaperRow
from motcua.importing.terms import Remark
from motcua.kernel.text import clean, fold

#: paper = handed in; present = only shown; remark = words about the papers that the portal lists as one of them.
PaperKind = Literal["paper", "present", "remark"]


@dataclass(frozen=True, slots=True)
class PaperValue:
    """One paper as read; a count is None where the source gives none."""

    name: str
    group: str
    kind: PaperKind
    originals: int | None
    copies: int | None
    form: str = ""
    files: tuple[str, ...] = ()
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class PaperReading:
    """The papers of a record; `cases` are those groups that name a case, in their order."""

    papers: tuple[PaperValue, ...] = ()
    cases: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


_CASE = re.compile(
    r"^(?:[a-z]?[ivx\d]{0,3}(?:\.\d+)?[.)]\s*|[-+*]\s*|\(\w{1,3}\)\s*)*"
    r"(?:doi voi|truong hop|khi |ve (?:cap|gia han|viec)|ho so[^,;:]{0,40}(?:doi voi|truong hop))"
)
_PRESENT = re.compile(r"xuat trinh")
_REMARK = re.compile(r"^(?:[-+*\s]*)(?:luu y|ghi chu|chu y|so luong(?: ho so)?\b)")
_OPTIONAL = re.compile(r"\(?neu co\)?|neu can|truong hop uy quyen")
_FORM = re.compile(
    r"((?:[Bb]iểu mẫu|[Mm]ẫu|MẪU|[Pp]hụ lục|PHỤ LỤC)(?:\s+số)?\s+(?:[0-9IVXLC]+[\w.\-/]*|[A-ZĐ]{1,4}[\w.\-/]*)"
    r"(?:[^;()\n]{0,60}?ban hành (?:kèm )?theo [^;()\n]{5,120}?(?=[.]\s|[;()]|$))?)"
)
_BULLET = re.compile(r"\n+|(?<=[;.])\s+(?=[-+*]\s)")
_COUNTS = re.compile(
    r"(?P<number>(?<!\d)\d{1,9}|một|hai|ba|bốn|năm)\s*(?:\((?:\d+|một|hai|ba|bốn|năm)\)\s*)?"
    r"(?P<kind>bản chính|bản sao|bản gốc|bản|bộ)",
    re.IGNORECASE,
)
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_NOTHING = re.compile(r"khong(?: co)?(?: quy dinh)?(?: thong tin)?[.\s]*|-*")


def read_papers(record: NationalRecord) -> PaperReading:
    """Read the papers of a record from its table, its glued cell, or its running text."""
    text = record.texts.get("components", "")
    remarks: list[Remark] = []
    rows: Iterable[PaperRow] = record.papers
    if not record.papers and text:
        rows, remarks = split_papers(text)
        if not rows and not _NOTHING.fullmatch(
            fold(text).replace("ten giay to", "").replace("mau don, to khai", "").replace("so luong", "")
        ):
            rows, remarks = _from_running_text(text)
    papers = tuple(_paper(row) for row in rows)
    cases = tuple(dict.fromkeys(one.group for one in papers if is_case(one.group)))
    return PaperReading(papers, cases if len(cases) > 1 else (), (*remarks, *_counts_missing(papers)))


def is_case(group: str) -> bool:
    """Whether a heading names a case ("Đối với …", "Trường hợp …") rather than a way of handing in or a note."""
    return bool(_CASE.match(fold(group)[:200]))


def _paper(row: PaperRow) -> PaperValue:
    # What the source's table calls the form's column holds the form's file; a form is also named in the words.
    name, files = without_files(row.name)
    name = name or clean(row.name)
    form = _FORM.search(name)
    originals, copies = _count(row.originals), _count(row.copies)
    if originals is None and copies is not None:
        originals = 0
    elif copies is None and originals is not None:
        copies = 0
    return PaperValue(
        name=name,
        group=row.group,
        kind=_kind(name, row.group, originals, copies),
        originals=originals,
        copies=copies,
        form=clean(form[1]) if form else clean(row.form),
        files=tuple(dict.fromkeys(filter(None, [*row.files, *files, row.form]))),
        is_optional=bool(_OPTIONAL.search(fold(name))),
    )


def _count(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isdigit() else None


def _kind(name: str, group: str, originals: int | None, copies: int | None) -> PaperKind:
    if _REMARK.match(fold(name)) or (_REMARK.match(fold(group)) and not originals and not copies):
        return "remark"
    if _PRESENT.search(fold(group)) or fold(name).lstrip("-+* ").startswith("xuat trinh"):
        return "present"
    return "paper"


def _counts_missing(papers: tuple[PaperValue, ...]) -> list[Remark]:
    missing = [one.name for one in papers if one.originals is None and one.copies is None]
    if not missing:
        return []
    message = f"{len(missing)} giấy tờ không ghi số bản chính, bản sao; giấy tờ đầu tiên: “{missing[0][:100]}”."
    return [Remark("components", "count_not_stated", message)]


def _from_running_text(text: str) -> tuple[list[PaperRow], list[Remark]]:
    """A list of papers told line by line, with counts in words where there are any."""
    rows = []
    for line in _BULLET.split(clean(text, keep_lines=True)):
        name = line.strip(" -+*\t")
        if name:
            found = {fold(match["kind"]): match["number"].lower() for match in _COUNTS.finditer(name)}
            originals = found.get("ban chinh") or found.get("ban goc") or found.get("ban") or ""
            rows.append(PaperRow(name, originals=_digits(originals), copies=_digits(found.get("ban sao", ""))))
    message = "Thành phần hồ sơ viết liền thành đoạn: mỗi dòng được coi là một giấy tờ."
    return rows, [Remark("components", "papers_from_lines", message)]


def _digits(number: str) -> str:
    return str(_WORDS.get(number, number))
