"""What the QR of a citizen identity card says: seven fields separated by "|"."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.text import clean

_LEAST_FIELDS = 6
_DAY_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Card:
    """Number, name, day of birth and address as the card gives them."""

    personal_id: str
    name: str
    born: date | None
    address: str


def read_card(text: str) -> Card | None:
    """Return what a scanner read: id|old id|name|ddmmyyyy|sex|address|ddmmyyyy issued; None when it is no such text."""
    parts = [clean(part) for part in text.strip().split("|")]
    if len(parts) < _LEAST_FIELDS or not parts[0].isdigit() or not parts[2]:
        return None
    return Card(personal_id=parts[0], name=parts[2], born=_day(parts[3]), address=parts[5])


def _day(digits: str) -> date | None:
    if len(digits) != _DAY_DIGITS or not digits.isdigit():
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
