"""Forms of what a dossier holds and yields: papers, results, legal basis, linked procedures."""

from typing import Any, ClassVar

from django import forms

from motcua.procedures.terms import CODE_PATTERN, Component, LegalBasis, LinkedProcedure, ResultPaper
from motcua.sites.studio.forms.base import (
    PartForm,
    line_field,
    long_field,
    pick_field,
    set_offers,
    tick_field,
    ticks_field,
    value_of,
    whole_field,
)
from motcua.sites.studio.keys import key_of

_WRONG_CODE = "Mã thủ tục có dạng 1.001193."


class ComponentForm(PartForm):
    """A paper of the dossier."""

    folded: ClassVar = ("form", "cases", "required_in", "note")

    name = line_field("Tên giấy tờ", help_text="Ví dụ: Giấy chứng sinh.")
    originals = whole_field("Số bản chính")
    copies = whole_field("Số bản sao")
    present_only = tick_field("Chỉ xuất trình rồi trả lại, không nộp")
    required = tick_field("Bắt buộc phải có")
    form = line_field("Mẫu", required=False, longest=300, help_text="Số mẫu và văn bản ban hành mẫu.")
    cases = ticks_field("Chỉ trong các trường hợp", help_text="Không chọn: mọi trường hợp.")
    required_in = ticks_field("Chỉ bắt buộc trong các trường hợp", help_text="Không chọn: bắt buộc như ô ở trên.")
    note = long_field("Ghi chú", rows=2)

    def arrange(self) -> None:
        """Offer the cases where there are several."""
        cases = [(case.key, case.name) for case in self.scene.definition.cases]
        for name in ("cases", "required_in"):
            set_offers(self, name, cases if len(cases) > 1 else [])
        if self.scene.value is None:
            self.initial = {**self.initial, "required": True, "originals": 1, "copies": 0}

    def build(self) -> Component:
        """Return the paper."""
        said, old = self.typed_facts(), self.scene.value
        said["originals"], said["copies"] = said["originals"] or 0, said["copies"] or 0
        said["key"] = old.key if old else key_of(said["name"], self.scene.taken, instead="giay-to")
        others = ("cases", "required_in", "fields", "reuse")
        kept = {name: getattr(old, name) for name in others if old and name not in said}
        return value_of(Component, kept | said)  # type: ignore[no-any-return]


class ResultForm(PartForm):
    """What the applicant gets."""

    name = line_field("Tên kết quả", help_text="Ví dụ: Giấy khai sinh.")
    code = line_field("Mã kết quả", required=False, longest=60, help_text="Ví dụ KQ.G15.000031.", width="w15")
    validity = line_field("Thời hạn hiệu lực", required=False, longest=300, help_text="Ví dụ: 6 tháng.")

    def build(self) -> ResultPaper:
        """Return the result."""
        return value_of(ResultPaper, self.typed_facts())  # type: ignore[no-any-return]


class BasisForm(PartForm):
    """A legal document."""

    number = line_field("Số, ký hiệu", longest=120, help_text="Ví dụ 60/2014/QH13.", width="w15")
    name = line_field("Tên văn bản", help_text="Ví dụ: Luật Hộ tịch.")

    def build(self) -> LegalBasis:
        """Return the document."""
        return value_of(LegalBasis, self.typed_facts())  # type: ignore[no-any-return]


class LinkedForm(PartForm):
    """Another procedure done within this one."""

    procedure = forms.RegexField(
        CODE_PATTERN,
        label="Mã thủ tục liên thông",
        help_text="Ví dụ 2.000635.",
        widget=forms.TextInput(attrs={"class": "w15", "autocomplete": "off"}),
        error_messages={"required": "Hãy nhập mã thủ tục.", "invalid": _WRONG_CODE},
    )
    name = line_field("Tên gọi trong hồ sơ này", help_text="Ví dụ: Cấp thẻ bảo hiểm y tế cho trẻ em.")
    case = line_field("Mã trường hợp", required=False, longest=60, help_text="Bỏ trống: trường hợp đầu tiên.")
    opens_at = pick_field("Mở ở bước")
    required = tick_field("Phải xong trước khi quyết định hồ sơ này")

    def arrange(self) -> None:
        """Offer the steps."""
        steps = [(step.key, step.name) for step in self.scene.definition.steps]
        set_offers(self, "opens_at", [("", "bất kỳ lúc nào đang giải quyết"), *steps] if steps else [])
        if self.scene.value is None:
            self.initial["required"] = True

    def build(self) -> LinkedProcedure:
        """Return the linked procedure."""
        said: dict[str, Any] = self.typed_facts()
        old = self.scene.value
        said["key"] = old.key if old else key_of(said["name"], self.scene.taken, instead="lien-thong")
        return value_of(LinkedProcedure, said)  # type: ignore[no-any-return]
