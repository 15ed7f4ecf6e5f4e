"""Values and places of a definition in words, for the list of changes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel

from motcua.packages.rules.labels import CHANNELS, UNITS, WORDS

_LONGEST: Final = 160
_AROUND: Final = 60
#: What an item is called by, the first it has.
_TITLES: Final = ("name", "label", "title", "question", "message", "number", "to", "text", "key", "kind")
_MONEY: Final = {("Fee", "amount"), ("Expected", "fees")}
_FORMULAS: Final = {"when", "holds", "value", "items", "required_when", "units_on", "gates_when"}
_BY_CHANNEL: Final = {("Case", "terms"), ("Case", "law_terms"), ("Fee", "channels")}


def where_of(where: Sequence[str], words: str) -> str:
    """One line: where, and what became of it there."""
    line = f"{', '.join(where)}: {words}" if where else words
    return line[:1].upper() + line[1:]


def item_title(model: type[BaseModel], item: Mapping[str, Any]) -> str:
    """What one of several is called."""
    name = next((name for name in _TITLES if name in model.model_fields and item.get(name)), "")
    if not name:
        return ""
    title = str(item[name])
    return WORDS.get((model.__name__, name), {}).get(title) or _shortened(title, "").replace("\n", " ⏎ ")


def said_term(term: Mapping[str, Any]) -> str:
    """A term in words: 5 ngày làm việc."""
    unit = UNITS[term["unit"]]
    return unit if term["unit"] == "same_day" else f"{term['amount']} {unit}"


def said_term_change(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Two terms in words: 5 → 3 ngày làm việc."""
    if old["unit"] == new["unit"]:
        return f"{old['amount']} → {said_term(new)}"
    return f"{said_term(old)} → {said_term(new)}"


def said(field: tuple[str, str], value: Any, beside: Any = "") -> str:
    """A value in words; of a long text the piece where it differs from the one `beside` it."""
    if field in _BY_CHANNEL and value in CHANNELS:
        return CHANNELS[value]
    if value is None or value in ("", [], {}):
        return WORDS.get(field, {}).get("", "(trống)")
    if isinstance(value, list):
        return ", ".join(said(field, one) for one in value)
    return _said_text(field, value, beside) if isinstance(value, str) else _said_figure(field, value)


def _said_figure(field: tuple[str, str], value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if field in _MONEY:
        return f"{value:,} đồng".replace(",", ".")
    return json.dumps(value, ensure_ascii=False)


def _said_text(field: tuple[str, str], value: str, beside: Any) -> str:
    if field in WORDS and value in WORDS[field]:
        return WORDS[field][value]
    shown = _shortened(value, beside if isinstance(beside, str) else "").replace("\n", " ⏎ ")
    return f"[{shown}]" if field[1] in _FORMULAS else f"“{shown}”"


def _shortened(text: str, beside: str) -> str:
    if len(text) <= _LONGEST:
        return text
    differs = next((place for place, one in enumerate(text) if beside[place : place + 1] != one), len(text))
    begins = max(0, min(differs, len(text) - 1) - _AROUND) if beside else 0
    piece = text[begins : begins + _LONGEST]
    return f"{'…' if begins else ''}{piece}{'…' if begins + _LONGEST < len(text) else ''}"
