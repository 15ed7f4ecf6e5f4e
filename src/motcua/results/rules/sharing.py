"""What a holder shares, with whom, what for, how long; what strangers see of names and numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from motcua.kernel.checks import length_problems, personal_id_problems, required_problems, tax_code_problems
from motcua.kernel.errors import Problem
from motcua.results.terms import ShareField, ShareTo

LONGEST_PURPOSE = 300
LONGEST = timedelta(days=366)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """A share as the holder wants it. `unit_id`: the agency; `personal_id`: the person; `tax_code`: the organisation;
    none for anyone.
    """

    to: ShareTo
    purpose: str
    until: datetime
    fields: frozenset[ShareField] = field(default_factory=frozenset)
    personal_id: str = ""
    unit_id: int | None = None
    tax_code: str = ""


def problems_of_wish(wish: Wish, *, at: datetime) -> list[Problem]:
    """Return everything that is wrong with a share."""
    problems = required_problems(wish.purpose, label="mục đích chia sẻ", field="purpose")
    problems += length_problems(wish.purpose, longest=LONGEST_PURPOSE, label="Mục đích", field="purpose")
    if not at < wish.until <= at + LONGEST:
        message = "Thời hạn chia sẻ phải ở tương lai, nhiều nhất một năm."
        problems.append(Problem("until", message, "until"))
    if wish.to == ShareTo.PERSON:
        problems += required_problems(wish.personal_id, label="số định danh người nhận", field="personal_id")
        problems += personal_id_problems(wish.personal_id, field="personal_id")
    if wish.to == ShareTo.ORGANISATION:
        problems += required_problems(wish.tax_code, label="mã số thuế của tổ chức nhận", field="tax_code")
        problems += tax_code_problems(wish.tax_code)
    if wish.to == ShareTo.AGENCY and wish.unit_id is None:
        problems.append(Problem("required", "Hãy chọn cơ quan nhận.", "unit"))
    return problems


def known_fields(names: Iterable[str]) -> frozenset[ShareField]:
    """Return the fields among these names."""
    return frozenset(ShareField(name) for name in names if name in ShareField.values)


def last_digits(number: str) -> str:
    """Return the last three characters of a number, enough to compare with a card; "" for none."""
    return number[-_SHOWN:]
