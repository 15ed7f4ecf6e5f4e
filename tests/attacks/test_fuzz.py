"""Random damage with a fixed seed: never valid when a signed byte differs, never a crash."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.attacks.forging import byte_range
from tests.attacks.scene import judge, sealed

Mutation = Callable[[random.Random, bytes], bytes]


def _bits(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 1, 4, 40])):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _piece(chance: random.Random, content: bytes) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.choice([1, 2, 10, 200, 5000]))


def _gone(chance: random.Random, content: bytes) -> bytes:
    start, end = _piece(chance, content)
    return content[:start] + content[end:]


def _twice(chance: random.Random, content: bytes) -> bytes:
    start, end = _piece(chance, content)
    place = chance.randrange(len(content))
    return content[:place] + content[start:end] + content[place:]


def _over(chance: random.Random, content: bytes) -> bytes:
    start, end = _piece(chance, content)
    place = chance.randrange(len(content) - (end - start))
    return content[:place] + content[start:end] + content[place + end - start :]


def _digit(chance: random.Random, content: bytes) -> bytes:
    """Change a number somewhere: offsets, lengths, references."""
    places = [
        place for place in (chance.randrange(len(content)) for _ in range(400)) if content[place : place + 1].isdigit()
    ]
    place = places[0]
    return content[:place] + str(chance.randrange(10)).encode() + content[place + 1 :]


def _word(chance: random.Random, content: bytes) -> bytes:
    """Exchange one of the words that signatures hang on, the length kept."""
    words = [b"/ByteRange", b"/Contents", b"/SubFilter", b"/Fields", b"/AcroForm", b"/Root", b"/Prev", b"startxref"]
    word = chance.choice(words)
    return content.replace(word, word[:1] + bytes(chance.choices(b"abcXYZ", k=len(word) - 1)), 1)


MUTATIONS: tuple[Mutation, ...] = (_bits, _bits, _gone, _twice, _over, _digit, _word)


def _is_signed_part_same(content: bytes) -> bool:
    start, first, second, last = byte_range(sealed())
    whole = sealed()
    return (
        len(content) == len(whole)
        and content[start:first] == whole[start:first]
        and content[second : second + last] == whole[second : second + last]
    )


def damage(seed: int) -> bytes:
    """Return the sealed paper with the damage of that seed."""
    chance = random.Random(seed)
    content = sealed()
    for _ in range(chance.choice([1, 1, 2, 3])):
        content = chance.choice(MUTATIONS)(chance, content)
    return content


@pytest.mark.parametrize("block", range(6))
def test_no_damage_is_valid_and_none_crashes(block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        content = damage(seed)
        verdict = judge(content)
        assert not verdict.valid or _is_signed_part_same(content), seed
        assert verdict.reason_code != "crashed", seed
        assert verdict.reason, seed
