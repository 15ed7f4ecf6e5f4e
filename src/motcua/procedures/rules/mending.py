"""Slips of the finger: the likest word the catalogue knows; and which words find the fewest procedures."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from motcua.procedures.rules.wording import Wording

_LIKE = 0.6
_MOST_LIKE = 8


def mend(wording: Wording, known: Mapping[str, int]) -> Wording | None:
    """Return the wording with every unknown word replaced by the likest known one; None when nothing is to mend.

    `known`: word → how many procedures have it. Words with nothing alike stay. Among equally like words the more
    frequent one is meant. A text most of whose words are unknown asks for something else: it is left as it is.
    """
    unknown = _unknown(wording, known)
    if len(unknown) > max(1, len(wording.words) // 2):
        return None
    words = tuple(_likest(word, known) if word in unknown else word for word in wording.words)
    return replace(wording, words=words) if words != wording.words else None


def _unknown(wording: Wording, known: Mapping[str, int]) -> set[str]:
    """The words the catalogue does not have; the last one may be the beginning of a word it has."""
    unknown = {word for word in wording.words if word not in known}
    return unknown - {wording.words[-1]} if _beginning(wording.words[-1], known) else unknown


def _beginning(start: str, known: Mapping[str, int]) -> int:
    """How many procedures have a word that begins so, those with several counted again."""
    return sum(count for word, count in known.items() if word.startswith(start))


def _likest(word: str, known: Mapping[str, int]) -> str:
    near = [one for one in known if abs(len(one) - len(word)) <= 1]
    found = get_close_matches(word, near, n=_MOST_LIKE, cutoff=_LIKE)
    return max(found, key=lambda one: (_likeness(one, word), known[one])) if found else word


def _likeness(one: str, word: str) -> tuple[int, int]:
    """The same letters in another order come first, then the same beginning."""
    shared = next((place for place, (a, b) in enumerate(zip(one, word, strict=False)) if a != b), len(word))
    return int(sorted(one) == sorted(word)), shared


def rarest(wording: Wording, known: Mapping[str, int]) -> list[str]:
    """Return so many of the word queries that whatever has enough of the words has one of these: the rarest ones."""
    words = list(zip(wording.words, wording.word_queries(), strict=True))
    counts = {query: known.get(word, 0) if word == query else _beginning(word, known) for word, query in words}
    return sorted(counts, key=lambda query: counts[query])[: len(words) - wording.enough_words() + 1]


def fewer_words(wording: Wording, known: Mapping[str, int]) -> list[Wording]:
    """Return the wording without the words that say least: first the unknown ones, then more and more common ones.

    Never fewer words than are enough; at most three wordings, for each of them is a question to the database.
    """
    telling = sorted((word for word in wording.words if word in known), key=lambda word: known[word])
    least = wording.enough_words()
    counts = sorted({len(telling), (len(telling) + least) // 2, least}, reverse=True)
    kept = [set(telling[:count]) for count in counts if least <= count <= len(telling)]
    return [replace(wording, words=tuple(word for word in wording.words if word in some)) for some in kept]
