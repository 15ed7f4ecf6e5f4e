"""How the corpus is written: an attack by name, and by hand what must be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.trust.terms import PaperVerdict
from tests.attacks.scene import LATER, judge


@dataclass(frozen=True, slots=True)
class Attack:
    """A file and its verdict by hand.

    `code`: of the paper, "" for valid. `each`: for every signature in order its revision, whether it is intact, whether
    trusted, its reason code. `changed`: codes of changes after the first signature that are not allowed.
    """

    make: Callable[[], bytes]
    code: str
    each: tuple[tuple[int, bool, bool | None, str], ...] = ()
    changed: tuple[str, ...] = ()
    error: str = ""
    at: datetime = LATER
    asked: dict[str, Any] = field(default_factory=dict)

    def check(self) -> PaperVerdict:
        """Judge the file and compare with what was written by hand."""
        verdict = judge(self.make(), at=self.at, **self.asked)
        said = tuple((one.revision, one.intact, one.trusted, one.reason_code) for one in verdict.signatures)
        forbidden = tuple(change.code for change in verdict.changes if not change.allowed)
        assert (verdict.reason_code, verdict.error, said, forbidden) == (
            self.code,
            self.error,
            self.each,
            self.changed,
        ), verdict
        assert verdict.valid == (not self.code)
        assert len(verdict.reason) > 10
        return verdict


GOOD_SIGNER = (2, True, True, "")
GOOD_SEAL = (3, True, True, "")
