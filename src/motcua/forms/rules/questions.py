"""A form as it is read: every field a `Question` with its parts and columns, its expressions read, its list at hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

from motcua.expressions.rules.parsing import Expression, parse
from motcua.forms.rules.lists import NO_CHOICES, YES_NO, Choices, choices_of, shipped
from motcua.forms.rules.ordering import ordered
from motcua.forms.rules.patterns import safe_pattern
from motcua.forms.terms import Field, FieldKind, FormPage
from motcua.kernel.errors import Invalid

#: Kinds of questions: those of fields, and those that only parts of composite values have.
PartKind = Literal["personal_id", "tax_code", "whole", "coordinate"]
QuestionKind = FieldKind | PartKind

#: Kinds whose value is a mapping of parts.
COMPOSITES: Final = frozenset({"person", "organisation", "address", "land_parcel", "map_point", "partial_date"})
#: Kinds whose value is always there once they are asked.
ALWAYS_THERE: Final = frozenset({"choices", "table", "consent"})
#: Kinds that nothing is typed into.
UNTYPED: Final = frozenset({"section", "information", "computed"})

LONGEST_INPUT: Final = 20_000
_LENGTHS: dict[str, int] = {"long_text": 5000, "name": 120, "email": 254, "text": 500}
_SHORT = 200
#: The bounds of what maps of Việt Nam show, islands included.
_LATITUDES = (Decimal(6), Decimal(24))
_LONGITUDES = (Decimal(102), Decimal(118))


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One question. `field` is the field it comes from (of a part: the field it is part of)."""

    key: str
    kind: QuestionKind
    label: str
    field: Field
    page: str = ""
    is_part: bool = False
    required: bool = False
    required_when: Expression | None = None
    when: Expression | None = None
    value: Expression | None = None
    units_on: Expression | None = None
    choices: Choices = NO_CHOICES
    lookup: str = ""
    parts: tuple["Question", ...] = ()
    columns: tuple["Question", ...] = ()
    column_order: tuple["Question", ...] = ()
    pattern: re.Pattern[str] | None = None
    longest: int = _SHORT
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0

    def part(self, key: str) -> "Question | None":
        """The part of that key, or None."""
        return next((part for part in self.parts if part.key == key), None)

    def expressions(self) -> Iterator[Expression]:
        """Every expression the question reads other values by, with those of its columns."""
        yield from filter(None, (self.when, self.required_when, self.value, self.units_on))
        for column in self.columns:
            yield from column.expressions()


#: What each part of a composite value asks for: kind, label, decimals.
_PARTS: dict[str, dict[str, tuple[QuestionKind, str]]] = {
    "person": {
        "name": ("name", "Họ, chữ đệm, tên"),
        "personal_id": ("personal_id", "Số định danh cá nhân"),
        "born": ("date", "Ngày, tháng, năm sinh"),
        "gender": ("choice", "Giới tính"),
        "ethnicity": ("choice", "Dân tộc"),
        "nationality": ("choice", "Quốc tịch"),
        "phone": ("phone", "Số điện thoại"),
        "address": ("address", "Nơi cư trú"),
    },
    "organisation": {
        "name": ("text", "Tên tổ chức"),
        "tax_code": ("tax_code", "Mã số thuế"),
        "representative": ("name", "Người đại diện theo pháp luật"),
        "phone": ("phone", "Số điện thoại"),
        "email": ("email", "Thư điện tử"),
        "address": ("address", "Địa chỉ trụ sở"),
    },
    "address": {
        "province": ("choice", "Tỉnh, thành phố"),
        "commune": ("choice", "Xã, phường, đặc khu"),
        "line": ("text", "Số nhà, đường, thôn, tổ dân phố"),
    },
    "land_parcel": {
        "sheet": ("text", "Tờ bản đồ số"),
        "number": ("text", "Thửa đất số"),
        "area": ("number", "Diện tích (m²)"),
        "address": ("address", "Địa chỉ thửa đất"),
    },
    "map_point": {"latitude": ("coordinate", "Vĩ độ"), "longitude": ("coordinate", "Kinh độ")},
    "partial_date": {"day": ("whole", "Ngày"), "month": ("whole", "Tháng"), "year": ("whole", "Năm")},
}
_PART_LOOKUPS = {
    "gender": "genders",
    "ethnicity": "ethnicities",
    "nationality": "nationalities",
    "province": "provinces",
    "commune": "communes",
}
_BOUNDS: dict[str, tuple[Decimal, Decimal]] = {
    "latitude": _LATITUDES,
    "longitude": _LONGITUDES,
    "area": (Decimal(0), Decimal(10) ** 12),
}
_DECIMALS = {"latitude": 9, "longitude": 9, "area": 2}
_KINDS = frozenset(get_args(FieldKind))


def expression_of(text: str) -> Expression | None:
    """Read an expression; one that is wrong (the checker tells) is unknown for ever; None for none."""
    if not text.strip():
        return None
    try:
        return parse(text)
    except Invalid:
        return parse("None")


def question_of(field: Field, page: FormPage | None = None) -> Question:
    """Make a field ready for reading."""
    columns = _columns(field)
    return Question(
        key=field.key,
        kind=field.kind,
        label=said(field.label),
        field=field,
        page=page.key if page else "",
        required=field.required,
        required_when=expression_of(field.required_when),
        when=expression_of(field.when),
        value=expression_of(field.value),
        units_on=expression_of(field.units_on),
        choices=_choices(field),
        lookup=field.lookup,
        parts=_parts(field),
        columns=columns,
        column_order=_in_order(columns),
        pattern=safe_pattern(field.pattern),
        longest=min(field.max_length or _LENGTHS.get(field.kind, _SHORT), LONGEST_INPUT),
        minimum=Decimal(0) if field.kind == "money" and field.minimum is None else field.minimum,
        maximum=field.maximum,
        decimals=field.decimals,
    )


def said(label: str) -> str:
    """A label as sentences quote it: without the colon or star that paper forms put after it."""
    return label.rstrip(" :*.") or label


def _choices(field: Field) -> Choices:
    if field.kind == "yes_no":
        return YES_NO
    return choices_of(field.options) if field.options else shipped(field.lookup)


def _parts(field: Field) -> tuple[Question, ...]:
    known = _PARTS.get(field.kind, {})
    wanted = field.asked_parts or tuple(known)
    return tuple(_part(field, field.kind, key) for key in dict.fromkeys(wanted) if key in known)


def _part(field: Field, kind: str, key: str, prefix: str = "") -> Question:
    part_kind, label = _PARTS[kind][key]
    lookup = _PART_LOOKUPS.get(key, "")
    lowest, highest = _BOUNDS.get(key, (None, None))
    inner: tuple[Question, ...] = ()
    if part_kind == "address":
        inner = tuple(_part(field, "address", name, f"{key}.") for name in _PARTS["address"])
    return Question(
        key=key,
        kind=part_kind,
        label=label,
        field=field,
        is_part=True,
        required=f"{prefix}{key}" not in field.optional_parts,
        choices=shipped(lookup),
        lookup=lookup,
        units_on=expression_of(field.units_on) if inner else None,
        parts=inner,
        longest=_LENGTHS.get(part_kind, _SHORT),
        minimum=lowest,
        maximum=highest,
        decimals=_DECIMALS.get(key, 0),
    )


def _columns(field: Field) -> tuple[Question, ...]:
    """Columns of a table; a table within a table cannot be typed."""
    return tuple(question_of(column) for column in _unique(field.columns) if column.kind != "table")


def column_waits(columns: tuple[Question, ...]) -> dict[str, frozenset[str]]:
    """Which other columns of its row each column reads."""
    keys = {column.key for column in columns}
    return {
        column.key: frozenset(name for one in column.expressions() for name in roots(one)) & keys for column in columns
    }


def _in_order(columns: tuple[Question, ...]) -> tuple[Question, ...]:
    by_key = {column.key: column for column in columns}
    return tuple(by_key[key] for key in ordered(column_waits(columns))[0])


def roots(expression: Expression | None) -> frozenset[str]:
    """The first parts of the names an expression reads."""
    return frozenset(name.split(".", maxsplit=1)[0] for name in expression.names) if expression else frozenset()


def _unique(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple({field.key: field for field in reversed(fields)}.values())[::-1]
