"""Vietnamese text: cleaning what was typed, folding for search, sorting names."""

import re
import unicodedata

_D_LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_SPACES = re.compile(r"\s+")
# Alphabetical order of Vietnamese letters and, within one letter, of its tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"̀": "1", "̉": "2", "̃": "3", "́": "4", "̣": "5"}


def clean(text: str, *, keep_lines: bool = False) -> str:
    """Return `text` as NFC, with Đ for the look-alike Ð, without control or direction marks, spaces collapsed.

    With `keep_lines` line breaks survive (for long texts); otherwise they become spaces.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tidy = [_SPACES.sub(" ", _composed(_shown(line))).strip() for line in lines]
    return "\n".join(tidy).strip() if keep_lines else " ".join(filter(None, tidy))


def _composed(line: str) -> str:
    return unicodedata.normalize("NFC", line).replace("Ð", "Đ").replace("ð", "đ")


def _shown(line: str) -> str:
    """The line without what is not seen; nearly every line is printable and stays as it is."""
    return line if line.isprintable() else "".join(map(_visible, line))


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} else char


def fold(text: str) -> str:
    """Return `text` for comparing: no marks, đ as d, lower case, single spaces ("Hoà  Đường" → "hoa duong")."""
    bare = unicodedata.normalize("NFD", clean(text).translate(_D_LETTERS))
    return "".join(char for char in bare if not unicodedata.combining(char)).casefold()


def name_sort_key(full_name: str) -> str:
    """Key that sorts people's names the Vietnamese way: given name, then family name, then middle names."""
    words = clean(full_name).casefold().split()
    if not words:
        return ""
    ordered = [words[-1], *words[:1], *words[1:-1]] if len(words) > 1 else words
    return " ".join(_word_key(word) for word in ordered)


def _word_key(word: str) -> str:
    letters, tones = [], []
    for char in word:
        base, tone = _without_tone(char)
        place = _ALPHABET.find(base)
        letters.append(f"{place:02d}" if place >= 0 else f"{90}{base}")
        tones.append(tone)
    return "".join(letters) + "." + "".join(tones)


def _without_tone(char: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)), tone


def name_words(text: str) -> list[str]:
    """Folded words of a name, in order, for search keys."""
    return re.findall(r"[0-9a-z]+", fold(text))
