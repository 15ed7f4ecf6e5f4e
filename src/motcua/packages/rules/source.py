"""The files of a package put together into one raw value, and where each part of it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from motcua.kernel.errors import Problem
from motcua.packages.rules.yaml_reading import Document, decoded, read_yaml
from motcua.packages.terms import (
    FORM_FILE,
    FORMAT,
    LARGEST_PACKAGE,
    MOST_FILES,
    PAPERS_FOLDER,
    PROCEDURE_FILE,
    PROCESS_FILE,
    TESTS_FOLDER,
    TEXTS_FOLDER,
    Path,
)

#: Parts of a process file.
_PROCESS_PARTS: Final = ("steps", "chain", "linked")
_FOLDERS: Final = {PAPERS_FOLDER: ".yaml", TESTS_FOLDER: ".yaml", TEXTS_FOLDER: ".txt"}
_STEM: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
#: What programs leave behind in folders, and words for people: never part of a package.
_PASSED_OVER: Final = re.compile(r"(^|/)(\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini|README(\.[a-z]+)?|LICENSE)(/|$)")
_PART_NAMES: Final = {
    "form": FORM_FILE,
    "steps": PROCESS_FILE,
    "linked": PROCESS_FILE,
    "chain": PROCESS_FILE,
    "papers": f"{PAPERS_FOLDER}/",
    "tests": f"{TESTS_FOLDER}/",
    "texts": f"{TEXTS_FOLDER}/",
}


@dataclass(slots=True)
class Source:
    """The raw value of a package, and for each part of it the file it came from.

    `homes`: the place of a part → the document that holds it and how much of the place lies before it.
    """

    lone: bool = False
    raw: dict[str, Any] = field(default_factory=dict)
    homes: dict[Path, tuple[Document, int]] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)

    def home(self, path: Path) -> tuple[Document, Path]:
        """The document a place lies in, and its place there."""
        for size in range(len(path), -1, -1):
            if path[:size] in self.homes:
                document, cut = self.homes[path[:size]]
                return document, path[cut:]
        return Document(PROCEDURE_FILE, lines={(): 1}), ()

    def place(self, path: Path) -> str:
        """Where that is, as "form.yaml:12"."""
        document, inner = self.home(path)
        return f"{document.name}:{document.line_of(inner)}"

    def is_spoiled(self, path: Path) -> bool:
        """Whether a fault already told makes what stands there worthless."""
        document, inner = self.home(path)
        return any(inner[:size] in document.spoiled for size in range(len(inner) + 1))

    def everything_wrong(self) -> list[Problem]:
        """Every fault in the writing of the files."""
        return [*self.faults, *(fault for document in self.documents for fault in document.faults)]


def read_source(files: Mapping[str, bytes], *, lone: bool = False) -> Source:
    """Return what the files say together; never raises, whatever they hold. `lone`: one file that needs no format."""
    source = Source(lone=lone)
    if problem := _too_much(files):
        source.faults.append(problem)
        return source
    if PROCEDURE_FILE not in files:
        message = f"Gói phải có tệp {PROCEDURE_FILE} (mã, tên, lĩnh vực, trường hợp, thành phần hồ sơ…)."
        source.faults.append(Problem("no_procedure_file", message, PROCEDURE_FILE))
    for name in sorted(files):
        _read_file(source, name, files[name])
    return source


def _too_much(files: Mapping[str, bytes]) -> Problem | None:
    if len(files) > MOST_FILES:
        return Problem("too_many_files", f"Gói có hơn {MOST_FILES} tệp.", "")
    if sum(len(data) for data in files.values()) > LARGEST_PACKAGE:
        return Problem("package_too_large", f"Gói lớn hơn {LARGEST_PACKAGE // 1024 // 1024} MB.", "")
    return None


def _read_file(source: Source, name: str, data: bytes) -> None:
    if _PASSED_OVER.search(name):
        return
    folder, _, rest = name.rpartition("/")
    if name in (PROCEDURE_FILE, FORM_FILE, PROCESS_FILE):
        _read_part(source, name, data)
    elif folder in _FOLDERS and rest.endswith(_FOLDERS[folder]) and _STEM.fullmatch(rest[: -len(_FOLDERS[folder])]):
        _read_member(source, folder, name, data)
    else:
        source.faults.append(Problem("unknown_file", _why_unknown(name, folder), f"{name}:1"))


def _why_unknown(name: str, folder: str) -> str:
    if name.endswith(".yml"):
        return "Tên tệp phải kết thúc bằng .yaml."
    if folder in _FOLDERS:
        return f"Trong thư mục {folder}/ chỉ để tệp {_FOLDERS[folder]}, tên gồm chữ không dấu, số, dấu - và _."
    known = f"{PROCEDURE_FILE}, {FORM_FILE}, {PROCESS_FILE}, thư mục {PAPERS_FOLDER}, {TESTS_FOLDER}, {TEXTS_FOLDER}"
    return f"Tệp không thuộc gói thủ tục; một gói gồm {known}."


def _read_part(source: Source, name: str, data: bytes) -> None:
    document = read_yaml(name, data)
    source.documents.append(document)
    if document.value is None:
        return
    if not isinstance(document.value, dict):
        document.fault("no_mapping", "Tệp phải gồm các dòng «mục: giá trị».", 1)
        return
    {PROCEDURE_FILE: _procedure, FORM_FILE: _form, PROCESS_FILE: _process}[name](source, document)


def _procedure(source: Source, document: Document) -> None:
    source.homes[()] = (document, 0)
    value = dict(document.value)
    given = value.pop("format", FORMAT if source.lone else None)
    _tell_format(document, given)
    for part in list(value):
        if part in source.raw:
            line = document.line_of((part,))
            document.fault("part_twice", f"Mục «{part}» đã có trong {_PART_NAMES[part]}; chỉ ghi ở một nơi.", line)
        else:
            source.raw[part] = value[part]
            source.homes.setdefault((part,), (document, 0))


def _tell_format(document: Document, given: Any) -> None:
    if given is None:
        document.fault("no_format", f"Thiếu dòng «format: {FORMAT}» (bản của khuôn gói).", 1)
    elif given != FORMAT or isinstance(given, bool):
        message = f"Gói viết theo khuôn bản {given}; phần mềm này chỉ đọc bản {FORMAT}."
        document.fault("other_format", message, document.line_of(("format",)))


def _form(source: Source, document: Document) -> None:
    source.raw["form"] = document.value
    source.homes["form",] = (document, 1)


def _process(source: Source, document: Document) -> None:
    source.homes.setdefault(("steps",), (document, 0))
    for part, value in document.value.items():
        line = document.line_of((part,))
        if part not in _PROCESS_PARTS:
            message = f"Tệp này chỉ gồm các mục {', '.join(_PROCESS_PARTS)}; không có mục «{part}»."
            document.fault("unknown_part", message, line)
        elif part in source.raw:
            document.fault("part_twice", f"Mục «{part}» đã có trong {PROCEDURE_FILE}; chỉ ghi ở một nơi.", line)
        else:
            source.raw[part] = value
            source.homes[part,] = (document, 0)


def _read_member(source: Source, folder: str, name: str, data: bytes) -> None:
    if folder == TEXTS_FOLDER:
        _read_text(source, name, data)
        return
    document = read_yaml(name, data)
    source.documents.append(document)
    if document.value is None:
        return
    if not _is_ours(source, folder):
        document.fault("part_twice", f"Mục «{folder}» đã có trong {PROCEDURE_FILE}; chỉ ghi ở một nơi.", 1)
        return
    members = source.raw.setdefault(folder, [])
    source.homes[folder, len(members)] = (document, 2)
    source.homes.setdefault((folder,), (document, 1))
    members.append(document.value)


def _read_text(source: Source, name: str, data: bytes) -> None:
    document = Document(name, lines={(): 1})
    source.documents.append(document)
    text = decoded(document, data)
    texts = source.raw.setdefault(TEXTS_FOLDER, {})
    key = name.rpartition("/")[2].removesuffix(_FOLDERS[TEXTS_FOLDER])
    if not isinstance(texts, dict) or key in texts:
        document.fault("part_twice", f"Bài «{key}» đã có trong {PROCEDURE_FILE}; chỉ ghi ở một nơi.", 1)
    elif text is not None:
        texts[key] = text
        source.homes[TEXTS_FOLDER, key] = (document, 2)


def _is_ours(source: Source, folder: str) -> bool:
    """Whether no other file has said the whole list already."""
    home = source.homes.get((folder,))
    return home is None or home[0].name != PROCEDURE_FILE


def path_of(source: Source, name: str) -> Path:
    """Return the place that a rule names by keys ("cases.default.terms.any"), as far as it is there."""
    value: Any = source.raw
    path: Path = ()
    for part in name.split(".") if name else ():
        step = _step_to(value, part)
        if step is None:
            break
        for one in step:
            value, path = value[one], (*path, one)
    return path


def _step_to(value: Any, part: str) -> Path | None:
    """The way from a value to its part of that name, number or key; a key may lie a few lists deeper."""
    if isinstance(value, dict):
        if part in value:
            return (part,)
        inner = ((name, one) for name, one in value.items() if isinstance(one, list))
        return next(((name, *found) for name, one in inner if (found := _step_to(one, part)) is not None), None)
    if not isinstance(value, list):
        return None
    for number, one in enumerate(value):
        if isinstance(one, dict) and str(one.get("key", "")) == part:
            return (number,)
    if part.isdigit() and int(part) < len(value):
        return (int(part),)
    inner_lists = ((number, one) for number, one in enumerate(value) if isinstance(one, dict))
    return next(((number, *found) for number, one in inner_lists if (found := _step_to(one, part)) is not None), None)
