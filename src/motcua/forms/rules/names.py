"""What expressions of a form may read: its fields, by name and kind, and the facts that are always there."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from motcua.expressions.terms import Kind
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.questions import Question
from motcua.forms.terms import Form

#: Facts besides the fields. `channel`, `case`: as in procedures; `online`: whether it was sent from afar;
#: `applicant`: "citizen" or "organisation".
FORM_FACTS: Mapping[str, Kind] = MappingProxyType(
    {
        "today": "date",
        "case": "text",
        "channel": "text",
        "online": "boolean",
        "procedure": "text",
        "applicant": "text",
        "copies": "number",
        "pages": "number",
    }
)

_KINDS: Mapping[str, Kind] = {
    "date": "date",
    "money": "number",
    "number": "number",
    "whole": "number",
    "coordinate": "number",
    "file": "number",
    "yes_no": "boolean",
    "consent": "boolean",
    "choices": "list",
    "table": "rows",
    "computed": "any",
    "person": "any",
    "organisation": "any",
    "address": "any",
    "land_parcel": "any",
    "map_point": "any",
    "partial_date": "any",
}
_ADDRESS_NAMES = ("province_name", "commune_name", "text")


def known_names(form: Form) -> Mapping[str, Kind]:
    """Every name an expression of the form may read, dotted, with its kind; columns stand below their table."""
    found: dict[str, Kind] = dict(FORM_FACTS)
    for question in plan_of(form).questions.values():
        found |= dict(names_with_kinds(question))
    return found


def names_with_kinds(question: Question, prefix: str = "") -> Iterator[tuple[str, Kind]]:
    """The names of one question and of everything inside it."""
    if question.kind in {"section", "information"}:
        return
    name = f"{prefix}{question.key}"
    yield name, _KINDS.get(question.kind, "text")
    for inner in (*question.parts, *question.columns):
        yield from names_with_kinds(inner, f"{name}.")
    if question.kind == "address":
        yield from ((f"{name}.{one}", "text") for one in _ADDRESS_NAMES)
