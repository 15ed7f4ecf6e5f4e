"""Six digits that a citizen reads out, and what a consent must say."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from motcua.kernel.checks import length_problems, required_problems
from motcua.kernel.errors import Problem

#: How long a code may be read out, and how long papers may be taken after it was.
CODE_HOLDS = timedelta(minutes=15)
CONSENT_HOLDS = timedelta(hours=2)
DIGITS = 6
LONGEST = 300


def new_digits() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hash_of(digits: str, account_id: int) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(f"results.consent:{account_id}:{digits}".encode()).hexdigest()


def is_same(kept: str, digits: str, account_id: int) -> bool:
    """Whether these digits are the code that is kept."""
    return hmac.compare_digest(kept, hash_of(digits, account_id))


def problems_of_consent(*, purpose: str, evidence: str | None, at: datetime, now: datetime) -> list[Problem]:
    """Return what is wrong with a consent; `evidence`: the number of the signed paper, None when there is a code."""
    problems = required_problems(purpose, label="mục đích dùng giấy tờ", field="purpose")
    problems += length_problems(purpose, longest=LONGEST, label="Mục đích", field="purpose")
    if evidence is not None:
        problems += required_problems(evidence, label="số phiếu đồng ý đã ký", field="evidence")
        problems += length_problems(evidence, longest=LONGEST, label="Số phiếu", field="evidence")
    if at > now + timedelta(minutes=1):
        problems.append(Problem("in_future", "Thời điểm đồng ý ở tương lai.", "at"))
    return problems
