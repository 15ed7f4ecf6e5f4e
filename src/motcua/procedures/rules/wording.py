"""How a citizen's words become a search."""

import re
from dataclasses import dataclass
from math import ceil

from motcua.kernel.text import name_words

_CODE = re.compile(r"^\d\.\d{0,6}$")
#: Words of courtesy and grammar that say nothing about the procedure; left out while others remain.
_FILLERS = frozenset({"toi", "em", "muon", "xin", "o", "tai", "ve", "cua", "va", "voi", "nao", "la", "gi", "cho"})
_PROCEDURE_WORDS = ("thu", "tuc")
_MOST_WORDS = 12
_SHORTEST_PREFIX = 2


#: Syllables that are written with i and with y alike: kỹ thuật, kĩ thuật.
_I_OR_Y = re.compile(r"^(h|k|l|m|qu|s|t|v)[iy]$")


@dataclass(frozen=True, slots=True)
class Wording:
    """A search text taken apart: `code` or the start of one, or folded `words` and the `phrase` they make."""

    code: str
    words: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """The words as one text."""
        return " ".join(self.words)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.code and not self.words

    def word_queries(self) -> list[str]:
        """One raw tsquery a word; the last word may be unfinished, as it is while somebody types."""
        return [*(_either(word) for word in self.words[:-1]), self._last()] if self.words else []

    def _last(self) -> str:
        """A single letter is the beginning of a word only behind other words."""
        word = self.words[-1]
        return _either(word, ":*" if len(word) >= _SHORTEST_PREFIX or len(self.words) > 1 else "")

    def strict_query(self) -> str:
        """The raw tsquery that wants every word."""
        return " & ".join(self.word_queries())

    def enough_words(self) -> int:
        """How many of the words must be there when not all of them are anywhere."""
        return max(min(2, len(self.words)), ceil(len(self.words) / 2))


def wording_of(text: str) -> Wording:
    """Take a search text apart: folded, fillers left out, at most 12 words."""
    bare = text.strip()
    if _CODE.match(bare):
        return Wording(code=bare, words=())
    return Wording(code="", words=tuple(telling_words(text)[:_MOST_WORDS]))


def telling_words(text: str) -> list[str]:
    """Return the folded words of a text without fillers and "thủ tục"; all of them when nothing else is left."""
    words = name_words(text)
    telling = [word for word in _without_pair(words) if word not in _FILLERS]
    return telling or words


def _without_pair(words: list[str]) -> list[str]:
    left: list[str] = []
    for word in words:
        if word == _PROCEDURE_WORDS[1] and left and left[-1] == _PROCEDURE_WORDS[0]:
            left.pop()
        else:
            left.append(word)
    return left


def _either(word: str, ending: str = "") -> str:
    """The query of a word: both spellings where there are two."""
    if not _I_OR_Y.match(word):
        return word + ending
    return f"({word[:-1]}i{ending} | {word[:-1]}y{ending})"
