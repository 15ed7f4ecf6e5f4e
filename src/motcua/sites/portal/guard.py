"""Guessing is slow: so many wrong answers from one address, or about one code, and it must wait."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from motcua.identity.actions.count_try import count_try, forgive_try

_SPAN: Final = timedelta(minutes=15)
_MOST_FROM_ADDRESS: Final = 10
_MOST_ABOUT_CODE: Final = 20


def may_try(address: str, code: str = "") -> bool:
    """Count a try, and return whether this address, and this code when named, may have it.

    Counted before it is answered, so that tries sent all at once are no way around; codes that do not exist count like
    those that do. Who was right says so by `was_right`.
    """
    return count_try(_limits(address, code), span=_SPAN, at=timezone.now())


def was_right(address: str, code: str = "") -> None:
    """Give the try back: it was no guess."""
    forgive_try(*_limits(address, code))


def _limits(address: str, code: str) -> dict[str, int]:
    limits = {f"track:address:{address.upper()}": _MOST_FROM_ADDRESS}
    return {**limits, f"track:code:{code.upper()}": _MOST_ABOUT_CODE} if code else limits
