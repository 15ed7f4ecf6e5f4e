"""Answers as people read them: on the page where they look over what they filled in, on the desk, on paper."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.forms.rules.plain import day_text, number_text, tidy
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.questions import Question
from motcua.forms.terms import WORDLESS, Form

_CLOSED = (("personal_id", "số định danh "), ("born", "sinh ngày "), ("tax_code", "mã số thuế "))
_SHORT_KINDS = frozenset({"date", "choice", "phone", "personal_id", "tax_code", "number", "whole", "coordinate"})
_MOST_BOXES, _LONGEST_BOXES = 6, 110
_SHOWN_BOOLEAN = {True: "Có", False: "Không"}


@dataclass(frozen=True, slots=True)
class Line:
    """One answer in words. A composite answer has `parts` instead of `text`, a table `heads` and `rows`.

    For paper: `boxes` are the options of a choice, each with whether it is chosen; `is_short`: two fit on a line;
    `is_long`: asks for several lines.
    """

    key: str
    label: str
    text: str = ""
    parts: tuple["Line", ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    is_table: bool = False
    is_heading: bool = False
    consents: bool = False
    boxes: tuple[tuple[str, bool], ...] = ()
    is_short: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a form in words."""

    key: str
    title: str
    lines: tuple[Line, ...]


def parts_in_words(
    form: Form, values: Mapping[str, object], *, blanks: bool = False, asked: Collection[str] | None = None
) -> tuple[Part, ...]:
    """Return every page with its answers in words; with `blanks` also questions without an answer (for paper).

    Of those, only the ones `asked`, where that is known.
    """
    questions = plan_of(form).questions
    found = []
    for page in form.pages:
        lines = tuple(
            line
            for key in dict.fromkeys(field.key for field in page.fields)
            for line in _lines(questions[key], values.get(key), blanks=blanks and (asked is None or key in asked))
        )
        if any(not line.is_heading for line in lines):
            found.append(Part(page.key, page.title, lines))
    return tuple(found)


def _lines(question: Question, value: object, *, blanks: bool) -> Iterator[Line]:
    if question.kind in WORDLESS:
        if question.kind == "section":
            yield Line(question.key, question.label, is_heading=True)
        return
    if blanks or value not in (None, "", [], {}):
        yield line_of(question, value, blanks=blanks)


def line_of(question: Question, value: object, *, blanks: bool = False) -> Line:
    """One answer in words."""
    if question.kind == "table":
        rows = value if isinstance(value, list) else []
        heads = tuple(column.field.label for column in question.columns)
        return Line(question.key, question.label, heads=heads, rows=rows_in_words(question, rows), is_table=True)
    if question.kind in {"person", "organisation", "land_parcel"}:
        parts = tuple(_parts(question, value if isinstance(value, Mapping) else {}, blanks=blanks))
        return Line(question.key, question.label, parts=parts)
    return _single(question, question.key, value)


def _single(question: Question, key: str, value: object) -> Line:
    return Line(
        key,
        question.label,
        text_of(question, value),
        consents=question.kind == "consent",
        boxes=_boxes(question, value),
        is_short=question.kind in _SHORT_KINDS,
        is_long=question.kind == "long_text",
    )


def _boxes(question: Question, value: object) -> tuple[tuple[str, bool], ...]:
    """The options of a choice with few short options, as squares to tick."""
    options = question.choices.options
    if question.kind not in {"choice", "choices", "yes_no"} or len(options) > _MOST_BOXES:
        return ()
    if sum(len(option.label) for option in options) > _LONGEST_BOXES:
        return ()
    chosen = value if isinstance(value, list) else ["yes" if value else "no"] if isinstance(value, bool) else [value]
    return tuple((option.label, option.value in chosen) for option in options)


def _parts(question: Question, value: Mapping[str, object], *, blanks: bool) -> Iterator[Line]:
    for part in question.parts:
        if blanks or part.key in value:
            yield _single(part, f"{question.key}.{part.key}", value.get(part.key))


def rows_in_words(question: Question, rows: Sequence[object]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, each with the words of all its columns."""
    return tuple(
        tuple(text_of(column, row.get(column.key)) for column in question.columns)
        for row in rows
        if isinstance(row, Mapping)
    )


def text_of(question: Question, value: object) -> str:
    """An answer on one line; "" for none."""
    match question.kind:
        case "choice" | "choices":
            names = question.choices.labels
            values = value if isinstance(value, list) else [] if value is None else [value]
            return "; ".join(str(names.get(str(one), one)) for one in values)
        case "consent":
            return "Đã đồng ý" if value is True else ""
        case "file":
            return f"{value} tệp" if isinstance(value, Decimal) and value else ""
        case "whole":
            return "" if value is None else str(value)
        case _:
            return _with_unit(question, plain_text(value), value)


def _with_unit(question: Question, text: str, value: object) -> str:
    if not text or not isinstance(value, Decimal):
        return text
    if question.kind == "money":
        return f"{text} {question.field.unit or 'đồng'}"
    unit = question.field.unit if question.kind in {"number", "computed"} and not question.is_part else ""
    return f"{text} {unit}" if unit else text


def plain_text(value: object) -> str:
    """Any value on one line, without knowing its question: what papers print for an expression in braces."""
    if value is None or isinstance(value, bool):
        return "" if value is None else _SHOWN_BOOLEAN[bool(value)]
    if isinstance(value, Decimal):
        return number_text(tidy(value)) if value.is_finite() else ""
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Mapping):
        return _mapping_text(value)
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, (plain_text(one) for one in value)))
    return str(value)


def _mapping_text(value: Mapping[str, object]) -> str:
    if "text" in value:
        return str(value["text"])
    if value.keys() & {"day", "month", "year"}:
        return "/".join(f"{value[key]:0>2}" for key in ("day", "month", "year") if key in value)
    if value.keys() & {"latitude", "longitude"}:
        return ", ".join(plain_text(value.get(key)) for key in ("latitude", "longitude"))
    if value.keys() & {"sheet", "number"}:
        return _parcel_text(value)
    return _person_text(value)


def _parcel_text(value: Mapping[str, object]) -> str:
    pieces = (
        ("thửa đất số {}", value.get("number")),
        ("tờ bản đồ số {}", value.get("sheet")),
        ("diện tích {} m²", value.get("area")),
        ("{}", value.get("address")),
    )
    return ", ".join(form.format(plain_text(one)) for form, one in pieces if one is not None)


def _person_text(value: Mapping[str, object]) -> str:
    pieces = [plain_text(value.get("name"))]
    pieces += [f"{words}{plain_text(value[key])}" for key, words in _CLOSED if value.get(key)]
    pieces += [plain_text(value.get("address"))]
    found = ", ".join(filter(None, pieces))
    return found or ", ".join(filter(None, (plain_text(one) for one in value.values())))
