"""Small files, small functions; ruff holds the complexity."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import name_of, python_files, tree_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of what the function does: without its signature and its docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_files_are_small() -> None:
    long = {name_of(path): count for path in python_files(tests=True) if (count := _lines(path)) > LONGEST_FILE}
    assert long == {}


@pytest.mark.parametrize("path", list(python_files()), ids=name_of)
def test_functions_are_small(path: Path) -> None:
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert {node.name: _body_lines(node) for node in functions if _body_lines(node) > LONGEST_FUNCTION} == {}


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")
