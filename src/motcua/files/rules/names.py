"""Names of files: what a browser sends, made harmless; sizes in words."""

import re

from motcua.files.terms import MEGABYTE
from motcua.kernel.text import clean

LONGEST_NAME = 255
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """Return `name` without folders, control and direction marks; NFC; at most 255 bytes, its ending kept.

    "tệp" stands for a name of which nothing is left.
    """
    last = re.split(r"[\\/]", name.replace("\x00", ""))[-1]
    tidy = _FORBIDDEN.sub("", clean(last)).strip(" .")
    return _shortened(tidy) or "tệp"


def extension_of(name: str) -> str:
    """Return the ending of a cleaned name, with its dot, lower case; "" for none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending else ""


def with_extension(name: str, extension: str) -> str:
    """Return `name` ending in `extension`, in place of the ending it has."""
    ending = extension_of(name)
    return _shortened((name[: -len(ending)] if ending else name) + extension)


def _shortened(name: str) -> str:
    ending = extension_of(name)
    stem = name[: len(name) - len(ending)]
    room = LONGEST_NAME - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + name[len(stem) :] if room > 0 else stem[:40]


def size_in_words(size: int) -> str:
    """Return bytes as people read them: "412 KB", "23,4 MB"."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MEGABYTE:.1f} MB".replace(".0 ", " ").replace(".", ",")
