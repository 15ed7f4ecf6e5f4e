"""Which names a condition or a computed value may use, with what they mean: shown beside the field, checked on save."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from motcua.expressions.terms import Kind
from motcua.forms.rules.names import known_names, names_with_kinds
from motcua.forms.rules.questions import question_of
from motcua.forms.terms import PARTS, Field, Form
from motcua.packages.rules.paper_facts import PAPER_FACTS
from motcua.procedures.terms import Definition
from motcua.processes.rules.conditions import known_names as process_names
from motcua.sites.studio.places import Place, element

KIND_WORDS: Final[Mapping[Kind, str]] = {
    "text": "chữ",
    "number": "số",
    "date": "ngày",
    "boolean": "đúng/sai",
    "list": "danh sách",
    "rows": "bảng",
    "any": "",
}
PART_LABELS: Final[Mapping[str, str]] = {
    "name": "tên",
    "personal_id": "số định danh",
    "born": "ngày sinh",
    "gender": "giới tính",
    "ethnicity": "dân tộc",
    "nationality": "quốc tịch",
    "phone": "điện thoại",
    "address": "địa chỉ",
    "tax_code": "mã số thuế",
    "representative": "người đại diện",
    "email": "thư điện tử",
    "province": "tỉnh, thành phố",
    "commune": "xã, phường, đặc khu",
    "line": "số nhà, đường",
    "sheet": "tờ bản đồ số",
    "number": "thửa số",
    "area": "diện tích",
    "latitude": "vĩ độ",
    "longitude": "kinh độ",
}
FACT_LABELS: Final[Mapping[str, str]] = {
    "paid": "đã nộp đủ tiền",
    "owed": "số tiền còn nợ (đồng)",
    "online": "nộp trực tuyến",
    "channel": "cách nộp: 'in_person', 'online_portal', 'post'…",
    "by_post": "nhận kết quả qua bưu chính",
    "agency": "mã cơ quan giải quyết",
    "procedure": "mã thủ tục",
    "case": "mã trường hợp",
    "components": "mã các giấy tờ đã nộp",
    "copies": "số bản sao xin cấp",
    "pages": "số trang",
    "open_parts": "số thủ tục liên thông chưa xong",
    "open_opinions": "số nơi được hỏi chưa trả lời",
    "done": "các bước đã qua",
    "step": "bước hiện tại",
    "roles": "vai trò của người đang làm",
    "waiting_hours": "số giờ làm việc hồ sơ đã chờ ở bước",
    "supplement_asked": "đang chờ bổ sung",
    "supplement_count": "số lần yêu cầu bổ sung",
    "withdrawal_asked": "người nộp xin rút",
    "form": "các câu trả lời trên biểu mẫu",
    "today": "ngày hôm nay",
    "applicant": "'citizen' (công dân) hoặc 'organisation' (tổ chức)",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A name that expressions may use: what it means and of which kind its value is."""

    name: str
    label: str
    kind: Kind

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return KIND_WORDS[self.kind]


def labels_of(form: Form | None) -> Mapping[str, str]:
    """Return what each name of a form means: fields, parts of fields, columns of tables."""
    return dict(pair for field in (form.fields() if form else ()) for pair in _labels(field, ""))


def _labels(field: Field, before: str) -> Iterator[tuple[str, str]]:
    name, label = f"{before}{field.key}", field.label
    yield name, label
    for part in field.asked_parts:
        yield f"{name}.{part}", f"{label}: {PART_LABELS.get(part, part)}"
        for inner in PARTS["address"] if part == "address" else ():
            yield f"{name}.{part}.{inner}", f"{label}: {PART_LABELS[inner]}"
    for column in field.columns:
        yield from _labels(column, f"{name}.")


def names_for(definition: Definition, place: Place) -> tuple[Known, ...]:
    """Return what expressions at a place may use: a form's fields, a row's own columns first, or a process' facts."""
    form = definition.form or _NO_FORM
    labels = labels_of(definition.form)
    if place.top == "buoc":
        known = process_names(known_names(form))
        told = {**FACT_LABELS, **{f"form.{name}": label for name, label in labels.items()}}
    elif place.top == "van-ban":
        known = {**PAPER_FACTS, **known_names(form)}
        told = {**FACT_LABELS, **labels}
    else:
        known, labels = _of_row(definition, place, dict(labels), known_names(form))
        told = {**FACT_LABELS, **labels}
    return tuple(Known(name, told.get(name, ""), kind) for name, kind in known.items())


def _of_row(
    definition: Definition, place: Place, labels: dict[str, str], known: Mapping[str, Kind]
) -> tuple[Mapping[str, Kind], dict[str, str]]:
    """In a column of a table the row's own columns are read by their bare names, and never the table itself."""
    holder = place.holder
    if place.name != "cot" or holder is None:
        return known, labels
    table: Field = element(definition, holder)
    outside = {name: kind for name, kind in known.items() if name.split(".")[0] != table.key}
    inside = {name: kind for column in table.columns for name, kind in names_with_kinds(question_of(column))}
    for column in table.columns:
        labels |= dict(_labels(column, ""))
    return {**inside, **outside}, labels


def kinds_of(names: Iterable[Known]) -> Mapping[str, Kind]:
    """Return the kind by name, as the checker of expressions takes it."""
    return {one.name: one.kind for one in names}


_NO_FORM: Final = Form(title="–")
