"""Values of a form in other shapes: flat names as a page sends them, plain JSON as it is kept and exchanged."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeGuard

from motcua.forms.rules.plain import day_text, number_text, storable, tidy
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.questions import COMPOSITES, UNTYPED, Question
from motcua.forms.terms import Form

#: Parts that reading adds to what was typed.
_ADDED = frozenset({"province_name", "commune_name", "text"})


def flatten(form: Form, nested: Mapping[str, object]) -> dict[str, str | list[str]]:
    """What one would type for these values: nested values, or values already under flat names; fit for keeping.

    Dates, numbers and truth values may come as such; computed values and names that reading adds are left out; names
    that the form does not have stay, so that reading tells of them.
    """
    questions = plan_of(form).questions
    flat: dict[str, str | list[str]] = {}
    for key, value in nested.items():
        question = questions.get(str(key))
        if question is None or question.kind not in UNTYPED:
            _lay_out(str(key), question, value, flat)
    return flat


def _lay_out(name: str, question: Question | None, value: object, flat: dict[str, str | list[str]]) -> None:
    if isinstance(value, Mapping):
        for key, one in value.items():
            inner = question.part(str(key)) if question else None
            if not (question and question.kind == "address" and key in _ADDED):
                _lay_out(f"{name}.{key}", inner, one, flat)
    elif question is not None and question.kind == "table" and _is_many(value):
        _lay_out_rows(name, question, value, flat)
    elif _is_many(value):
        flat[name] = [_written(one) for one in value]
    elif value is not None:
        flat[name] = _written(_guessed(value) if question and question.kind == "date" else value, question)


def _is_many(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _lay_out_rows(name: str, question: Question, rows: Sequence[object], flat: dict[str, str | list[str]]) -> None:
    columns = {column.key: column for column in question.columns}
    for index, row in enumerate(rows):
        for key, value in row.items() if isinstance(row, Mapping) else ():
            column = columns.get(str(key))
            if column is None or column.kind not in UNTYPED:
                _lay_out(f"{name}.{index}.{key}", column, value, flat)


def _written(value: object, question: Question | None = None) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() if question is not None and question.kind == "whole":
            return str(value)
        case int() | float() | Decimal():
            return number_text(tidy(Decimal(str(value)))) if Decimal(str(value)).is_finite() else str(value)
        case datetime():
            return day_text(value.date())
        case date():
            return day_text(value)
        case _:
            return storable(str(value))


def to_json(form: Form, values: Mapping[str, object]) -> dict[str, object]:
    """Values as plain JSON: days as ISO 8601, whole numbers as integers, others as numbers of at most 15 digits."""
    return {key: _plain(values[key]) for key in plan_of(form).questions if key in values}


def _plain(value: object) -> object:
    match value:
        case bool() | None | str() | int():
            return value
        case Decimal():
            return plain_number(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return str(value)


def plain_number(number: Decimal) -> int | float:
    """A number of at most 15 digits as JSON writes it, without loss."""
    return int(number) if number == number.to_integral_value() else float(number)


def from_json(form: Form, data: Mapping[str, object]) -> dict[str, object]:
    """Values from what `to_json` gave; keys the form does not have are left out."""
    questions = plan_of(form).questions
    return {key: _value(questions[key], data[key]) for key in questions if key in data}


def _value(question: Question | None, data: object) -> object:
    if question is None or question.kind == "computed":
        return _guessed(data)
    if question.kind == "table" and isinstance(data, list):
        columns = {column.key: column for column in question.columns}
        return [{key: _value(columns.get(key), one) for key, one in row.items()} for row in data]
    if question.kind == "partial_date":
        return data
    if question.kind in COMPOSITES and isinstance(data, Mapping):
        return {key: _part(question, key, one) for key, one in data.items()}
    if question.kind == "date" and isinstance(data, str):
        return _guessed(data)
    return Decimal(repr(data)) if isinstance(data, int | float) and not isinstance(data, bool) else data


def _part(question: Question, key: str, data: object) -> object:
    part = question.part(key)
    return _value(part, data) if part else data


def _guessed(data: object) -> object:
    """A computed value: its kind is known from the JSON alone, since texts that write ISO days are days."""
    if isinstance(data, str):
        try:
            return date.fromisoformat(data) if len(data) == len("2026-01-01") and data[4] == "-" else data
        except ValueError:
            return data
    if isinstance(data, Mapping):
        return {key: _guessed(one) for key, one in data.items()}
    if isinstance(data, list):
        return [_guessed(one) for one in data]
    return Decimal(repr(data)) if isinstance(data, int | float) and not isinstance(data, bool) else data
