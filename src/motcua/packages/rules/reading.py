"""From files to a definition, or to every reason why not, each with its file and line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from motcua.kernel.errors import Invalid, Problem
from motcua.packages.rules.source import Source, path_of, read_source
from motcua.packages.terms import Path
from motcua.procedures.rules.reading import with_steps
from motcua.procedures.terms import Definition

_MOST_ROUNDS: Final = 50
_MANY: Final = frozenset({"tuple_type", "list_type", "dict_type", "model_type", "model_attributes_type"})
_MESSAGES: Final = {
    "missing": "Thiếu mục «{last}».",
    "extra_forbidden": "Không có mục tên «{last}»; hãy xem lại cách viết.",
    "string_pattern_mismatch": "Viết chưa đúng khuôn dạng: {pattern}",
    "string_too_short": "Không được để trống.",
    "string_too_long": "Dài quá {max_length} ký tự.",
    "too_long": "Có nhiều hơn {max_length} phần.",
    "literal_error": "Không nhận «{input}»; chỉ nhận: {expected}.",
    "enum": "Không nhận «{input}»; chỉ nhận: {expected}.",
    "int_parsing": "Phải là số nguyên, không phải «{input}».",
    "int_type": "Phải là số nguyên.",
    "int_from_float": "Phải là số nguyên, không phải «{input}».",
    "decimal_parsing": "Phải là số, không phải «{input}».",
    "decimal_type": "Phải là số.",
    "bool_parsing": "Chỉ nhận true hoặc false, không phải «{input}».",
    "bool_type": "Chỉ nhận true hoặc false.",
    "string_type": "Phải là chữ.",
    "greater_than_equal": "Phải từ {ge} trở lên.",
    "less_than_equal": "Không được quá {le}.",
    "tuple_type": "Phải là danh sách: mỗi dòng một mục, bắt đầu bằng dấu gạch đầu dòng.",
    "dict_type": "Phải gồm các dòng «mục: giá trị».",
    "model_type": "Phải gồm các dòng «mục: giá trị».",
    "date_from_datetime_parsing": "Phải là ngày viết kiểu 2026-03-02.",
    "date_parsing": "Phải là ngày viết kiểu 2026-03-02.",
    "date_type": "Phải là ngày viết kiểu 2026-03-02.",
    "datetime_parsing": "Phải là ngày giờ viết kiểu 2026-03-02T08:30.",
    "datetime_from_date_parsing": "Phải là ngày giờ viết kiểu 2026-03-02T08:30.",
    "datetime_type": "Phải là ngày giờ viết kiểu 2026-03-02T08:30.",
}
_ANY_MESSAGE: Final = "Giá trị không hợp lệ."
_LONGEST_QUOTE: Final = 60


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """What the files of a package hold: the definition (None when it cannot be made) and every fault."""

    definition: Definition | None
    problems: tuple[Problem, ...]
    source: Source

    def placed(self, problem: Problem) -> Problem:
        """A problem of a rule ("cases.default.terms"), told by file and line."""
        place = self.source.place(path_of(self.source, problem.field))
        return Problem(problem.code, problem.message, place, problem.basis)


def read_package(files: Mapping[str, bytes], *, lone: bool = False) -> ReadPackage:
    """Read the files of a package; never raises. All faults of all files are told at once, in their order.

    `lone`: a single file as those of a catalogue, which need not name the format.
    """
    source = read_source(files, lone=lone)
    definition, faults = _validated(source)
    if any(problem.code in ("too_many_files", "package_too_large", "no_procedure_file") for problem in source.faults):
        faults = []
    problems = [*source.everything_wrong(), *faults]
    return ReadPackage(None if problems else definition, tuple(in_order(problems)), source)


def in_order(problems: list[Problem]) -> list[Problem]:
    """The problems by file and line; the same fault of the same line once."""
    return sorted(dict.fromkeys(problems), key=lambda one: _order(one.field))


def _order(place: str) -> tuple[str, int]:
    name, _, line = place.rpartition(":")
    return (name, int(line)) if line.isdigit() else (place, 0)


def _validated(source: Source) -> tuple[Definition | None, list[Problem]]:
    try:
        raw = with_steps(source.raw)
    except Invalid as error:
        faults = [Problem(one.code, one.message, source.place(("chain",))) for one in error.problems]
        _, others = _validated_raw(source, {key: value for key, value in source.raw.items() if key != "chain"})
        return None, [*faults, *others]
    return _validated_raw(source, raw)


def _validated_raw(source: Source, raw: dict[str, Any]) -> tuple[Definition | None, list[Problem]]:
    """Validate; what was not quoted may be meant as text, and what was left empty as nothing: so it is tried again."""
    errors: list[ErrorDetails] = []
    for _ in range(_MOST_ROUNDS):
        try:
            return Definition.model_validate(raw), []
        except ValidationError as error:
            errors = error.errors(include_url=False)
        if not any([_mended(source, raw, one) for one in errors]):  # a list: every error is mended, not the first
            break
    faults = (_fault(source, error) for error in errors if not source.is_spoiled(error["loc"]))
    return None, list(faults)


def _mended(source: Source, raw: Any, error: ErrorDetails) -> bool:
    """Whether the value was read as number or nothing where a text, or an empty list, was meant; then it is put so."""
    path: Path = error["loc"]
    document, inner = source.home(path)
    text = document.plain.get(inner)
    if text is None or not path:
        return False
    holder = _holder(raw, path)
    if holder is None:
        return False
    if error["type"] == "string_type" and not isinstance(error["input"], str):
        holder[path[-1]] = "" if error["input"] is None else text
        return True
    if error["input"] is None and isinstance(holder, dict) and error["type"] in _MANY:
        del holder[path[-1]]
        return True
    return False


def _holder(raw: Any, path: Path) -> Any:
    for part in path[:-1]:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return None
    return raw if isinstance(raw, dict | list) else None


def _fault(source: Source, error: ErrorDetails) -> Problem:
    path = tuple(part for part in error["loc"] if part != "[key]")
    names = [part for part in path if isinstance(part, str)]
    words = {
        **error.get("ctx", {}),
        "last": names[-1] if names else "",
        "input": str(error.get("input", ""))[:_LONGEST_QUOTE],
    }
    words["expected"] = str(words.get("expected", "")).replace(" or ", ", ").replace("'", "")
    message = _MESSAGES.get(error["type"], _ANY_MESSAGE).format_map(words)
    return Problem(error["type"], message, source.place(path))
