"""A definition as the files of a package, and back. Nothing is lost on the way."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, Final

from pydantic import BaseModel

from motcua.kernel.errors import Invalid
from motcua.packages.rules.reading import read_package
from motcua.packages.rules.yaml_reading import plain_value
from motcua.packages.rules.yaml_writing import write_yaml
from motcua.packages.terms import (
    FORM_FILE,
    FORMAT,
    PAPERS_FOLDER,
    PROCEDURE_FILE,
    PROCESS_FILE,
    TESTS_FOLDER,
    TEXTS_FOLDER,
)
from motcua.procedures.terms import Definition

_OWN_FILES: Final = ("form", "steps", "linked", "papers", "tests", "texts")
_TEXT_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
#: Names that no file may have on some systems.
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_BYTE_ORDER_MARK: Final = "\ufeff"


def definition_from_files(files: Mapping[str, bytes]) -> Definition:
    """Return the definition that the files of a package hold, by their names in it ("papers/giay-khai-sinh.yaml").

    Raises Invalid with every fault of every file; `field` says where: "form.yaml:12".
    """
    read = read_package(files)
    if read.definition is None or read.problems:
        raise Invalid(read.problems)
    return read.definition


def files_of(definition: Definition) -> dict[str, bytes]:
    """Return the files of a package that holds the definition, by name; what has its usual value is left out."""
    whole = _shaped(definition)
    texts = {key: text for key, text in definition.texts.items() if _has_own_file(key, text)}
    rest = {key: text for key, text in definition.texts.items() if key not in texts}
    procedure = {key: value for key, value in whole.items() if key not in _OWN_FILES}
    procedure = {"format": FORMAT, **procedure, **({"texts": rest} if rest else {})}
    files = {PROCEDURE_FILE: write_yaml(procedure)}
    if definition.form is not None:
        files[FORM_FILE] = write_yaml(whole["form"])
    process: dict[str, Any] = {key: whole[key] for key in ("steps", "linked") if key in whole}
    if process:
        files[PROCESS_FILE] = write_yaml(process)
    for folder in (PAPERS_FOLDER, TESTS_FOLDER):
        members = whole.get(folder, [])
        for name, member in zip(_names([one["key"] for one in members]), members, strict=True):
            files[f"{folder}/{name}.yaml"] = write_yaml(member)
    files.update({f"{TEXTS_FOLDER}/{key}.txt": f"{text}\n".encode() for key, text in texts.items()})
    return files


def _has_own_file(key: str, text: str) -> bool:
    named = _TEXT_NAME.fullmatch(key) is not None and _RESERVED.fullmatch(key) is None
    return named and not text.startswith(_BYTE_ORDER_MARK)


def _names(keys: list[str]) -> Iterable[str]:
    """File names whose order is the order of the members: the keys, numbered where they would not be in order."""
    in_order = all(one < other for one, other in pairwise(keys))
    if in_order and not any(_RESERVED.fullmatch(key) for key in keys):
        return keys
    width = max(len(str(len(keys))), 2)
    return [f"{number:0{width}}-{key}" for number, key in enumerate(keys, start=1)]


def _shaped(value: Definition) -> dict[str, Any]:
    return {key: _simpler(key, one) for key, one in value.model_dump(mode="json", exclude_defaults=True).items()}


def _simpler(name: str, value: Any) -> Any:
    """The value as a person would write it: bare keys of moves, plain numbers for bounds."""
    if name in ("form", "facts", "values") and isinstance(value, dict) and "pages" not in value:
        return value  # what a test types or expects stays as it is
    if isinstance(value, dict):
        return {key: _simpler(key, one) for key, one in value.items()}
    if isinstance(value, list):
        if name in ("forward", "back"):
            return [one["to"] if set(one) == {"to"} else one for one in value]
        return [_simpler("", one) for one in value]
    if name in ("minimum", "maximum") and isinstance(value, str):
        number = plain_value(value)
        return number if str(number) == value else value
    return value


def plain(value: BaseModel) -> dict[str, Any]:
    """Return one part of a definition as a person would write it."""
    return {key: _simpler(key, one) for key, one in value.model_dump(mode="json", exclude_defaults=True).items()}
