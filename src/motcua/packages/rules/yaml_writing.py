"""Plain values into YAML that people read: long texts as blocks, small mappings on one line, quotes where needed."""

import re
from typing import Any, Final

import yaml

from motcua.packages.rules.yaml_reading import plain_value

_WIDTH: Final = 116
_LINE: Final = 90
#: What YAML takes for the end of a line besides the usual one, and what editors swallow.
_LINE_ENDS: Final = re.compile("[\r\x85\u2028\u2029\ufeff]")


class _Whole(dict[str, Any]):
    """The mapping of a whole file: one line an entry, however small."""


class _Dumper(yaml.SafeDumper):
    """Writes no anchors, and indents lists below their name."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (the parent's signature)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 (likewise)
        super().increase_indent(flow, indentless=False)


def write_yaml(value: dict[str, Any]) -> bytes:
    """Return the mapping as YAML in UTF-8; `read_yaml` makes the same value of it."""
    text = yaml.dump(
        _Whole(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False
    )
    return text.encode()


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    if _LINE_ENDS.search(text):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    style = '"' if plain_value(text) != text or text in {"=", "<<"} else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _whole(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=False)


def _mapping(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=_fits(value))


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_fits(value))


def _fits(value: dict[str, Any] | list[Any]) -> bool:
    """Whether it is small and plain enough for one line."""
    parts = list(value.values()) if isinstance(value, dict) else value
    if any(isinstance(part, dict | list) and part for part in parts):
        return False
    return len(repr(value)) <= _LINE and "\\n" not in repr(value)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Whole, _whole)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)
