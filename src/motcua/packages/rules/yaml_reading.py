"""One YAML file into plain values, with the line of each of them and every fault in the way it is written.

The plain subset of YAML that people need: mappings, lists, texts, numbers, true/false. What is not quoted is a number
only when JSON would call it one: `0912345678`, `2026-03-02`, `12:30`, `no` are texts. Anchors, references, tags,
several documents and names given twice are faults: with them a short file may hold something enormous, or something
else than what is seen.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import yaml

from motcua.kernel.errors import Problem
from motcua.packages.terms import DEEPEST, LARGEST_FILE, Path

_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]{0,400})(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?")
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(slots=True)
class Document:
    """What one file holds. `lines`: of every value; `plain`: the letters of what was not quoted, by place.

    `value` is None when the file cannot be read at all; `spoiled` are the places that a fault made worthless.
    """

    name: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    plain: dict[Path, str] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)
    spoiled: set[Path] = field(default_factory=set)

    def fault(self, code: str, message: str, line: int) -> None:
        """Note a fault of the file at a line (from 1)."""
        self.faults.append(Problem(code, message, f"{self.name}:{line}"))

    def line_of(self, path: Path) -> int:
        """The line of the value at that place, or of the nearest one around it."""
        return next(self.lines[path[:size]] for size in range(len(path), -1, -1) if path[:size] in self.lines)


def plain_value(text: str) -> bool | int | float | str | None:
    """Return what an unquoted text means: nothing, true or false, a number, or the text itself."""
    if text in _NOTHING:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    if found[2] is None and found[3] is None:
        return int(text)
    number = float(text)
    return number if math.isfinite(number) and Decimal(repr(number)) == Decimal(text) else text


def read_yaml(name: str, data: bytes) -> Document:
    """Return what the file holds, with every fault of its writing; never raises."""
    document = Document(name, lines={(): 1})
    text = decoded(document, data)
    if text is None:
        return document
    try:
        events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, RecursionError) as error:
        _tell_syntax(document, error, text)
        return document
    builder = _Builder(document, iter(events))
    document.value = builder.whole()
    return document


def decoded(document: Document, data: bytes) -> str | None:
    """Return the letters of a file, or None and a fault: too large, not UTF-8."""
    if len(data) > LARGEST_FILE:
        document.fault("file_too_large", f"Tệp lớn hơn {LARGEST_FILE // 1024} KB.", 1)
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.fault("encoding", "Tệp ghi theo mã UTF-16; hãy lưu lại theo mã UTF-8.", 1)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        document.fault("encoding", "Có chữ không theo mã UTF-8; hãy mở tệp và lưu lại theo mã UTF-8.", line)
        return None


_SYNTAX: Final = (
    ("mapping values are not allowed", "Dấu hai chấm đặt chưa đúng chỗ; chữ có dấu hai chấm phải đặt trong dấu nháy."),
    ("quoted scalar", "Dấu nháy mở ra mà không đóng lại."),
    ("could not find expected ':'", "Thiếu dấu hai chấm sau tên mục, hoặc thụt dòng chưa đúng."),
    ("did not find expected key", "Thụt dòng chưa đúng, hoặc dấu nháy, dấu ngoặc chưa đóng."),
    ("did not find expected '-'", "Thụt dòng của danh sách chưa đúng."),
    ("did not find expected ','", "Thiếu dấu phẩy, hoặc dấu ngoặc chưa đóng."),
    ("control characters are not allowed", "Có ký tự điều khiển không đọc được."),
)


def _tell_syntax(document: Document, error: Exception, text: str) -> None:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else 1
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if here[: len(here) - len(here.lstrip())].count("\t"):
        document.fault("tab", "Dòng thụt vào bằng phím Tab; hãy dùng dấu cách.", line)
        return
    said = str(error)
    message = next((words for sign, words in _SYNTAX if sign in said), None)
    place = f" (cột {mark.column + 1})" if mark is not None else ""
    message = message or "Viết chưa đúng cú pháp YAML; hãy kiểm tra thụt dòng, dấu hai chấm, dấu nháy."
    document.fault("syntax", message + place, line)


class _Builder:
    """Makes values of the parser's events, noting lines and faults. An instance is used once."""

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events

    def whole(self) -> Any:
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return {}
        value = self._value((), next(self.events))
        next(self.events)  # the document ends
        after = next(self.events)
        line = after.start_mark.line + 1
        if isinstance(after, yaml.DocumentStartEvent):
            message = "Mỗi tệp chỉ chứa một tài liệu; hãy bỏ dòng «---» và phần sau nó."
            self.document.fault("several_documents", message, line)
        return {} if value is None else value

    def _value(self, path: Path, event: Any) -> Any:
        line = event.start_mark.line + 1
        self.document.lines.setdefault(path, line)
        self._tell_marks(event, path, line)
        if isinstance(event, yaml.AliasEvent):
            self.document.spoiled.add(path)
            self.document.fault("alias", "Không dùng tham chiếu (&, *); hãy viết rõ từng chỗ.", line)
            return None
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(path, event)
        if len(path) >= DEEPEST:
            self.document.spoiled.add(path)
            self.document.fault("too_deep", f"Lồng vào nhau quá {DEEPEST} tầng.", line)
            self._skip()
            return None
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._list(path)

    def _tell_marks(self, event: Any, path: Path, line: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            return
        if event.anchor is not None:
            self.document.fault("anchor", "Không dùng tên neo (&); hãy viết rõ từng chỗ.", line)
        if event.tag is not None:
            self.document.spoiled.add(path)
            self.document.fault("tag", f"Không dùng nhãn kiểu «{event.tag}» (dấu !); nháy chữ nếu cần.", line)

    def _scalar(self, path: Path, event: yaml.ScalarEvent) -> Any:
        quoted = event.style not in (None, "")
        if quoted:
            return event.value
        self.document.plain[path] = event.value
        return plain_value(event.value)

    def _mapping(self, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._key(event, line)
            place = (*path, key if key is not None else f"?{line}")
            if key in made:
                message = f"Mục «{key}» đã có ở dòng {self.document.lines[place]}; mỗi mục chỉ ghi một lần."
                self.document.fault("duplicate_key", message, line)
                place = (*path, f"?{line}")
            self.document.lines[place] = line
            value = self._value(place, next(self.events))
            if place[-1] == key:
                made[key] = value
        return made

    def _key(self, event: Any, line: int) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            if not isinstance(event, yaml.AliasEvent):
                self._skip()
            self.document.fault("key_no_text", "Tên mục phải là chữ.", line)
            return None
        self._tell_marks(event, (), line)
        if event.value == "<<" and event.style in (None, ""):
            self.document.fault("merge", "Không dùng «<<»; hãy viết rõ từng chỗ.", line)
            return None
        return event.value

    def _list(self, path: Path) -> list[Any]:
        made: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            made.append(self._value((*path, len(made)), event))
        return made

    def _skip(self) -> None:
        """Pass over the rest of a list or mapping whose beginning was read."""
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
