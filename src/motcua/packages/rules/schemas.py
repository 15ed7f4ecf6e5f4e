"""JSON Schemas (2020-12) of the files of a package, made from the models that read them."""

import json
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, create_model

from motcua.forms.terms import Form, PaperTemplate
from motcua.packages.rules.labels import LABELS
from motcua.packages.terms import FORMAT
from motcua.procedures.terms import Definition, LinkedProcedure, PackageTest
from motcua.processes.terms import Step

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TITLES: Final = {
    "procedure": "Thủ tục hành chính: procedure.yaml",
    "form": "Biểu mẫu điện tử: form.yaml",
    "process": "Quy trình: process.yaml",
    "paper": "Khuôn giấy tờ: papers/*.yaml",
    "test": "Kiểm thử: tests/*.yaml",
    "package": "Cả gói trong một tệp",
}
_OTHER_FILES: Final = ("form", "steps", "linked", "papers", "tests")


def schema_files() -> dict[str, bytes]:
    """Return the schemas as files: "procedure.schema.json" …, the same bytes each time."""
    return {
        f"{name}.schema.json": (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name, schema in schemas().items()
    }


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each kind of file by its name, titles and descriptions in Vietnamese."""
    process = create_model(
        "Process",
        __config__=ConfigDict(extra="forbid"),
        steps=(tuple[Step, ...], ()),
        linked=(tuple[LinkedProcedure, ...], ()),
    )
    models: dict[str, type[BaseModel]] = {
        "procedure": Definition,
        "form": Form,
        "process": process,
        "paper": PaperTemplate,
        "test": PackageTest,
        "package": Definition,
    }
    return {name: _finished(name, model.model_json_schema()) for name, model in models.items()}


def _finished(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    schema = _without_moments(schema)
    definitions = schema.pop("$defs", {})
    if name == "procedure":
        schema["properties"] = {key: one for key, one in schema["properties"].items() if key not in _OTHER_FILES}
    if name in ("procedure", "package"):
        mark = {"const": FORMAT, "title": "Bản của khuôn gói"}
        schema["properties"] = {"format": mark, **schema["properties"]}
        schema["required"] = ["format", *schema["required"]]
    if name in ("process", "package"):
        chain = {"enum": ["desk", "division"], "title": "Chuỗi bước có sẵn, thay cho steps"}
        schema["properties"] = {**schema["properties"], "chain": chain}
    used = _used(schema, definitions)
    parts = {key: _in_words(key, _with_moves(key, one)) for key, one in definitions.items() if key in used}
    whole = _in_words("Definition" if name == "process" else str(schema["title"]), schema)
    whole.pop("description", None)
    finished = {"$schema": _DIALECT, **whole, "title": _TITLES[name]}
    return {**finished, "$defs": parts} if parts else finished


def _without_moments(value: Any) -> Any:
    """Moments are written without their zone here, which the format `date-time` does not allow."""
    if isinstance(value, list):
        return [_without_moments(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_moments(one) for key, one in value.items() if (key, one) != ("format", "date-time")}


def _used(schema: Any, definitions: dict[str, Any]) -> set[str]:
    """The parts that the schema refers to, directly or not."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(definitions[name])
            waiting.extend(one.values())
    return found


def _in_words(model: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with Vietnamese titles and descriptions; what the code says to programmers is left out."""
    rest = {key: value for key, value in schema.items() if key not in ("title", "description")}
    labels = LABELS.get(model, {})
    if "properties" in rest:
        rest["properties"] = {
            key: {**{name: part for name, part in one.items() if name != "title"}, **_named(labels.get(key))}
            if isinstance(one, dict) and "const" not in one and key != "chain"
            else one
            for key, one in rest["properties"].items()
        }
    return rest


def _named(label: tuple[str, str] | None) -> dict[str, str]:
    if label is None:
        return {}
    return {"title": label[0], **({"description": label[1]} if label[1] else {})}


def _with_moves(model: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A move may be written as the bare key of its step."""
    if model != "Step":
        return schema
    key = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,59}$"}
    properties = dict(schema["properties"])
    for name in ("forward", "back"):
        properties[name] = {**properties[name], "items": {"anyOf": [key, {"$ref": "#/$defs/Move"}]}}
    return {**schema, "properties": properties}
