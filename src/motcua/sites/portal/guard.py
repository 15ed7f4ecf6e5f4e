"""Guessing is slow: so many wrong answers from one address, or about one code, and it must wait."""

import hashlib
from typing import Final

from django.core.cache import cache

_SPAN: Final = 15 * 60
_MOST_FROM_ADDRESS: Final = 10
_MOST_ABOUT_CODE: Final = 20


def must_wait(address: str, code: str = "") -> bool:
    """Whether this address, or this code when named, had too many wrong tries in the last quarter of an hour."""
    limits = _limits(address, code)
    tries = cache.get_many(limits)
    return any(int(tries.get(key, 0)) >= most for key, most in limits.items())


def note_wrong(address: str, code: str = "") -> None:
    """Count a wrong try; codes that do not exist count like those that do."""
    for key in _limits(address, code):
        if not cache.add(key, 1, _SPAN):
            cache.set(key, int(cache.get(key, 0)) + 1, _SPAN)


def _limits(address: str, code: str) -> dict[str, int]:
    limits = {_key("address", address): _MOST_FROM_ADDRESS}
    return {**limits, _key("code", code): _MOST_ABOUT_CODE} if code else limits


def _key(kind: str, value: str) -> str:
    return f"track:{kind}:{hashlib.sha256(value.upper().encode()).hexdigest()[:32]}"
