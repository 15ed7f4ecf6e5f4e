"""What `data/land.yaml` says: which procedures are about land, which facts they ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One fact: its label, what kind of value it is (text, lines, area, money, number, day, choice, choices)."""

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    longest: int = 100
    least: int = 0
    most: int = 0
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A budget item (tiểu mục) that a notice names."""

    code: str
    name: str


@cache
def _content() -> Mapping[str, Any]:
    text = files("motcua.land").joinpath("data", "land.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def is_land(procedure_code: str) -> bool:
    """Whether dossiers of the procedure are about a parcel."""
    return procedure_code in _content()["procedures"]


def is_taxed(procedure_code: str) -> bool:
    """Whether dossiers of the procedure go to the tax office."""
    return bool(_content()["procedures"].get(procedure_code, {}).get("taxed"))


def parcel_fields(procedure_code: str) -> Sequence[FieldSpec]:
    """The facts of the parcel that the procedure asks for, required ones first; none for another procedure."""
    found = _content()["procedures"].get(procedure_code)
    return _specs(found["parcel"]) if found else ()


def sheet_fields() -> Sequence[FieldSpec]:
    """The facts of the transfer sheet beyond those of parcel and owner."""
    return _specs(_content()["transfer_sheet"])


def items() -> Sequence[Item]:
    """The budget items to choose from."""
    return [Item(one["code"], one["name"]) for one in _content()["items"]]


def _specs(names: Mapping[str, Sequence[str]]) -> Sequence[FieldSpec]:
    content = _content()
    made = []
    for key in (*names["required"], *names["optional"]):
        said = dict(content["fields"][key])
        values = content["values"][said.pop("values")] if "values" in said else {}
        made.append(FieldSpec(key=key, required=key in names["required"], values=values, **said))
    return tuple(made)


def land_codes() -> Sequence[str]:
    """The codes of the procedures about land, in the order of the file."""
    return list(_content()["procedures"])
