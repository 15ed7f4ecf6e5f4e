"""The form of a test that travels with a procedure."""

import json
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from motcua.procedures.terms import PackageTest
from motcua.sites.studio.forms.base import (
    PartForm,
    line_field,
    lines_of,
    long_field,
    pick_field,
    set_offers,
    ticks_field,
    value_of,
    whole_field,
)
from motcua.sites.studio.keys import key_of

CHANNELS = (
    ("in_person", "Nộp trực tiếp"),
    ("online_portal", "Nộp trực tuyến"),
    ("post", "Nộp qua bưu chính"),
    ("proxy_service", "Nộp qua đơn vị làm thay"),
    ("vneid", "Nộp qua VNeID"),
    ("online", "Nộp trực tuyến (nơi khác)"),
)


class AnswersField(forms.CharField):
    """Answers one a line: `ho_ten_con = Trần An`; rows of a table as `thanh_vien.0.ho_ten = …`."""

    def __init__(self, label: str, help_text: str) -> None:
        widget = forms.Textarea(attrs={"rows": 10, "class": "mono", "spellcheck": "false"})
        super().__init__(label=label, required=False, max_length=50000, widget=widget, help_text=help_text)

    def to_python(self, value: Any) -> Any:
        """Return the answers by flat name; raises ValidationError for a line without an equals sign."""
        found: dict[str, Any] = {}
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            name, mark, said = line.partition("=")
            if not mark:
                raise ValidationError(f"Dòng “{line.strip()[:60]}” thiếu dấu bằng.", code="no_equals")
            found[name.strip()] = _read(said.strip())
        return found


def _read(said: str) -> Any:
    if said[:1] in "[{":
        try:
            return json.loads(said)
        except ValueError:
            return said
    return said


def answer_lines(values: dict[str, Any]) -> str:
    """Return answers one a line, as the field takes them."""
    return "\n".join(f"{name} = {_written(value)}" for name, value in values.items())


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else " ".join(str(value).split())


def _kept(said: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """What was typed; what still reads as before stays exactly what it was (a number, a date, a line break)."""
    return {
        name: old[name] if name in old and _read(_written(old[name])) == value else value
        for name, value in said.items()
    }


class TestForm(PartForm):
    """A test: somebody hands this in, that must come out."""

    folded: ClassVar = ("values", "path", "facts", "copies", "pages")

    name = line_field("Tên bài thử", help_text="Ví dụ: Đăng ký đúng hạn thì không thu lệ phí.")
    case = pick_field("Trường hợp")
    channel = pick_field("Cách nộp", CHANNELS, required=True)
    form = AnswersField("Người nộp khai", "Mỗi dòng một câu: mã câu hỏi = câu trả lời.")
    facts = AnswersField("Dữ kiện khác của quy trình", "Mỗi dòng một dữ kiện, ví dụ: paid = true.")
    copies = whole_field("Số bản sao", lowest=1)
    pages = whole_field("Số trang", lowest=1)
    problems = long_field(
        "Những câu bị báo lỗi", rows=2, help_text="Mỗi dòng một mã câu hỏi. Tờ khai được nhận thì chọn ô dưới."
    )
    accepted = forms.BooleanField(label="Tờ khai được nhận, không có lỗi nào", required=False)
    fees = whole_field("Tổng tiền phải nộp (đồng)")
    components = ticks_field("Giấy tờ bắt buộc phải nộp")
    values = AnswersField("Giá trị phải có", "Mỗi dòng: mã câu hỏi = giá trị.")
    path = long_field("Các bước phải đi qua", rows=3, help_text="Mỗi dòng một mã bước, theo thứ tự.")

    def arrange(self) -> None:
        """Offer cases and papers."""
        definition = self.scene.definition
        cases = [(case.key, case.name) for case in definition.cases]
        set_offers(self, "case", [("", "trường hợp đầu tiên"), *cases] if cases else [])
        set_offers(self, "components", [(one.key, one.name) for one in definition.components])

    def first_values(self, value: PackageTest) -> dict[str, Any]:
        """What is expected, in the fields of this form."""
        told = value.expect
        return {
            **{name: getattr(value, name) for name in ("name", "case", "channel", "copies", "pages")},
            "form": answer_lines(value.form),
            "facts": answer_lines(value.facts),
            "problems": "\n".join(told.problems or ()),
            "accepted": told.problems == (),
            "fees": told.fees,
            "components": told.components or (),
            "values": answer_lines(told.values),
            "path": "\n".join(told.path or ()),
        }

    def clean(self) -> dict[str, Any]:
        """A form is accepted, or refused for something."""
        said = super().clean()
        if said.get("accepted") and lines_of(said.get("problems") or ""):
            self.add_error("problems", "Tờ khai không thể vừa được nhận vừa có câu bị báo lỗi.")
        return said

    def build(self) -> PackageTest:
        """Return the test; what this form does not ask stays."""
        said, old = self.cleaned_data, self.scene.value
        problems = tuple(lines_of(said["problems"]))
        expect = (old.expect.model_dump() if old else {}) | {
            "problems": problems or (() if said["accepted"] else None),
            "values": _kept(said["values"] or {}, old.expect.values if old else {}),
            "fees": said["fees"],
            "components": tuple(said.get("components") or ()) or (old.expect.components if old else None),
            "path": tuple(lines_of(said["path"])) or None,
        }
        facts = (old.model_dump() if old else {}) | {
            "key": old.key if old else key_of(said["name"], self.scene.taken, instead="bai-thu"),
            "name": said["name"],
            "case": said.get("case", ""),
            "channel": said["channel"],
            "form": _kept(said["form"] or {}, old.form if old else {}),
            "facts": _kept(said["facts"] or {}, old.facts if old else {}),
            "copies": said["copies"] or 1,
            "pages": said["pages"] or 1,
            "expect": expect,
        }
        return value_of(PackageTest, facts)  # type: ignore[no-any-return]
