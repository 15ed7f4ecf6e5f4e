"""Packages on disk: a folder, a zip, or one YAML file of a catalogue; reads them, writes folders."""

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.packages.rules.reading import ReadPackage, read_package
from motcua.packages.rules.zips import files_in_zip
from motcua.packages.terms import LARGEST_FILE, LARGEST_PACKAGE, MOST_FILES, PROCEDURE_FILE

_DEEPEST = 4


def read_path(path: Path) -> ReadPackage:
    """Read the package at a path; the faults of its files are in what is returned.

    Raises NotFound when nothing is there, Invalid when it is no package at all or a zip that may not be unpacked.
    """
    if path.is_dir():
        return read_package(files_in_folder(path))
    if not path.is_file():
        raise NotFound(Problem("no_path", f"Không có tệp hoặc thư mục {path}."))
    with path.open("rb") as opened:
        data = opened.read(LARGEST_PACKAGE + 1)
    if data.startswith(b"PK"):
        return read_package(files_in_zip(data))
    if path.suffix not in (".yaml", ".yml"):
        raise Invalid(Problem("no_package", f"{path.name} không phải thư mục, tệp .zip hay tệp .yaml của thủ tục."))
    return read_package({PROCEDURE_FILE: data}, lone=True)


def files_in_folder(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by their names in it. Raises Invalid for links and for too much."""
    files: dict[str, bytes] = {}
    total = 0
    for path in _paths(folder, _DEEPEST):
        name = path.relative_to(folder).as_posix()
        with path.open("rb") as opened:
            files[name] = opened.read(LARGEST_FILE + 1)
        total += len(files[name])
        if len(files) > MOST_FILES or total > LARGEST_PACKAGE:
            message = f"Thư mục có hơn {MOST_FILES} tệp hoặc lớn hơn {LARGEST_PACKAGE // 1024 // 1024} MB."
            raise Invalid(Problem("package_too_large", message))
    return files


def _paths(folder: Path, depth: int) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_symlink():
            raise Invalid(Problem("link", "Trong gói không được có liên kết tới tệp khác.", path.name))
        if path.is_file():
            yield path
        elif path.is_dir() and depth:
            yield from _paths(path, depth - 1)


def files_in_resource(folder: Traversable) -> dict[str, bytes]:
    """Return the files of a package that came with the program."""
    return dict(_of_resource(folder, ""))


def _of_resource(folder: Traversable, before: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _of_resource(one, f"{before}{one.name}/")
        else:
            yield f"{before}{one.name}", one.read_bytes()


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a package into a new or empty folder. Raises Invalid when something is in it already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid(Problem("folder_not_empty", f"{folder} đã có nội dung; hãy chọn thư mục mới."))
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
