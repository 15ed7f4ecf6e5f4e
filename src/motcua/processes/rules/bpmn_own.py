"""Reading back from a BPMN file what the house's own elements say of a task, an arrow, a timer."""

from collections.abc import Mapping
from typing import Any

from motcua.processes.rules.bpmn_terms import MODEL, OWN
from motcua.processes.rules.markup import Element

_MOST_DIGITS = 9


def own(element: Element | None, name: str) -> Element | None:
    """Return the own element of that name that an element carries, or None."""
    extension = element.first(MODEL, "extensionElements") if element is not None else None
    return extension.first(OWN, name) if extension is not None else None


def about_step(said: Element) -> dict[str, Any]:
    """Return the fields of a step that BPMN has no word for."""
    return {
        "right": said.get("right"),
        "at": said.get("at"),
        "unit": said.get("unit"),
        "gates": said.get("gates").split(),
        "gates_when": said.get("gatesWhen"),
        "clock": said.get("clock"),
        "initials": said.get("initials"),
        "initials_required": said.get("initialsRequired") == "true",
        "term": term(said),
        "consults": [_consult(one) for one in said.each(OWN, "consult")],
    }


def term(holder: Element) -> dict[str, Any] | None:
    """Return the term that an own element holds, or None."""
    said = holder.first(OWN, "term")
    if said is None:
        return None
    return {
        "amount": said.get("amount", "0"),
        "unit": said.get("unit"),
        "unverified": said.get("unverified") == "true",
        "note": said.get("note"),
    }


def timer(said: Element, to: str) -> dict[str, Any]:
    """Return a timer; `to` is the step its arrow leads to ("" = what the element itself says)."""
    return {
        "key": said.get("key"),
        "do": said.get("do"),
        "to": to or said.get("to"),
        "when": said.get("when"),
        "after": term(said),
    }


def lost_moves(said: Element) -> list[tuple[str, int, Mapping[str, str]]]:
    """Return the moves to steps that do not exist: kind, order, move."""
    return [
        (one.get("kind"), _number(one.get("order")), {name: one.get(name) for name in ("to", "when", "label")})
        for one in said.each(OWN, "lost")
    ]


def order_of(said: Element | None) -> int | None:
    """Return the place of a move among those of its step; None for one that somebody drew later."""
    return _number(said.get("order")) if said is not None else None


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) <= _MOST_DIGITS else 0


def _consult(said: Element) -> dict[str, Any]:
    return {
        "key": said.get("key"),
        "unit": said.get("unit"),
        "question": said.get("question"),
        "when": said.get("when"),
        "required": said.get("required") != "false",
        "term": term(said),
    }
