"""Two revisions of a PDF side by side, read by qpdf (the second parser): what is equal, what was noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import ObjectType

from motcua.trust.terms import Change
from motcua.trust.verifying.locks import Lock
from motcua.trust.verifying.words import ALLOWED, change_sentence

Reference = tuple[int, int]
_MOST_CHANGES = 50


@dataclass(slots=True)
class Side:
    """One revision as read: its pages in order, and the objects that are compared on their own (by reference)."""

    pdf: pikepdf.Pdf
    pages: list[Any]
    fields: dict[Reference, tuple[str, Any]]
    atoms: set[Reference]
    loose_fields: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """Two revisions; `touched` are objects written again in between (None: unknown, then everything is read).

    `signed_to`: where the older ends; what is signed later must reach further.
    """

    old: Side
    new: Side
    touched: set[Reference] | None
    signed_to: int = 0
    locks: Sequence[Lock] = ()
    changes: list[Change] = field(default_factory=list)
    _same: set[tuple[Reference, Reference]] = field(default_factory=set)

    def say(self, code: str, *, page: int = 0, **facts: object) -> None:
        """Note a change; beyond fifty of a kind nobody reads on."""
        change = Change(code, change_sentence(code, page=page, **facts), page, code in ALLOWED)
        of_its_kind = sum(one.code == code for one in self.changes)
        if of_its_kind < _MOST_CHANGES and change not in self.changes:
            self.changes.append(change)

    def same(self, old: Any, new: Any, *, without: Iterable[str] = ()) -> bool:
        """Whether two values and all they lead to are equal; pages and fields stop the walk, they have their turn."""
        apart = frozenset(without)
        pairs: list[tuple[Any, Any, frozenset[str]]] = [(old, new, apart)]
        visited: set[tuple[Reference, Reference]] = set()
        while pairs:
            one, other, left_out = pairs.pop()
            answer = self._alike(one, other, visited)
            if answer is False or (answer is None and not _open_up(one, other, left_out, pairs)):
                return False
        if apart:  # what was left out of the first pair may differ
            visited.discard((key_of(old), key_of(new)))
        self._same |= visited
        return True

    def _alike(self, one: Any, other: Any, visited: set[tuple[Reference, Reference]]) -> bool | None:
        """Return whether two values are equal, None when it depends on what they hold."""
        if not isinstance(one, pikepdf.Object) or not isinstance(other, pikepdf.Object):
            return type(one) is type(other) and bool(one == other)
        if one._type_code != other._type_code:
            return False
        if one.is_indirect and other.is_indirect:
            pair = (one.objgen, other.objgen)
            is_atom = pair[0] == pair[1] and pair[0] in self.old.atoms and pair[1] in self.new.atoms
            if is_atom or pair in self._same or pair in visited:
                return True
            visited.add(pair)
        if one._type_code == ObjectType.stream and not self._same_bytes(one, other):
            return False
        holds = one._type_code in {ObjectType.dictionary, ObjectType.stream, ObjectType.array}
        return None if holds else bool(one == other)

    def _same_bytes(self, one: Any, other: Any) -> bool:
        if self.touched is not None and one.objgen == other.objgen and one.objgen not in self.touched:
            return True
        if int(one.get("/Length", -1)) != int(other.get("/Length", -2)):
            return False
        return bool(one.read_raw_bytes() == other.read_raw_bytes())


def side_of(pdf: pikepdf.Pdf) -> Side:
    """Return a revision with its pages and fields; raises ValueError for a tree that loops."""
    pages = _leaves(pdf)
    fields, loose = _fields(pdf)
    atoms = {page.objgen for page in pages if page.is_indirect} | set(fields)
    atoms.add(pdf.Root.objgen)
    return Side(pdf, pages, fields, atoms, loose)


def _leaves(pdf: pikepdf.Pdf) -> list[Any]:
    """Return the pages in order by walking the tree itself, so that qpdf repairs nothing on the way."""
    found: list[Any] = []
    stack, seen = [pdf.Root.get("/Pages")], set()
    while stack:
        node = stack.pop()
        if not isinstance(node, pikepdf.Object) or node._type_code != ObjectType.dictionary:
            continue
        if node.is_indirect:
            if node.objgen in seen:
                raise ValueError("a loop in the tree of pages")
            seen.add(node.objgen)
        kids = node.get("/Kids")
        if kids is None or node.get("/Type") == "/Page" or "/Contents" in node:  # some readers show it even with kids
            found.append(node)
        if isinstance(kids, pikepdf.Object) and kids._type_code == ObjectType.array:
            stack.extend(reversed(list(kids)))
    return found


def _fields(pdf: pikepdf.Pdf) -> tuple[dict[Reference, tuple[str, Any]], list[Any]]:
    """Return the fields by reference, and those without one, which are compared in their order."""
    form: Any = pdf.Root.get("/AcroForm")
    fields: Any = form.get("/Fields") if is_dictionary(form) else None
    found: dict[Reference, tuple[str, Any]] = {}
    loose: list[Any] = []
    stack = [("", one) for one in reversed(list(fields))] if is_array(fields) else []
    while stack:
        above, node = stack.pop()
        if not is_dictionary(node) or (node.is_indirect and node.objgen in found):
            continue
        name = ".".join(part for part in (above, str(node.get("/T", ""))) if part)
        if node.is_indirect:
            found[node.objgen] = (name, node)
        else:
            loose.append(node)
        kids = node.get("/Kids")
        if is_array(kids):
            stack.extend((name, kid) for kid in reversed(list(kids)))
    return found, loose


def is_dictionary(value: Any) -> bool:
    """Whether a value is a dictionary (a stream is not)."""
    return isinstance(value, pikepdf.Object) and value._type_code == ObjectType.dictionary


def is_array(value: Any) -> bool:
    """Whether a value is an array."""
    return isinstance(value, pikepdf.Object) and value._type_code == ObjectType.array


def _open_up(one: Any, other: Any, apart: frozenset[str], pairs: list[tuple[Any, Any, frozenset[str]]]) -> bool:
    """Put what two containers hold on the pile; False when they do not hold the same keys."""
    if one._type_code == ObjectType.array:
        if len(one) != len(other):
            return False
        pairs.extend((a, b, frozenset()) for a, b in zip(one, other, strict=True))
        return True
    keys = set(one.keys()) - apart
    if keys != set(other.keys()) - apart:
        return False
    pairs.extend((one.get(key), other.get(key), frozenset()) for key in keys)
    return True


def key_of(value: Any) -> Reference:
    """Return the number and generation of an object, (0, 0) for one that is written into another."""
    is_apart = isinstance(value, pikepdf.Object) and value.is_indirect
    return value.objgen if is_apart else (0, 0)


def kind_of(node: Any) -> str:
    """Return the kind of a form field, its own or that of the field above; "" when there is none."""
    for _ in range(10):
        if not is_dictionary(node):
            return ""
        if "/FT" in node:
            return str(node.get("/FT"))
        node = node.get("/Parent")
    return ""


def value_of(field: Any) -> Any:
    """Return the value of a form field, its own or that of the field above; None when there is none."""
    node, steps = field, 0
    while is_dictionary(node) and steps < 10:  # noqa: PLR2004 no real form is deeper
        if "/V" in node:
            return node.get("/V")
        node, steps = node.get("/Parent"), steps + 1
    return None
