"""Only actions write; events are emitted and the journal kept by them alone."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, SRC, name_of, python_files, tree_of

_WRITES = frozenset(
    {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create", "insert"}
)
#: Calls of these names on other things than querysets and models.
_HARMLESS_OWNERS = frozenset(
    [
        "hashlib",
        "form",
        "request",
        "digest",
        "hasher",
        "environ",
        "image",
        "page",
        "cache",
        "session",
        "code",
        "bare",
        "picture",
        "joined",
    ]
)
_WRITING_DOORS = frozenset({"actions", "jobs.py"})
#: Where a write is no act: what it is, and why it stands outside the actions.
_ALLOWED = {
    "src/motcua/journal/idempotency.py": "keeps the reply beside the act it wraps",
    "src/motcua/agencies/access.py": "the one row that is locked while the tree of units changes",
    "src/motcua/agencies/directory.py": "the same row, made when a process reads the tree first",
    "src/motcua/identity/bearer.py": "notes the last use of a key",
    "src/motcua/dossiers/models/attested.py": "what every save of such a row does besides: it tells the dossier",
}


def _manager_writes(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _WRITES:
            owner = ast.unparse(node.func.value)
            if ".objects" in owner or ".filter(" in owner or (node.func.attr == "save" and not _is_harmless(owner)):
                found.append(f"{owner}.{node.func.attr} (line {node.lineno})")
    return found


def _is_harmless(owner: str) -> bool:
    return (
        owner.rsplit(".", maxsplit=1)[-1].split("(", maxsplit=1)[0] in _HARMLESS_OWNERS
        or owner.split(".", maxsplit=1)[0] in _HARMLESS_OWNERS
    )


def _room_files() -> list[Path]:
    return [
        path
        for path in python_files()
        if path.relative_to(SRC).parts[0] in {*ROOMS, "sites"}
        and not _WRITING_DOORS & set(path.relative_to(SRC).parts)
        and name_of(path) not in _ALLOWED
    ]


@pytest.mark.parametrize("path", _room_files(), ids=name_of)
def test_only_actions_write(path: Path) -> None:
    assert _manager_writes(path) == []


@pytest.mark.parametrize("path", _room_files(), ids=name_of)
def test_only_actions_emit_and_record(path: Path) -> None:
    called = {
        node.func.id
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & {"emit", "record"} == set()


def test_every_exception_is_still_needed() -> None:
    assert [name for name in _ALLOWED if not (SRC.parents[1] / name).exists()] == []
