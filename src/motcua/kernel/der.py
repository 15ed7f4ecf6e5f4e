"""The little of DER (ITU-T X.690) that signatures and timestamps need: writing values, finding one's way in others.

A certificate, a name, a timestamp token is never taken apart and put together again: its bytes are spliced as they are.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, INTEGER, OCTET_STRING, NULL, OBJECT_ID = 0x30, 0x31, 0x02, 0x04, 0x05, 0x06
_CONTEXT, _CONSTRUCTED = 0x80, 0x20
_LONG, _HIGH_TAG, _SEVEN_BITS = 0x80, 0x1F, 0x7F


class DerError(ValueError):
    """Bytes that are no DER."""


def tlv(tag: int, content: bytes) -> bytes:
    """Return tag, length in the shortest form, content; `tag` is the whole identifier octet (tags below 31)."""
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _LONG | len(length))) + length + content


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE of values that are encoded already."""
    return tlv(SEQUENCE, b"".join(parts))


def set_of(*parts: bytes) -> bytes:
    """Return a SET OF: its values in the order of their encodings, as DER wants."""
    return tlv(SET, b"".join(sorted(parts)))


def integer(value: int) -> bytes:
    """Return an INTEGER of any size and sign, in the fewest octets."""
    bits = value.bit_length() if value >= 0 else (-value - 1).bit_length()
    return tlv(INTEGER, value.to_bytes(bits // 8 + 1, signed=True))


def octet_string(content: bytes) -> bytes:
    """Return an OCTET STRING."""
    return tlv(OCTET_STRING, content)


def null() -> bytes:
    """Return a NULL."""
    return tlv(NULL, b"")


def tagged(number: int, *parts: bytes) -> bytes:
    """Return a constructed context-specific value: [number] EXPLICIT of one part, or IMPLICIT of a SET's parts."""
    return tlv(_CONTEXT | _CONSTRUCTED | number, b"".join(parts))


@functools.cache
def object_id(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER, like "1.2.840.113549.1.7.2"."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return tlv(OBJECT_ID, b"".join(_base128(arc) for arc in (first * 40 + second, *rest)))


def _base128(arc: int) -> bytes:
    octets = [arc & _SEVEN_BITS]
    while arc := arc >> 7:
        octets.append(_LONG | arc & _SEVEN_BITS)
    return bytes(reversed(octets))


@dataclass(frozen=True, slots=True)
class Value:
    """One value inside `data`: its identifier octet, and where it, its content and the next one begin."""

    data: bytes
    start: int
    begin: int
    end: int

    @property
    def tag(self) -> int:
        """The identifier octet."""
        return self.data[self.start]

    @property
    def encoded(self) -> bytes:
        """The whole value as it stands."""
        return self.data[self.start : self.end]

    @property
    def content(self) -> bytes:
        """What it holds."""
        return self.data[self.begin : self.end]

    def children(self) -> list["Value"]:
        """Return the values inside a constructed one; raises DerError when they do not fill it exactly."""
        return list(_values(self.data, self.begin, self.end))


def read(data: bytes) -> Value:
    """Return the value that `data` begins with; what follows it (filling) is left out. Raises DerError."""
    return _value(data, 0, len(data))


def _values(data: bytes, at: int, end: int) -> Iterator[Value]:
    while at < end:
        value = _value(data, at, end)
        yield value
        at = value.end


def _value(data: bytes, at: int, limit: int) -> Value:
    if at + 2 > limit or data[at] & _HIGH_TAG == _HIGH_TAG:
        raise DerError("no value, or a tag above 30")
    size, begin = data[at + 1], at + 2
    if size >= _LONG:
        octets = size & _SEVEN_BITS
        size = int.from_bytes(data[begin : begin + octets])
        begin += octets
        if not octets or begin > limit or size < _LONG or size < 1 << 8 * (octets - 1):
            raise DerError("a length that is not the shortest")
    if begin + size > limit:
        raise DerError("a value that ends too early")
    return Value(data, at, begin, begin + size)
