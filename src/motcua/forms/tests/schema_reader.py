"""Holds a value against the part of JSON Schema that forms use; a keyword it does not know is an error."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}
_WORDS = {"$schema", "title", "description", "format"}


def faults(schema: Mapping[str, Any], value: Any, at: str = "") -> list[str]:
    """Where the value breaks the schema."""
    found = _type(schema["type"], value, at, schema) if "type" in schema else []
    for word, rule in schema.items() if not found else ():
        if word in _WORDS:
            if word == "format" and rule == "date":
                date.fromisoformat(value)
            continue
        found += _BY_WORD[word](rule, value, at, schema)
    return found


def _type(rule: str, value: Any, at: str, _: Mapping[str, Any]) -> list[str]:
    fits = isinstance(value, _TYPES[rule]) and (rule == "boolean" or not isinstance(value, bool))
    return [] if fits else [f"{at}: no {rule}"]


def _properties(rule: Mapping[str, Any], value: Any, at: str, _: Mapping[str, Any]) -> list[str]:
    if not isinstance(value, dict):
        return []
    return [one for key, inner in rule.items() if key in value for one in faults(inner, value[key], f"{at}.{key}")]


def _required(rule: list[str], value: Any, at: str, _: Mapping[str, Any]) -> list[str]:
    return [f"{at}: lacks {key}" for key in rule if isinstance(value, dict) and key not in value]


def _additional(rule: bool, value: Any, at: str, schema: Mapping[str, Any]) -> list[str]:
    known = schema["properties"] if not rule and isinstance(value, dict) else value
    return [f"{at}: has {key}" for key in value if key not in known] if isinstance(value, dict) else []


def _items(rule: Mapping[str, Any], value: Any, at: str, _: Mapping[str, Any]) -> list[str]:
    rows = value if isinstance(value, list) else []
    return [one for place, row in enumerate(rows) for one in faults(rule, row, f"{at}.{place}")]


def _dependent(rule: Mapping[str, list[str]], value: Any, at: str, _: Mapping[str, Any]) -> list[str]:
    return [f"{at}: {key}" for key, needed in rule.items() if key in value and not set(needed) <= set(value)]


def _when(holds: Any) -> Any:
    return lambda rule, value, at, _: [] if holds(rule, value) else [f"{at}: {rule}"]


_BY_WORD: Mapping[str, Any] = {
    "type": _type,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "items": _items,
    "dependentRequired": _dependent,
    "enum": _when(lambda rule, value: value in rule),
    "const": _when(lambda rule, value: value is rule),
    "pattern": _when(re.search),
    "minLength": _when(lambda rule, value: len(value) >= rule),
    "maxLength": _when(lambda rule, value: len(value) <= rule),
    "minimum": _when(lambda rule, value: value >= rule),
    "maximum": _when(lambda rule, value: value <= rule),
    "minItems": _when(lambda rule, value: len(value) >= rule),
    "maxItems": _when(lambda rule, value: len(value) <= rule),
    "uniqueItems": _when(lambda rule, value: rule and len(set(value)) == len(value)),
}
