"""Forms of papers a procedure makes, block by block."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from motcua.expressions.rules.checking import check
from motcua.expressions.terms import Kind
from motcua.forms.rules.paper import expressions_in
from motcua.forms.terms import WORDLESS, Block, PaperTemplate
from motcua.sites.studio.forms.base import (
    PartForm,
    formula_field,
    line_field,
    long_field,
    pick_field,
    set_offers,
    ticks_field,
    value_of,
)
from motcua.sites.studio.keys import key_of
from motcua.sites.studio.names import kinds_of, names_for

PAPER_KINDS: Final[Mapping[str, str]] = {
    "declaration": "Tờ khai in ra để ký",
    "result": "Kết quả trả cho người nộp",
    "letter": "Công văn, thông báo",
    "record": "Biên bản, phiếu nội bộ",
}
BLOCK_KINDS: Final[Mapping[str, str]] = {
    "heading": "Đề mục",
    "text": "Đoạn văn",
    "centred": "Đoạn văn căn giữa",
    "fields": "Các câu hỏi và câu trả lời",
    "table": "Bảng của biểu mẫu",
    "list": "Danh sách, mỗi phần tử một dòng",
    "signatures": "Chỗ ký",
    "space": "Khoảng trống",
}
#: Which fields of the form fit each kind of block.
_FITS: Final[Mapping[str, tuple[str, ...]]] = {
    "heading": ("text",),
    "text": ("text",),
    "centred": ("text",),
    "fields": ("text", "keys"),
    "table": ("text", "table"),
    "list": ("items", "text"),
    "signatures": ("text",),
    "space": (),
}


class PaperForm(PartForm):
    """A paper: its name, what it is, when it is made."""

    formulas: ClassVar[Mapping[str, Kind]] = {"when": "boolean"}
    folded: ClassVar = ("symbol", "step", "when")

    name = line_field("Tên văn bản", help_text="Ví dụ: Trích lục khai sinh.")
    kind = pick_field("Loại", PAPER_KINDS.items(), required=True)
    title = line_field("Tiêu đề in trên giấy", help_text="Ví dụ: GIẤY XÁC NHẬN.")
    symbol = line_field("Ký hiệu", required=False, longest=40, help_text="Ví dụ: GXN-UBND.", width="w10")
    step = pick_field("Soạn ở bước")
    when = formula_field("Chỉ có khi")

    def arrange(self) -> None:
        """Offer the steps."""
        steps = [(step.key, step.name) for step in self.scene.definition.steps]
        set_offers(self, "step", [("", "khi cần"), *steps] if steps else [])

    def build(self) -> PaperTemplate:
        """Return the paper; its blocks stay."""
        said, old = self.typed_facts(), self.scene.value
        said["key"] = old.key if old else key_of(said["name"], self.scene.taken, instead="van-ban")
        return value_of(PaperTemplate, said | {"blocks": old.blocks if old else ()})  # type: ignore[no-any-return]


class BlockForm(PartForm):
    """A piece of a paper; its kind is chosen when it is added."""

    formulas: ClassVar[Mapping[str, Kind]] = {"when": "boolean", "items": "any"}
    folded: ClassVar = ("when",)

    text = long_field("Nội dung", rows=5, longest=8000, help_text="Chèn câu trả lời bằng ngoặc nhọn: {ho_ten_con}.")
    keys = ticks_field("Những câu", help_text="Không chọn: mọi câu.")
    table = pick_field("Bảng")
    items = formula_field("Danh sách lấy từ", help_text="Ví dụ: thanh_vien.ho_ten")
    when = formula_field("Chỉ in khi")

    def arrange(self) -> None:
        """Leave what fits the kind."""
        for name in [one for one in ("text", "keys", "table", "items") if one not in _FITS[self.kind]]:
            del self.fields[name]
        form = self.scene.definition.form
        fields = [one for one in form.fields() if one.kind not in WORDLESS] if form else []
        if "keys" in self.fields:
            set_offers(self, "keys", [(one.key, one.label) for one in fields])
        if "table" in self.fields:
            tables = [(one.key, one.label) for one in fields if one.kind == "table"]
            self.fields["table"].choices = [("", "Chọn…"), *tables]  # type: ignore[attr-defined]
            self.fields["table"].required = True
        if self.kind == "signatures" and "text" in self.fields:
            self.fields["text"].help_text = "Mỗi dòng một người ký: chức danh | họ tên."
        if self.kind in {"table", "fields"}:
            self.fields["text"].label, self.fields["text"].help_text = "Dòng đứng trên", ""
        if self.kind == "list":
            self.fields["text"].help_text = "Viết mỗi dòng ra sao: {number}. {item}"

    @property
    def kind(self) -> str:
        """The kind of the block."""
        return str(self.scene.value.kind if self.scene.value else self.scene.kind)

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return BLOCK_KINDS[self.kind]

    def first_values(self, value: Block) -> dict[str, Any]:
        """The table is the first of the keys."""
        return super().first_values(value) | {"table": value.keys[0] if value.keys else ""}

    def clean(self) -> dict[str, Any]:
        """Check the expressions in braces."""
        said = super().clean()
        known = {**kinds_of(names_for(self.scene.definition, self.scene.place))}
        if self.kind == "list":
            known |= {"item": "any", "number": "number"}
        for inner in expressions_in(said.get("text") or ""):
            for problem in check(inner or " ", known):
                self.add_error("text", f"{{{inner}}}: {problem.message}")
        return said

    def build(self) -> Block:
        """Return the block."""
        said = self.typed_facts()
        old: Block | None = self.scene.value
        table = said.pop("table", "")
        if table:
            said["keys"] = (table, *(old.keys[1:] if old else ()))
        if old and set(said.get("keys", ())) == set(old.keys):  # the order stays
            said["keys"] = old.keys
        return value_of(Block, (old.model_dump() if old else {}) | said | {"kind": self.kind})  # type: ignore[no-any-return]
