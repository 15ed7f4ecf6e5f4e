"""The page `docs/howto/expressions.md` says the truth: every example on it is evaluated."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from motcua.expressions.rules.checking import check
from motcua.expressions.rules.functions import FUNCTIONS
from motcua.expressions.rules.functions.texts import shown
from motcua.expressions.rules.parsing import parse
from motcua.expressions.terms import DEEPEST, LONGEST_RESULT, LONGEST_TEXT, MOST_DIGITS, MOST_NODES, Kind
from motcua.processes.terms import FACTS as PROCESS_FACTS

_PAGE = Path(__file__).resolve().parents[4] / "docs" / "howto" / "expressions.md"
_TEXT = _PAGE.read_text(encoding="utf-8")
_ROW = re.compile(r"^\|(?: [^`|]+ \|)? `([^`]+)` \| (.+) \|$", re.MULTILINE)
_FACTS, _PROCESS = [
    yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", _TEXT, re.DOTALL | re.MULTILINE)
]
_BEFORE_FAULTS, _, _FAULTS = _TEXT.partition("## Lỗi hay gặp")
_OF_PROCESS = _BEFORE_FAULTS.partition("**Rẽ nhánh")[2].partition("## ")[0]
_EXAMPLES = _ROW.findall(_BEFORE_FAULTS)


def _said(value: object) -> str:
    if value is None:
        return "chưa rõ"
    if isinstance(value, bool):
        return "đúng" if value else "sai"
    if isinstance(value, list):
        return f"[{'; '.join(_said(one) for one in value)}]"
    assert isinstance(value, str | Decimal | date)
    return f"“{value}”" if isinstance(value, str) else str(shown(value))


def _kinds(facts: Mapping[str, object], above: str = "") -> dict[str, Kind]:
    """The kinds of the page's answers, as a form would declare them."""
    kinds: list[tuple[type, Kind]] = [(bool, "boolean"), (str, "text"), (int, "number"), (float, "number")]
    kinds += [(date, "date"), (list, "list")]
    found: dict[str, Kind] = {}
    for key, value in facts.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            found |= {key: "rows"} | _kinds(value[0], f"{key}.")
        elif isinstance(value, dict):
            found |= _kinds(value, f"{above}{key}.")
        else:
            found[above + key] = next(kind for type_, kind in kinds if isinstance(value, type_))
    return found


@pytest.mark.parametrize(("text", "said"), _EXAMPLES)
def test_an_example_yields_what_stands_beside_it(text: str, said: str) -> None:
    facts = _PROCESS if f"`{text}`" in _OF_PROCESS else _FACTS
    assert _said(parse(text).evaluate(facts)) == said


@pytest.mark.parametrize(("text", "said"), _ROW.findall(_FAULTS))
def test_a_fault_is_told_as_it_stands_beside_it(text: str, said: str) -> None:
    assert check(text, _kinds(_FACTS))[0].message == said


def test_every_function_has_an_example() -> None:
    functions = {name for text, _ in _EXAMPLES for name in re.findall(r"(\w+)\(", text)}
    assert functions == set(FUNCTIONS)


def test_the_names_of_processes_are_those_of_processes() -> None:
    listed = set(re.findall(r"`(\w+)(?:\.…)?`", _OF_PROCESS.partition("```yaml")[0]))
    assert listed == set(PROCESS_FACTS)
    assert set(_PROCESS) <= set(PROCESS_FACTS)


def test_the_limits_are_those_of_the_code() -> None:
    numbers = re.findall(r"[\d.]+", _TEXT.rpartition("Giới hạn:")[2].rstrip(".\n"))
    assert [int(number.replace(".", "")) for number in numbers] == [
        LONGEST_TEXT,
        MOST_NODES,
        DEEPEST,
        LONGEST_RESULT,
        MOST_DIGITS,
    ]


def test_the_page_is_not_empty() -> None:
    assert len(_EXAMPLES) > 60
    assert len(_ROW.findall(_FAULTS)) >= 8
