"""Results (kết quả thực hiện) with their codes: from a table, from "TênMã: KQ.G01.000074…", or from words."""

import re
from dataclasses import dataclass

from motcua.importing.national.letters import LOWER, UPPER
from motcua.importing.national.shapes import NationalRecord
from motcua.importing.terms import Remark
from motcua.kernel.text import clean, fold

#: KQ, the ministry's code and six digits (domain: national result code), or the older way of the ministries.
CODE = re.compile(r"KQ\.[A-Z0-9]+\.\d{6}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-KQ\d{4}")
_MARK = re.compile(r"Mã(?: kết quả)?\s*:\s*")
_LOOSE = re.compile(rf"[{UPPER}0-9.\-_]+?(?=[{UPPER}][{LOWER}]|\s|$)")
_REST = re.compile(
    r"Từ khóa(?P<keywords>.*?)Mô tả(?P<summary>.*?)(?:Chọn cơ quan thực hiện.*|Nộp hồ sơ.*|$)", re.DOTALL
)
_NOTHING = "khong co thong tin"
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class ResultValue:
    """One result; `code` is "" where none is stated."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ResultReading:
    """The results, and what the portal's page said behind them: keywords and a description."""

    results: tuple[ResultValue, ...] = ()
    keywords: str = ""
    summary: str = ""
    remarks: tuple[Remark, ...] = ()


def read_results(record: NationalRecord) -> ResultReading:
    """Read the results of a record."""
    if record.results:
        return _reading(tuple(ResultValue(code, name) for code, name in record.results))
    text = clean(record.texts.get("results", ""), keep_lines=True)
    keywords = summary = ""
    if rest := _REST.search(text):
        keywords, summary = _said(rest["keywords"]), _said(rest["summary"])
        text = text[: rest.start()].strip()
    if not _said(text):
        return ResultReading(keywords=keywords, summary=summary, remarks=(_not_stated(),))
    results = tuple(_glued(text)) if _MARK.search(text) else tuple(_listed(text))
    return _reading(results, keywords, summary)


def _reading(results: tuple[ResultValue, ...], keywords: str = "", summary: str = "") -> ResultReading:
    without = sum(not one.code for one in results)
    message = f"{without} kết quả không ghi mã."
    remarks = (Remark("results", "result_without_code", message),) if without else ()
    return ResultReading(results, keywords, summary, remarks)


def _not_stated() -> Remark:
    return Remark("results", "result_not_stated", "Nguồn không ghi kết quả thực hiện.")


def _said(text: str) -> str:
    text = text.strip()
    return "" if fold(text) == _NOTHING else text


def _glued(text: str) -> list[ResultValue]:
    found = []
    begun = 0
    for mark in _MARK.finditer(text):
        name = clean(text[begun : mark.start()])
        code = CODE.match(text, mark.end()) or _LOOSE.match(text, mark.end())
        begun = code.end() if code else mark.end()
        if name:
            found.append(ResultValue(code.group().strip(".-_") if code else "", name))
    if rest := clean(text[begun:]):
        found.append(ResultValue("", rest))
    return found


def _listed(text: str) -> list[ResultValue]:
    """Results told in words: one a line where the lines are marked, else all of it."""
    lines = [line.strip(" -+*;") for line in text.split("\n") if line.strip(" -+*;")]
    if len(lines) > 1 and all(len(line) <= _LONGEST for line in lines):
        return [ResultValue("", line) for line in lines]
    return [ResultValue("", clean(text))]
