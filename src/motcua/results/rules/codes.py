"""The look-up code of a result: twelve letters and digits that are not mistaken for one another."""

import re
import secrets

#: Crockford's base 32: no I, L, O, U.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SAME = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LENGTH = 12
_GROUP = 4
_CODE = re.compile(rf"[{_LETTERS}]{{{_LENGTH}}}")


def new_code() -> str:
    """Return a code that nobody can guess (60 bits): "7F3K-9Q2M-XA4D"."""
    return grouped("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)))


def grouped(plain: str) -> str:
    """Return twelve characters in groups of four."""
    return "-".join(plain[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_code(typed: str) -> str:
    """Return the code that somebody typed, however they spaced it; "" for anything that is none."""
    plain = re.sub(r"[\s\-–—.]+", "", typed.upper()).translate(_SAME)
    return grouped(plain) if _CODE.fullmatch(plain) else ""
