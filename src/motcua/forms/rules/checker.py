"""Faults of a form itself, for those who write forms: what would never work, or not as meant."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from motcua.expressions.rules.checking import check
from motcua.expressions.terms import Kind
from motcua.forms.rules.names import FORM_FACTS, known_names, names_with_kinds
from motcua.forms.rules.ordering import ordered
from motcua.forms.rules.patterns import pattern_fault
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.questions import UNTYPED, Question, column_waits, question_of, roots
from motcua.forms.terms import PARTS, Field, FieldKind, Form
from motcua.kernel.errors import Problem

__all__ = ["known_names", "problems_in_form"]

_ORIGINS = ("account", "business", "dossier:", "result:")
#: Which kinds a property of a field makes sense for; others carry it in vain, which is a fault.
_FITTING: Mapping[str, frozenset[FieldKind]] = {
    "options": frozenset({"choice", "choices"}),
    "lookup": frozenset({"choice", "choices"}),
    "columns": frozenset({"table"}),
    "value": frozenset({"computed"}),
    "pattern": frozenset({"text", "long_text", "name"}),
    "minimum": frozenset({"money", "number"}),
    "maximum": frozenset({"money", "number"}),
    "unit": frozenset({"number", "money", "computed"}),
    "max_length": frozenset({"text", "long_text", "name", "email"}),
    "units_on": frozenset({"address", "person", "organisation", "land_parcel"}),
    "parts": frozenset({"person", "organisation", "address", "land_parcel"}),
    "optional_parts": frozenset({"person", "organisation", "address", "land_parcel"}),
}
_PROPERTY_WORDS = {
    "options": "các mục chọn (options)",
    "lookup": "danh mục (lookup)",
    "columns": "cột (columns)",
    "value": "công thức (value)",
    "pattern": "mẫu ký tự (pattern)",
    "minimum": "số nhỏ nhất (minimum)",
    "maximum": "số lớn nhất (maximum)",
    "unit": "đơn vị (unit)",
    "max_length": "độ dài tối đa (max_length)",
    "units_on": "ngày của đơn vị hành chính (units_on)",
    "parts": "các phần (parts)",
    "optional_parts": "phần không bắt buộc (optional_parts)",
}


def problems_in_form(form: Form) -> list[Problem]:
    """Return every fault of the form; `field` is the path of what is wrong: "pages.0.fields.2.when"."""
    found = [*_repeated_keys(form), *_circles(form)]
    known = known_names(form)
    for number, page in enumerate(form.pages):
        path = f"pages.{number}"
        found += _expression(page.when, f"{path}.when", known, "boolean")
        if not page.fields:
            found.append(
                Problem("page_empty", f"Trang “{page.title}” không có câu hỏi nào; hãy thêm hoặc bỏ trang.", path)
            )
        for place, field in enumerate(page.fields):
            found += _field(field, f"{path}.fields.{place}", known)
    for number, one in enumerate(form.checks):
        path = f"checks.{number}"
        found += _expression(one.holds, f"{path}.holds", known, "boolean", needed=True)
        found += _expression(one.when, f"{path}.when", known, "boolean")
        if one.field and one.field not in known:
            message = f"Kiểm tra “{one.key}” báo lỗi ở câu hỏi “{one.field}” nhưng biểu mẫu không có câu hỏi này."
            found.append(Problem("check_field_unknown", message, f"{path}.field"))
    return found


def _repeated_keys(form: Form) -> Iterator[Problem]:
    kinds = {
        "Trang": [page.key for page in form.pages],
        "Câu hỏi": [field.key for field in form.fields()],
        "Kiểm tra": [one.key for one in form.checks],
    }
    for what, keys in kinds.items():
        for key, count in Counter(keys).items():
            if count > 1:
                yield Problem("key_repeated", f"{what} “{key}” có {count} lần; mỗi mã chỉ dùng một lần.", key)
    for key in dict.fromkeys(kinds["Câu hỏi"]):
        if key in FORM_FACTS:
            yield Problem("key_reserved", f"Mã câu hỏi “{key}” trùng với tên có sẵn của biểu thức; hãy đổi mã.", key)


def _circles(form: Form) -> Iterator[Problem]:
    for circle in plan_of(form).circles:
        shown = " → ".join((*circle, circle[0]))
        message = f"Các câu hỏi chờ nhau thành vòng ({shown}); hãy bỏ một điều kiện hoặc công thức."
        yield Problem("circle", message, circle[0])


def _field(field: Field, path: str, known: Mapping[str, Kind], *, in_table: bool = False) -> Iterator[Problem]:
    question = question_of(field)
    for name, wanted in (("when", "boolean"), ("required_when", "boolean"), ("value", "any"), ("units_on", "date")):
        yield from _expression(getattr(field, name), f"{path}.{name}", known, wanted)
    yield from _unfitting(field, path)
    yield from _missing(field, question, path)
    yield from _numbers(field, path)
    yield from _parts(field, path)
    yield from _prefill(field, path)
    if field.pattern and (fault := pattern_fault(field.pattern)):
        yield Problem("pattern_bad", f"“{field.label}”: {fault}; hãy viết lại.", f"{path}.pattern")
    if field.kind == "table" and in_table:
        yield Problem("table_in_table", f"“{field.label}”: trong bảng không đặt được bảng khác.", path)
    elif field.kind == "file" and in_table:
        yield Problem("file_in_table", f"“{field.label}”: tệp phải hỏi ở ngoài bảng.", path)
    elif field.kind == "table":
        yield from _table(field, question, path, known)


def _expression(
    text: str, path: str, known: Mapping[str, Kind], wanted: str, *, needed: bool = False
) -> Iterator[Problem]:
    if not text.strip():
        if needed:
            yield Problem("expression_missing", "Chưa có biểu thức; hãy viết điều phải đúng.", path)
        return
    kind: Kind = "boolean" if wanted == "boolean" else "date" if wanted == "date" else "any"
    for problem in check(text, known, expected=kind):
        yield Problem(problem.code, f"Biểu thức “{text}”: {problem.message}", path, problem.basis)


def _unfitting(field: Field, path: str) -> Iterator[Problem]:
    for name, kinds in _FITTING.items():
        if getattr(field, name) not in ("", (), None) and field.kind not in kinds:
            message = f"“{field.label}”: loại {field.kind} không dùng {_PROPERTY_WORDS[name]}; hãy bỏ."
            yield Problem("property_unfit", message, f"{path}.{name}")


def _missing(field: Field, question: Question, path: str) -> Iterator[Problem]:
    yield from _options(field, question, path)
    if field.kind == "table" and not field.columns:
        yield Problem("columns_missing", f"Bảng “{field.label}” chưa có cột.", f"{path}.columns")
    if field.kind == "computed" and not field.value.strip():
        yield Problem("value_missing", f"“{field.label}” chưa có công thức.", f"{path}.value")
    if field.kind in UNTYPED and (field.required or field.required_when):
        yield Problem("required_unfit", f"“{field.label}” không nhập được nên không thể bắt buộc.", f"{path}.required")


def _options(field: Field, question: Question, path: str) -> Iterator[Problem]:
    if field.kind in {"choice", "choices"}:
        if not field.options and not field.lookup:
            yield Problem("options_missing", f"“{field.label}” chưa có mục nào để chọn.", f"{path}.options")
        if len(question.choices.labels) < len(field.options):
            yield Problem("option_repeated", f"“{field.label}” có hai mục cùng giá trị.", f"{path}.options")
        if field.default and field.options and field.default not in question.choices.labels:
            message = f"“{field.label}”: giá trị ban đầu “{field.default}” không nằm trong các mục chọn."
            yield Problem("default_unknown", message, f"{path}.default")
    if field.kind == "choices" and field.lookup in {"provinces", "communes", "business_lines"}:
        message = f"“{field.label}”: danh mục này chỉ chọn được một; hãy dùng bảng có một cột chọn."
        yield Problem("lookup_single", message, f"{path}.lookup")


def _numbers(field: Field, path: str) -> Iterator[Problem]:
    lowest, highest = field.minimum, field.maximum
    if lowest is not None and highest is not None and lowest > highest:
        yield Problem("bounds", f"“{field.label}”: số nhỏ nhất lớn hơn số lớn nhất.", f"{path}.minimum")
    if field.kind == "money" and highest is not None and lowest is None and highest < Decimal(0):
        yield Problem("bounds", f"“{field.label}”: số tiền lớn nhất nhỏ hơn 0.", f"{path}.maximum")
    if field.kind == "table" and field.min_rows > field.max_rows:
        yield Problem("bounds", f"“{field.label}”: số dòng ít nhất lớn hơn số dòng nhiều nhất.", f"{path}.min_rows")


def _parts(field: Field, path: str) -> Iterator[Problem]:
    known = PARTS.get(field.kind, ())
    if not known:
        return
    for name in field.parts:
        if name not in known:
            message = f"“{field.label}” không có phần “{name}”; các phần: {', '.join(known)}."
            yield Problem("part_unknown", message, f"{path}.parts")
    inner = {*field.asked_parts, *(f"address.{name}" for name in PARTS["address"] if "address" in field.asked_parts)}
    for name in field.optional_parts:
        if name not in inner:
            message = f"“{field.label}” không hỏi phần “{name}” nên không đánh dấu không bắt buộc được."
            yield Problem("part_unknown", message, f"{path}.optional_parts")
    if field.kind == "address" and "commune" in field.asked_parts and "province" not in field.asked_parts:
        yield Problem("part_needed", f"“{field.label}” hỏi xã thì phải hỏi cả tỉnh.", f"{path}.parts")


def _prefill(field: Field, path: str) -> Iterator[Problem]:
    for source in field.prefill:
        if not source.startswith(_ORIGINS):
            message = (
                f"“{field.label}”: không biết nguồn “{source}”; nguồn là account, business, dossier:… hoặc result:…"
            )
            yield Problem("prefill_unknown", message, f"{path}.prefill")


def _table(field: Field, question: Question, path: str, known: Mapping[str, Kind]) -> Iterator[Problem]:
    """Columns: expressions in a row read its own columns first, then what is outside, but never the table itself."""
    outside = {name: kind for name, kind in known.items() if name.split(".")[0] != field.key}
    inside = {name: kind for column in question.columns for name, kind in names_with_kinds(column)}
    for place, column in enumerate(field.columns):
        yield from _field(column, f"{path}.columns.{place}", {**outside, **inside}, in_table=True)
        if any(field.key in roots(one) for one in question_of(column).expressions()) and field.key not in inside:
            message = f"Cột “{column.label}” đọc chính bảng “{field.key}”; hãy tính tổng ở một câu hỏi ngoài bảng."
            yield Problem("column_reads_table", message, f"{path}.columns.{place}")
    for key, count in Counter(column.key for column in field.columns).items():
        if count > 1:
            yield Problem("key_repeated", f"Bảng “{field.label}” có {count} cột “{key}”.", f"{path}.columns")
    for circle in ordered(column_waits(question.columns))[1]:
        shown = " → ".join((*circle, circle[0]))
        yield Problem("circle", f"Các cột của “{field.label}” chờ nhau thành vòng ({shown}).", f"{path}.columns")
