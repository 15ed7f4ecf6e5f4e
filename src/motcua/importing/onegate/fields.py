"""From the lines and controls of a one-stop e-form to pages of fields."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.forms.terms import Field, FieldKind, Form, FormPage, Lookup, Option
from motcua.importing.onegate.terms import FormRow, Note
from motcua.kernel.text import clean, fold

_DOCUMENTS = "Giấy tờ kèm theo"
_GENERAL = "Thông tin chung"

#: A control's kind and its check in the source → the kind of field.
_KINDS: Mapping[str, FieldKind] = {
    "textboxname": "name",
    "textboxdate": "date",
    "textboxmoney": "money",
    "textboxarea": "long_text",
    "dropdownlist": "choice",
    "checkbox": "yes_no",
}
_CHECKS: Mapping[str, FieldKind] = {
    "phone": "phone",
    "fax": "phone",
    "email": "email",
    "date": "date",
    "money": "money",
    "number": "number",
    "numberstring": "number",
}
#: Numbers that are names: their zeros in front count.
_CODES = re.compile(r"\b(cmnd|cccd|chung minh|can cuoc|ho chieu|ma so|so to|thua|so bien lai|so giay)\b")
#: A name box that asks for a person; others ask for works, firms, plots.
_PEOPLE = re.compile(r"\b(ho ten|ho va ten|ho, ten|nguoi|ong|ba|chu ho|con|cha|me|vo|chong)\b")
_DIGITS = "[0-9]+"
_GENDERS = (Option(value="nam", label="Nam"), Option(value="nu", label="Nữ"))
_LABEL_LENGTH = 2000
_ANY_NUMBER_DECIMALS = 4


class _Reader:
    """Reads one form: opens a page at each titled line, gathers ticked papers into one question of many answers."""

    def __init__(self) -> None:
        self.pages: list[tuple[str, list[Field]]] = []
        self.notes: list[Note] = []
        self.kinds: Counter[str] = Counter()
        self.keys: Counter[str] = Counter()

    def line(self, line: Mapping[str, Any]) -> None:
        title = clean(str(line.get("label") or "")).rstrip(": ")
        items = [one for one in line.get("items") or [] if isinstance(one, Mapping)]
        if title or not self.pages:
            self.pages.append((title or _GENERAL, []))
        for item in items:
            self.item(item)

    def item(self, item: Mapping[str, Any]) -> None:
        control = str(item.get("type") or "").lower()
        if control == "button":
            self.kinds[""] += 1
            name = clean(str(item.get("id") or ""))
            self.notes.append(Note(name, "not_a_field", "Nút bấm của màn hình cũ, không phải ô cần khai."))
        elif control == "checkbox" and str(item.get("doc", "")).lower() == "yes":
            self.kinds["choices"] += 1
            self._paper(item)
        else:
            self._field(item, control)

    def _paper(self, item: Mapping[str, Any]) -> None:
        """A paper to tick: one more answer of the question which papers are attached."""
        fields = self.pages[-1][1]
        option = Option(value=self.key(item), label=label_of(item))
        if fields and fields[-1].kind == "choices":
            last = fields.pop()
            fields.append(last.model_copy(update={"options": (*last.options, option)}))
            return
        title = self.pages[-1][0]
        label = title if title != _GENERAL else _DOCUMENTS
        fields.append(Field(key=self.key({"id": "giay_to_kem_theo"}), kind="choices", label=label, options=(option,)))

    def _field(self, item: Mapping[str, Any], control: str) -> None:
        check = str(item.get("validate") or "").lower()
        key, label = self.key(item), label_of(item)
        kind = kind_of(control, check, label)
        digits = kind == "text" and check in {"number", "numberstring"}
        lookup, options = self._answers(item, key) if kind == "choice" else ("", ())
        self.kinds[kind] += 1
        self.pages[-1][1].append(
            Field(
                key=key,
                kind=kind,
                label=label,
                required=str(item.get("allownull") or "").lower() == "no",
                default=_default(item, kind),
                decimals=_ANY_NUMBER_DECIMALS if kind == "number" else 0,
                pattern=_DIGITS if digits else "",
                pattern_message="Chỉ nhập chữ số." if digits else "",
                lookup=lookup,
                options=options,
            )
        )

    def _answers(self, item: Mapping[str, Any], key: str) -> tuple[Lookup, tuple[Option, ...]]:
        """The answers of a list: from ours where it is a list of the State's, else to be filled in."""
        source = str(item.get("src_file") or "").lower()
        if "phuong_xa" in source:
            return "communes", ()
        if "gioi_tinh" in source:
            return "", _GENDERS
        message = f"Danh mục của nguồn ({source or 'không rõ'}) không kèm theo tệp; hãy ghi các lựa chọn."
        self.notes.append(Note(key, "options_missing", message))
        return "", (Option(value="khac", label="Khác"),)

    def key(self, item: Mapping[str, Any]) -> str:
        """A key no other field of the form has, after the control's id, else after its label."""
        raw = str(item.get("id") or "") or label_of(item)
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", re.sub(r"^(txt|ddl|ckb|chk)(?=[A-Z])", "", raw))
        found = re.sub(r"[^a-z0-9]+", "_", fold(words)).strip("_")[:50]
        if not found or not found[0].isalpha():
            found = f"o_{found}".rstrip("_")
        self.keys[found] += 1
        return found if self.keys[found] == 1 else f"{found}_{self.keys[found]}"


def kind_of(control: str, check: str, label: str) -> FieldKind:
    """Return the kind of field a control becomes, after its type, its check and, where these say little, its words."""
    words = fold(label)
    kind = _KINDS.get(control) or _CHECKS.get(check, "text")
    if kind == "number" and _CODES.search(words):
        return "text"
    if kind == "name" and not _PEOPLE.search(words):
        return "text"
    return kind


def label_of(item: Mapping[str, Any]) -> str:
    """Return the words of a control, without the colon at their end."""
    for name in ("label", "title", "name", "id"):
        if found := clean(str(item.get(name) or "")).rstrip(":： ").strip():
            return found[:_LABEL_LENGTH]
    return "Ô không có tên"


def _default(item: Mapping[str, Any], kind: FieldKind) -> str:
    found = clean(str(item.get("defaul_value") or item.get("default_value") or ""))
    return "" if kind in {"choice", "yes_no", "date"} or found == "0" else found[:500]


def form_from(record: Mapping[str, Any], *, row: int, code: str, name: str = "") -> FormRow:
    """Return the form of a record {lines: [{label, items: [{type, id, label, validate, allownull, …}]}]}.

    Raises ValueError when it has no field.
    """
    reader = _Reader()
    for line in record.get("lines") or []:
        if isinstance(line, Mapping):
            reader.line(line)
    pages = _pages(reader.pages)
    if not any(page.fields for page in pages):
        raise ValueError("Biểu mẫu không có ô nào.")
    title = clean(name or str(record.get("name") or "")) or f"Tờ khai {code}"
    return FormRow(
        row=row,
        code=code,
        name=title,
        form=Form(title=title, pages=pages, unverified=True),
        kinds=dict(reader.kinds),
        source=clean(str(record.get("source") or "")),
        notes=tuple(reader.notes),
    )


def _pages(found: Sequence[tuple[str, list[Field]]]) -> tuple[FormPage, ...]:
    """Pages with something on them; a title alone is said on the page after it."""
    pages: list[FormPage] = []
    before: list[str] = []
    for title, fields in found:
        if not fields:
            before.append(title)
            continue
        pages.append(FormPage(key=f"trang-{len(pages) + 1}", title=title, hint=". ".join(before), fields=tuple(fields)))
        before = []
    return tuple(pages)
