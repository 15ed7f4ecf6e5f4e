"""Questions with one input, from the text typed to a value; problems are noted at their spot."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from motcua.forms.rules.lists import truth
from motcua.forms.rules.patterns import LONGEST_MATCHED
from motcua.forms.rules.plain import (
    Unreadable,
    coordinate_typed,
    day_text,
    day_typed,
    number_text,
    number_typed,
    time_typed,
)
from motcua.forms.rules.reading import Spot
from motcua.kernel.checks import (
    email_problems,
    personal_id_problems,
    phone_problems,
    tax_code_problems,
    tidy_number,
    tidy_phone,
)
from motcua.kernel.errors import Problem

Single = str | bool | Decimal | date | None
_OLDEST, _LATEST = 1800, 2200


def single_value(spot: Spot) -> Single:
    """The value typed at the spot; None when nothing was, or nothing that can be read (a problem tells)."""
    text = spot.text(keep_lines=spot.question.kind == "long_text")
    if not text:
        return None
    reader = _READERS.get(spot.question.kind, _text)
    try:
        return reader(spot, text)
    except Unreadable as error:
        spot.say("unreadable", f"“{spot.question.label}”: {error}.")
        return None


def _text(spot: Spot, text: str) -> str | None:
    question = spot.question
    if len(text) > question.longest:
        spot.too_long(len(text), question.longest)
        return None
    if question.pattern is None:
        return text
    if len(text) <= LONGEST_MATCHED and question.pattern.fullmatch(text):
        return text
    wanted = question.field.pattern_message or f"“{question.label}” viết chưa đúng mẫu; hãy xem lại."
    spot.say("pattern", wanted)
    return None


def _name(spot: Spot, text: str) -> str | None:
    if any(char.isdigit() for char in text) or not any(char.isalpha() for char in text):
        spot.say("name_letters", f"“{spot.question.label}” chỉ gồm chữ cái; hãy ghi đúng như trên giấy tờ.")
        return None
    return _text(spot, text)


def _by(tidy: Callable[[str], str], check: Callable[[str], list[Problem]]) -> Callable[[Spot, str], str | None]:
    """A reader that tidies the text, then asks a check of the kernel."""

    def read(spot: Spot, text: str) -> str | None:
        found = tidy(text)
        problems = check(found)
        for problem in problems:
            spot.say(problem.code, problem.message, problem.basis)
        return None if problems else _text(spot, found)

    return read


def _day(_: Spot, text: str) -> date | None:
    found = day_typed(text)
    if _OLDEST <= found.year <= _LATEST:
        return found
    raise Unreadable(f"năm {found.year} không hợp lý; hãy xem lại")


def _number(spot: Spot, text: str) -> Decimal | None:
    question = spot.question
    unit = "đồng" if question.kind == "money" else "m²" if question.is_part else question.field.unit
    found = number_typed(text, unit=unit or "", decimals=question.decimals)
    return _within_bounds(spot, found)


def _coordinate(spot: Spot, text: str) -> Decimal | None:
    return _within_bounds(spot, coordinate_typed(text))


def _whole(_: Spot, text: str) -> Decimal | None:
    return number_typed(text)


def _within_bounds(spot: Spot, number: Decimal) -> Decimal | None:
    lowest, highest = spot.question.minimum, spot.question.maximum
    if lowest is not None and number < lowest:
        spot.say("too_small", f"“{spot.question.label}” phải từ {number_text(lowest)} trở lên; hãy xem lại.")
        return None
    if highest is not None and number > highest:
        spot.say("too_large", f"“{spot.question.label}” nhiều nhất là {number_text(highest)}; hãy xem lại.")
        return None
    return number


def _yes_no(spot: Spot, text: str) -> bool | None:
    found = truth(text)
    if found is None:
        _unknown_option(spot)
    return found


def _choice(spot: Spot, text: str) -> str | None:
    question = spot.question
    if question.lookup == "business_lines":
        return _business_line(text)
    found = question.choices.chosen(text)
    if found is None:
        _unknown_option(spot)
    return found


def _business_line(text: str) -> str:
    """A line of business, by the code of its class in the national list (4 digits, 5 where a province divides it)."""
    code = tidy_number(text)
    if code.isascii() and code.isdigit() and len(code) in {4, 5}:
        return code
    raise Unreadable("hãy nhập mã ngành cấp 4, gồm 4 chữ số, ví dụ 4711")


def _unknown_option(spot: Spot) -> None:
    spot.say("unknown_option", f"“{spot.question.label}”: không có lựa chọn này; hãy chọn một trong các mục đã cho.")


def option_typed(spot: Spot, names: Mapping[str, str]) -> str | None:
    """The code typed at a spot whose list is at hand only now (territories); None with a problem noted."""
    text = spot.text()
    if not text or text in names:
        return text or None
    wanted = text.casefold()
    found = [code for code, name in names.items() if name.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    _unknown_option(spot)
    return None


def _count(_: Spot, text: str) -> Decimal | None:
    if text.isascii() and text.isdigit() and len(text) <= len("100"):
        return Decimal(text)
    raise Unreadable("tệp chưa được nhận; hãy tải lại")


def _same(text: str) -> str:
    return text


_READERS: Final[Mapping[str, Callable[[Spot, str], Single]]] = {
    "name": _name,
    "phone": _by(tidy_phone, phone_problems),
    "email": _by(_same, email_problems),
    "personal_id": _by(lambda text: tidy_number(text).upper(), personal_id_problems),
    "tax_code": _by(tidy_number, tax_code_problems),
    "date": _day,
    "time": lambda _spot, text: time_typed(text),
    "money": _number,
    "number": _number,
    "whole": _whole,
    "coordinate": _coordinate,
    "yes_no": _yes_no,
    "choice": _choice,
    "file": _count,
}

__all__ = ["Single", "day_text", "option_typed", "single_value"]
