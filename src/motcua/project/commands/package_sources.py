"""Where a command finds a package: on disk, or in the catalogue of an installation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.errors import Invalid, MotCuaError, Problem
from motcua.project.commands.shell import inside
from motcua.project.runtime.console import complain
from motcua.project.runtime.installation import Installation

if TYPE_CHECKING:
    from motcua.packages.rules.reading import ReadPackage
    from motcua.procedures.terms import Definition

_CODE = re.compile(r"(\d\.\d{6}(\.[A-Z0-9]+)*|X\.[0-9a-f]{10})(@\d+)?")


def read_source(source: str) -> ReadPackage:
    """Read a package from disk; what is no package at all has its faults too."""
    from motcua.packages.folders import read_path
    from motcua.packages.rules.reading import ReadPackage
    from motcua.packages.rules.source import Source

    try:
        return read_path(Path(source))
    except MotCuaError as error:
        return ReadPackage(None, error.problems, Source())
    except OSError as error:
        problem = Problem("unreadable", f"Không đọc được {source}: {error.strerror}.")
        return ReadPackage(None, (problem,), Source())


def definition_at(installation: Installation, source: str) -> Definition:
    """Return the definition of a package on disk, or of a code in the installation's catalogue.

    Raises Invalid with every fault of the files, NotFound, StartError.
    """
    if not Path(source).exists() and _CODE.fullmatch(source):
        with inside(installation):
            from motcua.packages.queries import definition_named

            return definition_named(source)
    read = read_source(source)
    if read.definition is None:
        raise Invalid([Problem(one.code, in_words(source, one), one.field) for one in read.problems])
    return read.definition


def in_words(source: str, problem: Problem) -> str:
    """One line: file, line, what is wrong."""
    path = Path(source)
    place = str(path / problem.field) if path.is_dir() and problem.field else source
    if not path.is_dir() and problem.field:
        lone = path.suffix in (".yaml", ".yml")
        place = f"{source}:{problem.field.rpartition(':')[2] if lone else problem.field}"
    return f"{place}: {problem.message}"


def tell_faults(source: str, read: ReadPackage) -> None:
    """Say every fault of the files on the error output."""
    for problem in read.problems:
        complain(in_words(source, problem))
