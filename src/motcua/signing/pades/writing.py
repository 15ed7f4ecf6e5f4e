"""Appending to a PDF: objects, a cross-reference of the kind the file has, a trailer (ISO 32000-1, 7.5.6)."""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from motcua.signing.pades.base import Base


def text(value: str) -> bytes:
    """Return a text string of PDF: UTF-16 in hexadecimal digits, so that nothing needs escaping."""
    return b"<FEFF" + value.encode("utf-16-be").hex().upper().encode() + b">"


def reference(number: int, generation: int = 0) -> bytes:
    """Return an indirect reference."""
    return b"%d %d R" % (number, generation)


def stream(entries: bytes, content: bytes) -> bytes:
    """Return a stream object; `entries`: its dictionary without /Length and brackets."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def without(thing: Any, *keys: str) -> bytes:
    """Return the entries of a pikepdf dictionary as text, without the brackets and those keys.

    The dictionary in memory loses the keys: the view of a file that is being signed is thrown away afterwards.
    """
    for key in keys:
        if key in thing:
            del thing[key]
    return bytes(thing.unparse(resolved=True)).removeprefix(b"<<").removesuffix(b">>").strip()


@dataclass
class Increment:
    """One revision to be: new and changed objects by number, with their generation and text.

    `catalogue`: entries of the catalogue that are new or changed.
    """

    base: Base
    objects: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    next_number: int = 0
    catalogue: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.next_number = self.next_number or self.base.size

    def reserve(self, count: int = 1) -> int:
        """Take `count` free numbers in a row; returns the first."""
        first = self.next_number
        self.next_number += count
        return first

    def put(self, number: int, body: bytes, generation: int = 0) -> None:
        """Set what object `number` is from this revision on."""
        self.objects[number] = (generation, body)

    def add(self, body: bytes) -> int:
        """Add a new object; returns its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def written(self) -> tuple[bytes, dict[int, int]]:
        """Return the whole file with this revision, and where the body of each of its objects begins."""
        if self.catalogue:
            root = self.base.root
            number, generation = root.objgen
            entries = b" ".join(f"{key} ".encode() + value for key, value in self.catalogue.items())
            self.put(number, b"<< %s %s >>" % (without(root, *self.catalogue), entries), generation)
        content = self.base.content
        pieces = [content] if content.endswith((b"\n", b"\r")) else [content, b"\n"]
        at = sum(map(len, pieces))
        starts, bodies = dict[int, int](), dict[int, int]()
        for number, (generation, body) in self.objects.items():
            head = b"%d %d obj\n" % (number, generation)
            starts[number], bodies[number] = at, at + len(head)
            pieces += (head, body, b"\nendobj\n")
            at += len(head) + len(body) + 8
        pieces.append(self._references(at, starts))
        return b"".join(pieces), bodies

    def _references(self, at: int, starts: dict[int, int]) -> bytes:
        number = self.reserve() if self.base.has_stream else 0
        trailer = self._trailer(starts)
        if not number:
            table = b"".join(self._table(starts))
            return b"xref\n%strailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (table, trailer, at)
        starts = starts | {number: at}
        index = b" ".join(b"%d %d" % (run[0], len(run)) for run in runs(sorted(starts)))
        rows = b"".join(
            b"\x01%s%s" % (starts[one].to_bytes(5), self._generation(one).to_bytes(2)) for one in sorted(starts)
        )
        body = stream(b"/Type /XRef /W [ 1 5 2 ] /Index [ %s ] %s" % (index, trailer), rows)
        return b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, body, at)

    def _table(self, starts: dict[int, int]) -> Iterator[bytes]:
        for run in runs(sorted(starts)):
            yield b"%d %d\n" % (run[0], len(run))
            for number in run:
                yield b"%010d %05d n \n" % (starts[number], self._generation(number))

    def _generation(self, number: int) -> int:
        return self.objects[number][0] if number in self.objects else 0

    def _trailer(self, starts: dict[int, int]) -> bytes:
        trailer = self.base.pdf.trailer
        entries = [b"/Size %d /Prev %d" % (self.next_number, self.base.start)]
        entries += [f"{key} ".encode() + trailer[key].unparse() for key in ("/Root", "/Info") if key in trailer]
        entries.append(b"/ID [ %s <%s> ]" % (self._first_id(), self._second_id(starts)))
        return b" ".join(entries)

    def _first_id(self) -> bytes:
        trailer = self.base.pdf.trailer
        if "/ID" in trailer:
            return b"<%s>" % bytes(trailer.ID[0]).hex().upper().encode()
        return b"<%s>" % hashlib.sha256(self.base.content).hexdigest()[:32].upper().encode()

    def _second_id(self, starts: dict[int, int]) -> bytes:
        """Tell this revision from others: by what is in it and where (ISO 32000-1, 14.4)."""
        facts = hashlib.sha256(b"%d %r" % (len(self.base.content), sorted(starts.items())))
        for _, body in self.objects.values():
            facts.update(body)
        return facts.hexdigest()[:32].upper().encode()


def runs(numbers: list[int]) -> Iterator[list[int]]:
    """Cut sorted numbers into runs without a gap."""
    for _, run in itertools.groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]
