"""What the keys in a definition mean, so that changes are told by names."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Names = Mapping[str, Mapping[str, str]]

#: Fields that hold keys of other parts: (model, field) → of what.
REFERENCES: Final[Mapping[tuple[str, str], str]] = {
    ("Component", "cases"): "cases",
    ("Component", "required_in"): "cases",
    ("PackageTest", "case"): "cases",
    ("Field", "component"): "components",
    ("Expected", "components"): "components",
    ("LinkedProcedure", "opens_at"): "steps",
    ("PaperTemplate", "step"): "steps",
    ("Timer", "to"): "steps",
    ("Expected", "path"): "steps",
    ("Check", "field"): "fields",
    ("Block", "keys"): "fields",
    ("Expected", "problems"): "fields",
    ("Expected", "asked"): "fields",
    ("Expected", "not_asked"): "fields",
}


def names_in(old: Mapping[str, Any], new: Mapping[str, Any]) -> Names:
    """Return the names of cases, papers, steps and fields by key; where both have a key, as the newer calls it."""
    found: dict[str, dict[str, str]] = {"cases": {}, "components": {}, "steps": {}, "fields": {}}
    for one in (old, new):
        for part in ("cases", "components", "steps"):
            found[part] |= {item["key"]: item["name"] for item in one.get(part, ())}
        found["fields"] |= {field["key"]: field["label"] for field in _fields(one)}
    return found


def _fields(definition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for page in (definition.get("form") or {}).get("pages", ()):
        yield from page["fields"]
