"""What a message says on a small screen."""

import re
import unicodedata

from motcua.kernel.text import clean

#: One SMS in the GSM 7-bit alphabet (3GPP TS 23.038); with one accented letter it would be 70.
SMS_LENGTH = 160
#: The part of the GSM alphabet that is ASCII, each character counting one.
GSM_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 @$_!\"#%&'()*+,-./:;<=>?")
_LIKE = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "–": "-",
        "—": "-",
        "‑": "-",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "`": "'",
        "…": "...",
        "•": "-",
        "·": "-",
        "×": "x",
        "₫": "d",
        "[": "(",
        "]": ")",
        "{": "(",
        "}": ")",
        "\\": "/",
        "|": "/",
        "~": "-",
        "^": "",
    }
)


def unaccented(text: str) -> str:
    """Return `text` in letters that every phone and the GSM alphabet have, capitals kept ("Đã nhận" → "Da nhan")."""
    bare = unicodedata.normalize("NFD", clean(text).translate(_LIKE))
    letters = (char for char in bare if not unicodedata.combining(char))
    return re.sub(" +", " ", "".join(char if char in GSM_LETTERS else "?" for char in letters)).strip()


def sms_text(text: str, link: str = "") -> str:
    """Return one SMS of at most 160 GSM characters: the text without accents, then the link when both fit."""
    words = unaccented(text)
    whole = f"{words} {link}".strip()
    if len(whole) <= SMS_LENGTH and set(link) <= GSM_LETTERS:
        return whole
    return shortened(words, SMS_LENGTH)


def chat_text(text: str, link: str = "") -> str:
    """Return the accented message for a chat: the text, and the link on a line of its own."""
    return "\n".join(filter(None, [clean(text, keep_lines=True), link]))


def shortened(text: str, longest: int) -> str:
    """Return `text` cut between words to at most `longest` characters, "..." showing the cut."""
    if len(text) <= longest:
        return text
    head = text[: longest - 3]
    return f"{head.rpartition(' ')[0] or head}..."
