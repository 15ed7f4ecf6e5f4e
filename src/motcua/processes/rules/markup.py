"""XML read from strangers into a small tree by expat, with nothing of it that is dangerous; and XML written.

Refused: a document type (and with it every entity and every fetch), more than 5 MB, more than 60 levels, more than
50,000 elements, more than 200 attributes on one, text that is no well-formed XML.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from motcua.kernel.errors import Invalid, Problem

LARGEST: Final = 5 * 1024 * 1024
DEEPEST: Final = 60
MOST_ELEMENTS: Final = 50_000
MOST_ATTRIBUTES: Final = 200
_BETWEEN = "}"


@dataclass(slots=True)
class Element:
    """An element: its namespace and name, attributes ("name" or "namespace}name"), children and own text."""

    space: str
    name: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in the element, without the spaces around it."""
        return "".join(self.texts).strip()

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    def each(self, space: str, *names: str) -> Iterator["Element"]:
        """Yield the children of the namespace, of these names (none: all)."""
        for child in self.children:
            if child.space == space and (not names or child.name in names):
                yield child

    def first(self, space: str, name: str) -> "Element | None":
        """Return the first child of that name."""
        return next(self.each(space, name), None)

    def walk(self) -> Iterator["Element"]:
        """Yield the element and everything below it, in the order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


def read_markup(data: bytes) -> Element:
    """Return the root of an XML document; raises Invalid (code `xml_…`) for what is broken or hostile."""
    if len(data) > LARGEST:
        message = f"Tệp nặng {len(data) / 1024 / 1024:.1f} MB; lớn nhất {LARGEST // 1024 // 1024} MB."
        raise _refused("too_large", message)
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)  # noqa: FBT003 (expat names it so)
    except expat.ExpatError as error:
        message = f"Tệp không phải XML đúng quy cách (dòng {error.lineno})."
        raise _refused("broken", message) from None
    except (ValueError, LookupError):
        raise _refused("encoding", "Không đọc được bảng mã ký tự của tệp; hãy lưu lại bằng UTF-8.") from None
    if builder.root is None:
        raise _refused("broken", "Tệp không phải XML đúng quy cách (dòng 1).")
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _doctype(self, *_args: object) -> None:
        raise _refused("doctype", "Tệp khai báo DOCTYPE hoặc thực thể (entity); vì an toàn, hệ thống không đọc.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _refused("too_many", f"Tệp có hơn {MOST_ELEMENTS} phần tử.")
        if len(self._open) >= DEEPEST:
            raise _refused("too_deep", f"Tệp lồng quá {DEEPEST} tầng.")
        if len(attributes) > MOST_ATTRIBUTES:
            raise _refused("too_many", f"Một phần tử có hơn {MOST_ATTRIBUTES} thuộc tính.")
        space, _, local = name.rpartition(_BETWEEN)
        element = Element(space, local, attributes, self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, data: str) -> None:
        self._open[-1].texts.append(data)


def _refused(code: str, message: str) -> Invalid:
    return Invalid(Problem(f"xml_{code}", message))


_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Out:
    """A document being written; `text` is what there is of it."""

    def __init__(self) -> None:
        self._lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._open: list[str] = []

    @property
    def text(self) -> str:
        """The document; raises Invalid for characters that XML cannot hold."""
        whole = "\n".join([*self._lines, ""])
        if _NO_XML.search(whole):
            raise _refused("characters", "Có ký tự điều khiển mà XML không chứa được; hãy gõ lại đoạn chữ đó.")
        return whole

    def put(self, element: str, text: str = "", /, **attributes: str) -> None:
        """Write an element without children."""
        end = f">{text.translate(_IN_TEXT)}</{element}>" if text else "/>"
        self._lines.append(self._start(element, attributes) + end)

    @contextmanager
    def within(self, element: str, /, **attributes: str) -> Iterator[None]:
        """Write an element around what is written meanwhile."""
        self._lines.append(self._start(element, attributes) + ">")
        self._open.append(element)
        yield
        self._open.pop()
        self._lines.append(f"{'  ' * len(self._open)}</{element}>")

    def _start(self, element: str, attributes: Mapping[str, str]) -> str:
        said = "".join(
            f' {key.removesuffix("_").replace("__", ":")}="{value.translate(_IN_ATTRIBUTE)}"'
            for key, value in attributes.items()
        )
        return f"{'  ' * len(self._open)}<{element}{said}"
