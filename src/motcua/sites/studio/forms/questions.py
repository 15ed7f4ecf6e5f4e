"""Forms of an e-form: its head, pages, questions, checks across questions."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final, cast

from django import forms

from motcua.expressions.terms import Kind
from motcua.forms.terms import PARTS, WORDLESS, Check, Field, FieldKind, Form, FormPage, Option
from motcua.procedures.terms import Component, Definition
from motcua.sites.studio.forms.base import (
    PartForm,
    SeenForm,
    formula_field,
    line_field,
    lines_of,
    long_field,
    pick_field,
    set_offers,
    tick_field,
    ticks_field,
    value_of,
    whole_field,
)
from motcua.sites.studio.keys import field_key_of, key_of
from motcua.sites.studio.kinds import KINDS, LOOKUPS
from motcua.sites.studio.names import PART_LABELS

_MARK: Final = "|"
_ALWAYS: Final = ("label", "hint", "key", "revision", "marks")


class HeadForm(SeenForm):
    """What stands above the pages of an e-form."""

    title = line_field("Tên biểu mẫu", help_text="Ví dụ: Tờ khai đăng ký khai sinh.")
    number = line_field("Số mẫu", required=False, longest=120, width="w15")
    basis = line_field("Ban hành theo", required=False, longest=300, help_text="Ví dụ: Thông tư 04/2024/TT-BTP.")
    addressee = line_field("Kính gửi", required=False, longest=300, help_text="Nơi nhận ghi trên bản in.")
    component = pick_field(
        "Biểu mẫu này thay cho giấy tờ", help_text="Ai khai trên màn hình thì không phải nộp giấy tờ đó nữa."
    )
    unverified = tick_field("Mẫu này cần rà soát với văn bản ban hành")

    def __init__(self, components: Iterable[Component], **options: Any) -> None:
        super().__init__(**options)
        set_offers(self, "component", [("", "không thay giấy tờ nào"), *((one.key, one.name) for one in components)])

    def build(self, old: Form | None) -> Form:
        """Return the form with this head; pages and checks stay."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"key", "revision"}}
        return (old or Form(title=said["title"])).model_copy(update=said)


class PageForm(PartForm):
    """A page of an e-form: one idea."""

    formulas: ClassVar[Mapping[str, Kind]] = {"when": "boolean"}
    folded: ClassVar = ("when",)

    title = line_field("Tên trang", help_text="Một ý mỗi trang, ví dụ: Thông tin về trẻ.")
    hint = long_field("Lời dẫn", rows=2)
    when = formula_field("Chỉ hiện trang khi", help_text="Bỏ trống: luôn hiện.")

    def build(self) -> FormPage:
        """Return the page; its questions stay."""
        old = self.scene.value
        key = old.key if old else key_of(self.cleaned_data["title"], self.scene.taken, instead="trang")
        return value_of(FormPage, self.typed_facts() | {"key": key, "fields": old.fields if old else ()})  # type: ignore[no-any-return]


class QuestionForm(PartForm):
    """A question, or a column of a table, with the properties that fit its kind."""

    formulas: ClassVar[Mapping[str, Kind]] = {
        "when": "boolean",
        "required_when": "boolean",
        "value": "any",
        "units_on": "date",
    }
    folded: ClassVar = (
        "when",
        "required_when",
        "default",
        "max_length",
        "pattern",
        "pattern_message",
        "optional_parts",
        "units_on",
        "prefill",
        "minimum",
        "maximum",
        "lookup",
    )

    label = line_field("Câu hỏi", help_text="Như in trên mẫu, ví dụ: Họ, chữ đệm, tên của trẻ.")
    hint = long_field("Lời nhắc", rows=2, help_text="Đứng trước ô nhập, nói rõ cách ghi.")
    text = long_field("Nội dung", rows=4, longest=8000)
    value = formula_field("Cách tính", help_text="Ví dụ: so_luong * don_gia")
    options = long_field(
        "Các lựa chọn", rows=6, longest=20000, help_text="Mỗi dòng một lựa chọn. Muốn đặt mã riêng thì ghi: mã | chữ."
    )
    lookup = pick_field("Lấy lựa chọn từ", LOOKUPS.items())
    component = pick_field("Là bản chụp của giấy tờ")
    unit = line_field("Đơn vị tính", required=False, longest=40, help_text="Ví dụ: m², người.", width="w10")
    decimals = whole_field("Số chữ số thập phân")
    parts = ticks_field("Hỏi những mục")
    required = tick_field("Bắt buộc trả lời")
    min_rows = whole_field("Ít nhất mấy dòng")
    max_rows = whole_field("Nhiều nhất mấy dòng", lowest=1)
    when = formula_field("Chỉ hỏi khi", help_text="Bỏ trống: luôn hỏi. Ví dụ: co_yeu_to_nuoc_ngoai")
    required_when = formula_field("Bắt buộc khi", help_text="Khi không phải lúc nào cũng bắt buộc.")
    optional_parts = ticks_field("Mục không bắt buộc")
    units_on = formula_field("Đơn vị hành chính vào ngày", help_text="Bỏ trống: hôm nay.")
    minimum = forms.DecimalField(label="Nhỏ nhất", required=False, widget=forms.TextInput(attrs={"class": "w10"}))
    maximum = forms.DecimalField(label="Lớn nhất", required=False, widget=forms.TextInput(attrs={"class": "w10"}))
    default = line_field("Giá trị có sẵn", required=False, longest=500)
    max_length = whole_field("Dài nhất (ký tự)", lowest=1)
    pattern = line_field("Khuôn dạng", required=False, longest=200, help_text="Biểu thức chính quy, ví dụ [0-9]{12}.")
    pattern_message = line_field("Lời báo khi sai khuôn dạng", required=False, longest=300)
    prefill = long_field(
        "Điền sẵn từ", rows=2, help_text="Mỗi dòng một nguồn, ví dụ account.full_name, account.personal_id."
    )

    def arrange(self) -> None:
        """Leave only what fits the kind, and offer its parts."""
        kind = self.kind
        for name in [name for name in self.fields if name not in (*_ALWAYS, *KINDS[kind].properties)]:
            del self.fields[name]
        if kind in WORDLESS:
            self.fields["label"].label = "Tiêu đề"
        offers = [(part, PART_LABELS.get(part, part)) for part in PARTS.get(kind, ())]
        if "parts" in self.fields:
            set_offers(self, "parts", offers)
        if "optional_parts" in self.fields:
            inner = [(f"address.{part}", f"địa chỉ: {PART_LABELS[part]}") for part in PARTS["address"]]
            set_offers(self, "optional_parts", [*offers, *(inner if kind != "address" else [])])
        if "component" in self.fields:
            papers = [(one.key, one.name) for one in self.scene.definition.components]
            set_offers(self, "component", [("", "không gắn với giấy tờ nào"), *papers])
        if self.scene.value is None:
            self.initial = {**self.initial, "required": True, "max_rows": 50, "parts": PARTS.get(kind, ())}

    @property
    def kind(self) -> FieldKind:
        """The kind of the question."""
        return cast("FieldKind", self.scene.value.kind if self.scene.value else self.scene.kind)

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return KINDS[self.kind].name

    def first_values(self, value: Field) -> dict[str, Any]:
        """Options and sources one a line; all parts where none are named."""
        shown = super().first_values(value)
        shown["options"] = "\n".join(_option_line(one) for one in value.options)
        shown["prefill"] = "\n".join(value.prefill)
        shown["parts"] = value.asked_parts
        return shown

    def clean(self) -> dict[str, Any]:
        """A choice has something to choose from; a computed value has its formula."""
        said = super().clean()
        if self.kind in {"choice", "choices"} and not lines_of(said.get("options") or "") and not said.get("lookup"):
            self.add_error("options", "Hãy ghi ít nhất một lựa chọn, hoặc lấy từ một danh mục.")
        if self.kind == "computed" and not said.get("value") and "value" not in self.errors:
            self.add_error("value", "Hãy ghi cách tính.")
        return said

    def build(self) -> Field:
        """Return the question; columns stay as they are."""
        said, old = self.typed_facts(), self.scene.value
        if "options" in said:
            said["options"] = _options(said["options"])
        if "prefill" in said:
            said["prefill"] = tuple(lines_of(said["prefill"]))
        for name in ("min_rows", "max_rows", "decimals"):
            if name in said and said[name] is None:
                said[name] = Field.model_fields[name].default
        for name, now in (("parts", old.asked_parts if old else PARTS.get(self.kind, ())), ("optional_parts", ())):
            before = now if name == "parts" else (old.optional_parts if old else ())
            if name in said and set(said[name]) == set(before):  # nothing chosen means all; the order stays
                said[name] = getattr(old, name) if old else ()
        kept = old.model_dump() if old else {"kind": self.kind}
        key = old.key if old else field_key_of(said["label"], self._taken())
        return value_of(Field, kept | said | {"key": key})  # type: ignore[no-any-return]

    def _taken(self) -> frozenset[str]:
        """Keys of questions are unique in the whole form, those of columns in their table."""
        form = self.scene.definition.form
        if self.scene.place.name == "cot" or form is None:
            return self.scene.taken
        return frozenset(one.key for one in form.fields())


def _option_line(option: Option) -> str:
    return option.label if option.value == key_of(option.label, ()) else f"{option.value} {_MARK} {option.label}"


def _options(text: str) -> tuple[Option, ...]:
    made: dict[str, Option] = {}
    for line in lines_of(text):
        value, mark, label = (part.strip() for part in line.partition(_MARK))
        if not mark:
            value, label = key_of(line, made.keys()), line
        made[value] = Option(value=value or key_of(label, made.keys()), label=label or value)
    return tuple(made.values())


class CheckForm(PartForm):
    """What must hold across questions."""

    formulas: ClassVar[Mapping[str, Kind]] = {"holds": "boolean", "when": "boolean"}
    folded: ClassVar = ("when", "basis")

    holds = formula_field("Phải đúng điều này", help_text="Ví dụ: sum(thanh_vien.phan_gop) == 100")
    message = line_field("Lời báo khi không đúng", help_text="Nói người khai phải sửa gì.")
    field = pick_field("Hiện lời báo ở câu")
    when = formula_field("Chỉ kiểm tra khi")
    basis = line_field("Căn cứ", required=False, longest=300, help_text="Điều, khoản của văn bản.")

    def arrange(self) -> None:
        """Offer the questions; an expression is needed."""
        self.fields["holds"].required = True
        self.fields["holds"].error_messages["required"] = "Hãy ghi điều phải đúng."
        form = self.scene.definition.form
        asked = [(one.key, one.label) for one in form.fields() if one.kind not in WORDLESS] if form else []
        there = self.scene.value.field if self.scene.value else ""
        if there and there not in dict(asked):
            asked.append((there, there))
        set_offers(self, "field", [("", "đầu trang"), *asked])

    def build(self) -> Check:
        """Return the check."""
        old = self.scene.value
        key = old.key if old else key_of(self.cleaned_data["message"], self.scene.taken, instead="rang-buoc")
        return value_of(Check, self.typed_facts() | {"key": key})  # type: ignore[no-any-return]


def with_head(definition: Definition, form: Form) -> Definition:
    """Return the definition with that e-form."""
    return definition.model_copy(update={"form": form})
