"""The shape of a form's answers as JSON Schema (draft 2020-12): what `to_json` gives for an accepted form.

Conditions and checks across fields are not in the schema; reading tells of them.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from motcua.forms.rules.nested import plain_number
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.questions import ALWAYS_THERE, Question
from motcua.forms.terms import WORDLESS, Form

Schema = dict[str, object]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAMES = ("province_name", "commune_name", "text")
_TEXT: Schema = {"type": "string", "minLength": 1}
_SIMPLE: Mapping[str, Schema] = {
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "yes_no": {"type": "boolean"},
    "consent": {"type": "boolean"},
    "email": {"type": "string", "format": "email"},
    "phone": {"type": "string", "pattern": "^0[0-9]{9,10}$"},
    "tax_code": {"type": "string", "pattern": "^([0-9]{10}(-?[0-9]{3})?|[0-9]{12})$"},
    "personal_id": {"type": "string", "pattern": "^([0-9]{12}|[0-9]{9}|[A-Z]{1,2}[0-9]{6,8})$"},
    "file": {"type": "integer", "minimum": 0},
    "computed": {},
    "partial_date": {
        "type": "object",
        "properties": {
            "day": {"type": "integer", "minimum": 1, "maximum": 31},
            "month": {"type": "integer", "minimum": 1, "maximum": 12},
            "year": {"type": "integer", "minimum": 1800},
        },
        "required": ["year"],
        "dependentRequired": {"day": ["month"]},
        "additionalProperties": False,
    },
}


def json_schema(form: Form) -> dict[str, object]:
    """Return the schema of the form's answers."""
    plan = plan_of(form)
    questions = [question for question in plan.questions.values() if question.kind not in WORDLESS]
    always = [one.key for one in questions if _is_always_there(one) and plan.page_when[one.page] is None]
    return {
        "$schema": _DRAFT,
        "title": form.title,
        "type": "object",
        "properties": {one.key: _titled(one) for one in questions},
        "required": always,
        "additionalProperties": False,
    }


def _is_always_there(question: Question) -> bool:
    return question.when is None and (question.required or question.kind in ALWAYS_THERE)


def _titled(question: Question) -> Schema:
    found: Schema = {"title": question.field.label if not question.is_part else question.label, **_schema(question)}
    if question.field.hint and not question.is_part:
        found["description"] = question.field.hint
    return found


def _schema(question: Question) -> Schema:
    if question.kind == "consent" and question.required:
        return {"const": True}
    if question.parts and question.kind != "partial_date":
        return _composite(question)
    if question.kind in _MADE:
        return _MADE[question.kind](question)
    return dict(_SIMPLE.get(question.kind, {**_TEXT, "maxLength": question.longest}))


def _choice(question: Question) -> Schema:
    if question.choices.labels:
        return {"enum": list(question.choices.labels)}
    return {"type": "string", "pattern": "^[0-9]{4,5}$"} if question.lookup == "business_lines" else dict(_TEXT)


def _number(question: Question) -> Schema:
    found: Schema = {"type": "number" if question.decimals else "integer"}
    for name, bound in (("minimum", question.minimum), ("maximum", question.maximum)):
        if isinstance(bound, Decimal):
            found[name] = plain_number(bound)
    return found


def _composite(question: Question) -> Schema:
    properties = {part.key: _titled(part) for part in question.parts}
    required = [part.key for part in question.parts if part.required]
    if question.kind == "address":
        properties |= {name: dict(_TEXT) for name in _NAMES}
        required.append("text")
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _table(question: Question) -> Schema:
    columns = [column for column in question.columns if column.kind not in WORDLESS]
    row: Schema = {
        "type": "object",
        "properties": {column.key: _titled(column) for column in columns},
        "required": [column.key for column in columns if _is_always_there(column)],
        "additionalProperties": False,
    }
    least = max(question.field.min_rows, int(question.required))
    return {"type": "array", "items": row, "minItems": least, "maxItems": question.field.max_rows}


def _choices(question: Question) -> Schema:
    return {"type": "array", "items": _choice(question), "uniqueItems": True}


_MADE: Mapping[str, Callable[[Question], Schema]] = {
    "table": _table,
    "choice": _choice,
    "choices": _choices,
    "money": _number,
    "number": _number,
    "coordinate": _number,
}
