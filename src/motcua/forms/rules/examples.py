"""Invented answers to any form: for previews, for trying a form, for tests that every form reads, shows and prints."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal

from motcua.forms.rules.plain import day_text, number_text, tidy
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.questions import UNTYPED, Question
from motcua.forms.rules.reading import Places
from motcua.forms.terms import Form

_TEXTS: Mapping[str, str] = {
    "name": "Nguyễn Thị Ví Dụ",
    "phone": "0912345678",
    "email": "ten@example.vn",
    "personal_id": "001190000001",
    "tax_code": "0100109106",
    "time": "08:30",
    "long_text": "Nội dung ví dụ.",
    "file": "1",
}
_FOR_PATTERNS = (
    "123456789",
    "001190000001",
    "0123456789",
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "AA 00123456",
    "29A-12345",
)
_WHOLE = {"day": "15", "month": "4", "year": "1990"}
_BORN = date(1990, 4, 15)
_ROWS = 2


def example_typed(form: Form, *, today: date, places: Places) -> dict[str, str | list[str]]:
    """Return what somebody might type into every question of the form; conditions may leave some of it unasked.

    Checks across fields, and patterns out of the ordinary, are not solved: a form with them may still find problems.
    """
    found: dict[str, str | list[str]] = {}
    for question in plan_of(form).questions.values():
        found |= dict(_typed(question, question.key, today, places))
    return found


def _typed(question: Question, name: str, today: date, places: Places) -> Iterator[tuple[str, str | list[str]]]:
    if question.kind == "table":
        for row in range(max(question.field.min_rows, min(_ROWS, question.field.max_rows))):
            for column in question.columns:
                yield from _typed(column, f"{name}.{row}.{column.key}", today, places)
    elif question.kind == "address":
        yield from _address(question, name, today, places)
    elif question.parts:
        for part in question.parts:
            yield from _typed(part, f"{name}.{part.key}", today, places)
    elif question.kind not in UNTYPED:
        yield name, _plain(question, today, places)


def _plain(question: Question, today: date, places: Places) -> str | list[str]:
    if question.kind == "choices":
        return [option.value for option in question.choices.options[:_ROWS]]
    return question.field.default if _has_default(question) else _single(question, today, places)


def _has_default(question: Question) -> bool:
    return bool(question.field.default) and not question.is_part


def _address(question: Question, name: str, today: date, places: Places) -> Iterator[tuple[str, str]]:
    province = next(iter(places.provinces_on(today)), "")
    commune = next(iter(places.communes_of(province, today)), "")
    values = {"province": province, "commune": commune, "line": "Số 12, đường Ví Dụ"}
    yield from ((f"{name}.{part.key}", values[part.key]) for part in question.parts)


def _single(question: Question, today: date, places: Places) -> str:
    match question.kind:
        case "choice":
            return _choice(question, today, places)
        case "yes_no" | "consent":
            return "yes"
        case "date":
            return day_text(_BORN if question.is_part else today)
        case "money" | "number" | "coordinate":
            return number_text(_number(question))
        case "whole":
            return _WHOLE.get(question.key, "1")
        case _:
            return _text(question)


def _text(question: Question) -> str:
    """A text of the kind; one of a few that fits the pattern, where there is a pattern."""
    usual = _TEXTS.get(question.kind, "Ví dụ")[: question.longest]
    if question.pattern is None:
        return usual
    return next((one for one in (usual, *_FOR_PATTERNS) if question.pattern.fullmatch(one)), usual)


def _choice(question: Question, today: date, places: Places) -> str:
    if question.lookup == "business_lines":
        return "4711"
    if question.lookup in {"provinces", "communes"}:
        province = next(iter(places.provinces_on(today)), "")
        return province if question.lookup == "provinces" else next(iter(places.communes_of(province, today)), "")
    if question.key == "gender" and question.is_part:
        return "female"
    return next(iter(question.choices.labels), "")


def _number(question: Question) -> Decimal:
    wanted = {"money": Decimal(1_500_000), "coordinate": Decimal("21.5")}.get(question.kind, Decimal(10))
    if question.key == "longitude":
        wanted = Decimal("105.8")
    if question.maximum is not None:
        wanted = min(wanted, question.maximum)
    if question.minimum is not None:
        wanted = max(wanted, question.minimum)
    return tidy(wanted.quantize(Decimal(1).scaleb(-question.decimals), ROUND_CEILING))
