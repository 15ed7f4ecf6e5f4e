"""First values of a form from what the house already knows, each with where it came from.

A person may not be asked again for what the agency holds (Nghị định 118/2025/NĐ-CP); what was filled in for them is
shown, can be corrected, and keeps its origin.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.forms.rules.nested import flatten
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.questions import UNTYPED, Question
from motcua.forms.rules.reading import Typed
from motcua.forms.terms import Form, Origin

#: Where one value came from, as JSON: {"source": Origin, "by": name, "at": ISO moment, "ref": code}.
Provenance = dict[str, str]
#: Keys of a source that say where it comes from itself; no field can have such a name.
META = {"by": "@by", "at": "@at", "ref": "@ref"}
_ORIGINS: Mapping[str, Origin] = {
    "account": "account",
    "dossier": "dossier",
    "result": "result",
    "business": "business",
}
#: Which part of a composite value a single text goes to.
_MAIN_PARTS = {"person": "name", "organisation": "name", "address": "line", "land_parcel": "number"}


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What stands in a form before anybody typed: flat names as in reading; provenance by key of the field."""

    typed: dict[str, str | list[str]]
    provenance: dict[str, Provenance]


def first_values(form: Form, sources: Mapping[str, Mapping[str, object]]) -> Prefilled:
    """Return first values: for each field the first of its `prefill` that has one, else its default.

    `sources` by name: "account", "business", "dossier:1.001193" (values of the last dossier of that procedure),
    "result:KQ.G15.000031". Each may say by "@by", "@at", "@ref" whose it is, from when, and under which code. A source
    without a path ("account") fills the parts of a composite value by their names.
    """
    typed: dict[str, str | list[str]] = {}
    provenance: dict[str, Provenance] = {}
    for key, question in plan_of(form).questions.items():
        found = _first(form, question, sources)
        if found:
            name, values = found
            typed |= values
            provenance[key] = _provenance(name, sources[name])
        elif question.field.default and question.kind not in UNTYPED:
            typed[key] = question.field.default
    return Prefilled(typed, provenance)


def _first(
    form: Form, question: Question, sources: Mapping[str, Mapping[str, object]]
) -> tuple[str, dict[str, str | list[str]]] | None:
    for path in question.field.prefill:
        name = max((one for one in sources if path == one or path.startswith(f"{one}.")), key=len, default="")
        value = _at(sources[name], path[len(name) + 1 :]) if name else None
        values = flatten(form, _fitting(question, value)) if value not in (None, "", [], {}) else {}
        if any(values.values()):
            return name, values
    return None


def _at(source: Mapping[str, object], path: str) -> object:
    found: object = source
    for key in filter(None, path.split(".")):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _fitting(question: Question, value: object) -> dict[str, object]:
    """What of a value the question can take: of a mapping its own parts, a single text as its main part."""
    if not question.parts:
        return {} if isinstance(value, Mapping) else {question.key: value}
    if isinstance(value, Mapping):
        return {question.key: _own_parts(question, value)}
    part = _MAIN_PARTS.get(question.kind)
    return {question.key: {part: value}} if part and question.part(part) else {}


def _own_parts(question: Question, value: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for part in question.parts:
        one = value.get(part.key)
        if isinstance(one, Mapping):
            found[part.key] = _own_parts(part, one)
        elif one not in (None, "") and part.parts:
            found[part.key] = {_MAIN_PARTS.get(part.kind, "line"): one}
        elif one not in (None, ""):
            found[part.key] = one
    return found


def _provenance(name: str, source: Mapping[str, object]) -> Provenance:
    first = name.split(":", maxsplit=1)[0]
    origin = first if first in _ORIGINS else "imported"
    said = {key: str(source[mark]) for key, mark in META.items() if source.get(mark)}
    if "ref" not in said and ":" in name:
        said["ref"] = name.split(":", maxsplit=1)[1]
    return {"source": origin, **said}


def provenance_after(
    before: Mapping[str, Provenance], old: Typed, new: Typed, *, source: Origin, by: str, at: str
) -> dict[str, Provenance]:
    """Where each value comes from after somebody typed: what they changed is theirs, the rest stays as it was.

    `source` is "typed" for a citizen, "clerk" for an officer; `at` an ISO moment.
    """
    changed = {_key(name) for name in {*old, *new} if old.get(name, "") != new.get(name, "")}
    present = {_key(name) for name, value in new.items() if value}
    kept = {key: dict(one) for key, one in before.items() if key in present and key not in changed}
    mine = present & changed | {key for key in present if key not in before}
    return {**kept, **{key: {"source": source, "by": by, "at": at} for key in sorted(mine)}}


def _key(name: str) -> str:
    return name.split(".", maxsplit=1)[0]
