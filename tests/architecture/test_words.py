"""Words: one official term, one code name; nothing that belongs to no reader."""

import re
import subprocess
import tomllib

import pytest

from tests.architecture.source import ROOT, SRC

GLOSSARY = tomllib.loads((ROOT / "docs" / "glossary.toml").read_text(encoding="utf-8"))["term"]
_FORBIDDEN_DOORS = {"utils", "helpers", "common", "services", "managers", "mixins", "signals"}
_HOSTS = re.compile(r"https?://[^/\s]*(?:pypi|pythonhosted|npmjs|debian)\.")


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


@pytest.mark.parametrize("term", GLOSSARY, ids=lambda term: term["vi"])
def test_a_term_is_whole_and_its_code_name_exists(term: dict[str, str]) -> None:
    assert {"vi", "en", "code", "source"} <= set(term)
    found = subprocess.run(
        ["grep", "-rqwF", "--include=*.py", term["code"], str(SRC)], capture_output=True, check=False
    )
    assert found.returncode == 0, f"{term['code']} is nowhere in the code"


def test_terms_and_code_names_are_unique() -> None:
    for key in ("vi", "code"):
        values = [term[key] for term in GLOSSARY]
        assert sorted(values) == sorted(set(values))


@pytest.mark.parametrize("term", [term for term in GLOSSARY if term.get("not")], ids=lambda term: term["vi"])
def test_a_name_that_was_decided_against_is_not_used(term: dict[str, str | list[str]]) -> None:
    for wrong in term["not"]:
        pattern = rf"\b(class|def) {re.escape(wrong)}\b"
        found = subprocess.run(
            ["grep", "-rnE", "--include=*.py", pattern, str(SRC)], capture_output=True, text=True, check=False
        )
        assert found.stdout == ""


def test_no_door_without_a_meaning() -> None:
    names = {path.stem for path in SRC.rglob("*") if "node_modules" not in path.parts}
    assert names & _FORBIDDEN_DOORS == set()


def test_no_file_names_a_package_registry() -> None:
    named = []
    for name in _tracked():
        path = ROOT / name
        if path.suffix in {".png", ".ttf", ".gz", ".xlsx", ".pdf"} or not path.is_file():
            continue
        if _HOSTS.search(path.read_text(encoding="utf-8", errors="ignore")):
            named.append(name)
    assert named == []
