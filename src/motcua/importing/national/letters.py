"""Letters of Vietnamese by case, for regular expressions: `[À-ỹ]` mixes both, since Unicode lays them out in turn."""

from itertools import chain

_PLACES = (range(0xC0, 0x1B1), range(0x1EA0, 0x1EFA))
_LETTERS = [chr(place) for place in chain.from_iterable(_PLACES)]
#: To stand within brackets: f"[{UPPER}]".
UPPER = "A-Z" + "".join(letter for letter in _LETTERS if letter.isupper())
LOWER = "a-z" + "".join(letter for letter in _LETTERS if letter.islower())
