"""What the QR of a citizen identity card says: fields separated by "|", typed by a scanner that acts as a keyboard."""

import re
from dataclasses import dataclass, field
from datetime import date

from motcua.kernel.checks import born_problems, personal_id_problems
from motcua.kernel.errors import Problem
from motcua.kernel.text import clean, fold

_LEAST_FIELDS = 6
_DAY_DIGITS = 8
_NUMBER = re.compile(r"[0-9]{12}|[0-9]{9}")
_SEXES = {"nam", "nu", "male", "female", ""}
#: Marks of a name that an input method has typed over: a digit (VNI), a doubled letter or tone letter left (Telex),
#: letters that the scanner could not say.
_DIGIT_IN_NAME = re.compile(r"\d")
_TELEX_LEFT = re.compile(r"(?i)\b\w*(?:aa|ee|oo|dd|[aou]w|[aeiouy][a-z]*[sfrxj](?=\s|$))")
_LOST_LETTERS = re.compile("[?\ufffd□]")
_HEALTH_CARD = re.compile(r"(?i)[a-z]{2}[0-9]{13}|[0-9]{10}\|")
HOW_TO_SWITCH_OFF = (
    "Bộ gõ tiếng Việt (Unikey, EVKey …) đang bật và đã gõ đè lên mã quét. Hãy chuyển bộ gõ sang chữ E "
    "(Ctrl+Shift hoặc Alt+Z) rồi quét lại."
)
_LETTERS_LOST = (
    "Máy quét không đọc được chữ có dấu. Hãy đặt máy quét sang chế độ Unicode (UTF-8, Alt + số) theo sách hướng dẫn; "
    "tạm thời hãy nhập họ tên và địa chỉ bằng tay."
)


@dataclass(frozen=True, slots=True)
class Card:
    """Number, name, day of birth, sex and address as the card gives them."""

    personal_id: str
    name: str
    born: date | None
    address: str
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was scanned: the card (None when it is none), and everything wrong with it."""

    card: Card | None
    problems: list[Problem] = field(default_factory=list)
    is_mangled: bool = False


def read_card(text: str) -> Card | None:
    """Return the card that a scanner read, however badly; None when it is no card."""
    return reading_of(text).card


def reading_of(text: str, *, today: date | None = None, changed: bool = False) -> Reading:
    """Return what a scanner typed: id|old id|name|ddmmyyyy|sex|address|ddmmyyyy issued, and later fields of new cards.

    `changed`: the page saw an input method at work while the scanner typed. Names and addresses of such a scan are
    not trusted and left empty; the number and the day are digits, they stay.
    """
    parts = [clean(part) for part in text.strip().split("|")]
    if len(parts) < _LEAST_FIELDS or not _NUMBER.fullmatch(parts[0]) or not parts[2]:
        return Reading(None, [_no_card(text.strip())])
    number, name, born, sex, address = parts[0], parts[2], _day(parts[3]), parts[4], parts[5]
    problems = personal_id_problems(number, born=born)
    problems += born_problems(born, today=today) if today else []
    if len(parts[3]) == _DAY_DIGITS and born is None:
        problems.append(Problem("card_day", f"Ngày sinh «{parts[3]}» trên mã quét không có thật; hãy xem thẻ.", "born"))
    if _LOST_LETTERS.search(name + address):
        problems.append(Problem("letters_lost", _LETTERS_LOST, "qr"))
        return Reading(Card(number, "", born, ""), problems, is_mangled=True)
    if changed or is_mangled(name, sex):
        problems.append(Problem("input_method_on", HOW_TO_SWITCH_OFF, "qr"))
        return Reading(Card(number, "", born, ""), problems, is_mangled=True)
    return Reading(Card(number, name, born, address, sex), problems)


def is_mangled(name: str, sex: str) -> bool:
    """Whether an input method typed over the scan: what it leaves in a name, or a sex that is none."""
    if fold(sex) not in _SEXES or _DIGIT_IN_NAME.search(name):
        return True
    return name.isascii() and _TELEX_LEFT.search(name) is not None


def _no_card(text: str) -> Problem:
    if text.lower().startswith(("http://", "https://")):
        return Problem("not_card", "Mã vừa quét là một địa chỉ trang, không phải căn cước; hãy quét mặt có QR của thẻ.")
    if text.upper().startswith("IDVNM") or "<<" in text:
        message = "Mã vừa quét là dòng chữ máy đọc (MRZ), không phải mã QR; hãy quét mã QR ở góc trên của thẻ."
        return Problem("not_card", message)
    if _HEALTH_CARD.match(text):
        return Problem("not_card", "Mã vừa quét giống thẻ bảo hiểm y tế, không phải căn cước; hãy quét thẻ căn cước.")
    return Problem("bad_card", "Không đọc được mã QR căn cước; hãy quét lại hoặc nhập tay.")


def _day(digits: str) -> date | None:
    if len(digits) != _DAY_DIGITS or not digits.isdigit():
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
