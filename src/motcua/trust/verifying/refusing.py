"""The verdict on a file nobody can read."""

from __future__ import annotations

from datetime import datetime

from motcua.trust.terms import PaperVerdict
from motcua.trust.verifying.words import UNREADABLE


def unreadable(code: str, *, at: datetime) -> PaperVerdict:
    """Return the verdict on a file nobody can read; `code` is one of `words.UNREADABLE`."""
    return PaperVerdict(valid=False, reason_code=code, reason=UNREADABLE[code], error=code, checked_at=at)
