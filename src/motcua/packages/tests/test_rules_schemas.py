"""The published JSON Schemas are those of the models, and every part has a Vietnamese name."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from motcua.packages.rules.labels import LABELS, WORDS, label
from motcua.packages.rules.schemas import schema_files, schemas
from motcua.packages.rules.yaml_reading import read_yaml
from motcua.packages.tests.samples import sample_files
from motcua.procedures.terms import Definition

PUBLISHED = Path(__file__).parents[4] / "docs" / "schemas"


def test_the_published_schemas_are_true() -> None:
    """When a model changed on purpose: `motcua packages schemas docs/schemas`."""
    if not PUBLISHED.is_dir():
        pytest.skip("chỉ kiểm trong kho mã nguồn: không có thư mục docs/schemas")
    published = {path.name: path.read_bytes() for path in PUBLISHED.iterdir()}
    assert published == schema_files()


def _models(kind: Any, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from _models(field.annotation, seen)
    for one in get_args(kind):
        yield from _models(one, seen)


def test_every_field_of_every_model_has_a_name() -> None:
    models = list(_models(Definition, set()))
    assert {model.__name__: set(model.model_fields) for model in models} == {
        name: set(fields) for name, fields in LABELS.items()
    }
    assert all(label(name, field) for name, fields in LABELS.items() for field in fields)


def test_the_words_of_lists_are_those_of_the_models() -> None:
    fields = {
        (model.__name__, name): field
        for model in _models(Definition, set())
        for name, field in model.model_fields.items()
    }
    for place, words in WORDS.items():
        assert set(words) == set(_values(fields[place].annotation)), place


def _values(kind: Any) -> Iterator[str]:
    for one in get_args(kind) or ([member.value for member in kind] if isinstance(kind, type) else ()):
        if isinstance(one, str):
            yield one
        elif one is not Ellipsis:
            yield from _values(one)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_refers_only_to_what_it_has(name: str) -> None:
    schema = schemas()[name]
    text = json.dumps(schema)
    named = {part.split('"', maxsplit=1)[0] for part in text.split("#/$defs/")[1:]}
    assert named == set(schema.get("$defs", {}))
    assert schema["$schema"].endswith("2020-12/schema")
    assert all("title" in one for one in schema["properties"].values())


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("procedure", "procedure.yaml"),
        ("form", "form.yaml"),
        ("process", "process.yaml"),
        ("paper", "papers/giay-khai-sinh.yaml"),
        ("test", "tests/dung-han.yaml"),
    ],
)
def test_a_file_has_only_what_its_schema_names(kind: str, file: str) -> None:
    schema = schemas()[kind]
    value = read_yaml(file, sample_files()[file]).value
    assert set(value) <= set(schema["properties"])
    assert set(schema.get("required", ())) <= set(value)
