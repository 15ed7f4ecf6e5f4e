"""A reader of QR codes and of VietQR texts that shares nothing with what draws and writes them (ISO/IEC 18004, EMVCo).

It reads pictures as a screen shows them: upright, sharp, dark on light. Every block must be without any error.
"""

import binascii
from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image

Matrix = Sequence[Sequence[bool]]

_FINDER = 7
_QUIET_DARK = 128
_FORMAT_MASK = 0x5412
_LEVELS: Final = {1: "L", 0: "M", 3: "Q", 2: "H"}
#: Level M, by version: codewords of error correction in a block, then how many blocks of how many data codewords.
_BLOCKS: Final = {
    1: (10, ((1, 16),)), 2: (16, ((1, 28),)), 3: (26, ((1, 44),)), 4: (18, ((2, 32),)), 5: (24, ((2, 43),)),
    6: (16, ((4, 27),)), 7: (18, ((4, 31),)), 8: (22, ((2, 38), (2, 39))), 9: (22, ((3, 36), (2, 37))),
    10: (26, ((4, 43), (1, 44))),
}  # fmt: skip
_ALIGNED: Final = {
    1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46),
    10: (6, 28, 50),
}  # fmt: skip
_WITH_VERSION = 7
_LONG_COUNTS = 10
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_MASKS: Final = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _j: i % 2 == 0,
    lambda _i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)


def read_picture(picture: Image.Image) -> str:
    """Return the text of the one QR code in the picture."""
    return read_matrix(_matrix_of(picture))


def read_matrix(matrix: Matrix) -> str:
    """Return the text of a QR code, row by row, True = dark."""
    size = len(matrix)
    version = (size - 17) // 4
    level, mask = _format(matrix)
    assert level == "M", f"level {level}"
    bits = [matrix[i][j] ^ _MASKS[mask](i, j) for i, j in _way(size, version)]
    return _text(_data(_bytes(bits), version), version)


def read_emv(text: str) -> dict[str, str]:
    """Return the fields of an EMVCo text by their path, like "38.01.00"; asserts its CRC-16/CCITT-FALSE."""
    assert text[-8:-4] == "6304", text
    assert int(text[-4:], 16) == binascii.crc_hqx(text[:-4].encode("ascii"), 0xFFFF), text
    return dict(_emv(text, ""))


def _emv(text: str, before: str) -> Iterator[tuple[str, str]]:
    while text:
        tag, size = text[:2], int(text[2:4])
        value, text = text[4 : 4 + size], text[4 + size :]
        assert len(value) == size, (tag, value)
        if before + tag in {"38", "38.01", "62"}:
            yield from _emv(value, f"{before}{tag}.")
        else:
            yield before + tag, value


def _matrix_of(picture: Image.Image) -> list[list[bool]]:
    grey = picture.convert("L")
    dark = grey.point(lambda light: 255 if light < _QUIET_DARK else 0)
    box = dark.getbbox()
    assert box, "nothing dark in the picture"
    left, top, right, _bottom = box
    run = next(step for step in range(right - left) if not dark.getpixel((left + step, top)))
    size = round((right - left) / run * _FINDER)
    module = (right - left) / size
    spots = [(place + 0.5) * module for place in range(size)]
    return [[bool(dark.getpixel((int(left + x), int(top + y)))) for x in spots] for y in spots]


def _format(matrix: Matrix) -> tuple[str, int]:
    """Level and mask, from the bits around the upper left finder."""
    places = [(8, j) for j in (0, 1, 2, 3, 4, 5, 7, 8)] + [(i, 8) for i in (7, 5, 4, 3, 2, 1, 0)]
    word = int("".join("1" if matrix[i][j] else "0" for i, j in places), 2) ^ _FORMAT_MASK
    return _LEVELS[word >> 13], word >> 10 & 7


def _way(size: int, version: int) -> Iterator[tuple[int, int]]:
    """The modules that hold data: two columns at a time from the right, up and down in turn."""
    up, taken = True, _taken(size, version)
    for right in (*range(size - 1, 7, -2), 5, 3, 1):
        for i in range(size - 1, -1, -1) if up else range(size):
            yield from ((i, j) for j in (right, right - 1) if (i, j) not in taken)
        up = not up


def _taken(size: int, version: int) -> set[tuple[int, int]]:
    """Finders with format, timing, alignment, version."""
    far = size - 8
    found = {(i, j) for i in range(9) for j in range(9)}
    found |= {(i, j) for i in range(9) for j in range(far, size)} | {(i, j) for i in range(far, size) for j in range(9)}
    found |= {(6, place) for place in range(size)} | {(place, 6) for place in range(size)}
    centres = [(i, j) for i in _ALIGNED[version] for j in _ALIGNED[version]]
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    for i, j in (one for one in centres if one not in corners):
        found |= {(i + down, j + across) for down in range(-2, 3) for across in range(-2, 3)}
    if version >= _WITH_VERSION:
        found |= {(i, j) for i in range(6) for j in range(size - 11, far)}
        found |= {(j, i) for i in range(6) for j in range(size - 11, far)}
    return found


def _bytes(bits: Sequence[bool]) -> list[int]:
    whole = len(bits) // 8 * 8
    return [int("".join("1" if bit else "0" for bit in bits[at : at + 8]), 2) for at in range(0, whole, 8)]


def _data(words: Sequence[int], version: int) -> list[int]:
    """Take the blocks apart, check each, and put their data one after the other."""
    extra, groups = _BLOCKS[version]
    sizes = [size for count, size in groups for _one in range(count)]
    blocks: list[list[int]] = [[] for _size in sizes]
    stream = iter(words)
    for at in range(max(sizes)):
        for block in (one for one, size in zip(blocks, sizes, strict=True) if at < size):
            block.append(next(stream))
    checks: list[list[int]] = [[] for _size in sizes]
    for _at in range(extra):
        for check in checks:
            check.append(next(stream))
    for block, check in zip(blocks, checks, strict=True):
        assert not any(_syndromes([*block, *check], extra)), "a block is damaged"
    return [word for block in blocks for word in block]


def _syndromes(block: Sequence[int], count: int) -> Iterator[int]:
    """The block as a polynomial over GF(256), at the powers of 2: all 0 when it is whole."""
    at = 1
    for _power in range(count):
        value = 0
        for word in block:
            value = _times(value, at) ^ word
        yield value
        at = _times(at, 2)


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product


def _text(words: Sequence[int], version: int) -> str:
    bits, found = _Bits("".join(f"{word:08b}" for word in words)), ""
    wide = version >= _LONG_COUNTS
    while (mode := bits.take(4)) != 0:
        if mode == 1:
            found += _numeric(bits, bits.take(12 if wide else 10))
        elif mode == 2:
            found += _alphanumeric(bits, bits.take(11 if wide else 9))
        else:
            assert mode == 4, f"mode {mode}"
            found += bytes(bits.take(8) for _one in range(bits.take(16 if wide else 8))).decode()
    return found


def _numeric(bits: "_Bits", count: int) -> str:
    threes = "".join(f"{bits.take(10):03d}" for _one in range(count // 3))
    rest = count % 3
    return threes + (f"{bits.take((0, 4, 7)[rest]):0{rest}d}" if rest else "")


def _alphanumeric(bits: "_Bits", count: int) -> str:
    pairs = (divmod(bits.take(11), len(_ALPHABET)) for _one in range(count // 2))
    found = "".join(_ALPHABET[first] + _ALPHABET[second] for first, second in pairs)
    return found + (_ALPHABET[bits.take(6)] if count % 2 else "")


class _Bits:
    """A row of bits, taken from the front; beyond its end are noughts."""

    def __init__(self, row: str) -> None:
        self._row, self._at = row, 0

    def take(self, count: int) -> int:
        piece = self._row[self._at : self._at + count]
        self._at += count
        return int(piece or "0", 2)
