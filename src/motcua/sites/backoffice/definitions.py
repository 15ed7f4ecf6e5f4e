"""Definitions of procedures as text: YAML in and out, a zip of YAML files."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.rules.reading import definition_from
from motcua.procedures.terms import Definition

LARGEST_TEXT: Final = 1024 * 1024
LARGEST_UNPACKED: Final = 50 * 1024 * 1024
MOST_FILES: Final = 5000
_ENDINGS: Final = (".yaml", ".yml")


def read_definition(content: bytes | str) -> Definition:
    """Return the definition a YAML text holds; raises Invalid with every problem, `field` the path to each."""
    return definition_from(_mapping(content))


def _mapping(content: bytes | str) -> Mapping[str, Any]:
    text = _decoded(content) if isinstance(content, bytes) else content
    if len(text) > LARGEST_TEXT:
        raise Invalid(Problem("yaml_too_long", "Nội dung dài quá 1 MB; mỗi thủ tục một tệp.", "text"))
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise Invalid(Problem("yaml_alias", "Không dùng tham chiếu (&, *) trong tệp thủ tục.", "text"))
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Invalid(Problem("yaml_unreadable", _where(error), "text")) from error
    if not isinstance(found, dict):
        message = "Nội dung phải là một thủ tục: các dòng «mục: giá trị», bắt đầu bằng code, name, domain…"
        raise Invalid(Problem("yaml_no_mapping", message, "text"))
    return {str(key): value for key, value in found.items()}


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(Problem("yaml_encoding", "Tệp phải là chữ theo mã UTF-8.", "text")) from error


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return "Không đọc được nội dung YAML; hãy kiểm tra thụt dòng và dấu hai chấm."
    place = f"Dòng {mark.line + 1}, cột {mark.column + 1}"
    return f"{place}: viết chưa đúng cú pháp YAML; hãy kiểm tra thụt dòng, dấu hai chấm, dấu nháy."


def texts_in(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every definition file: the file itself, or those in a zip; raises Invalid."""
    if not content.startswith(b"PK"):
        yield name, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [item for item in archive.infolist() if _is_definition(item.filename)]
            if not wanted:
                raise Invalid(Problem("zip_empty", "Trong tệp nén không có tệp .yaml nào.", "file"))
            if len(wanted) > MOST_FILES or sum(item.file_size for item in wanted) > LARGEST_UNPACKED:
                raise Invalid(Problem("zip_too_large", "Tệp nén quá lớn; hãy chia thành nhiều tệp.", "file"))
            for item in sorted(wanted, key=lambda one: one.filename):
                yield item.filename.rsplit("/", 1)[-1], archive.read(item)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Invalid(
            Problem("zip_unreadable", "Không mở được tệp nén; hãy nén lại kiểu .zip thường.", "file")
        ) from error


def _is_definition(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return name.endswith(_ENDINGS) and not name.startswith(("_", "."))


def as_yaml(definition: Definition) -> str:
    """Return the definition as the text of a catalogue file, what is left at its default left out."""
    content = definition.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
