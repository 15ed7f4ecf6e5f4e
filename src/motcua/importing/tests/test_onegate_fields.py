"""Forms of one-stop systems: every control a field of a fitting kind."""

from typing import Any

import pytest

from motcua.importing.onegate.fields import form_from, kind_of


def _item(control: str, identity: str, label: str, **more: str) -> dict[str, str]:
    return {"type": control, "id": identity, "label": label, "allownull": "yes", "validate": "text", **more}


def _lines(*items: dict[str, str], label: str = "Thông tin") -> dict[str, Any]:
    return {"lines": [{"label": label, "items": list(items)}]}


def test_controls_become_fields_on_pages() -> None:
    record = {
        "lines": [
            {"label": "1. Người xin phép", "items": [_item("TextboxName", "txtHoTen", "Họ tên: ", allownull="no")]},
            {"label": "", "items": [_item("TextboxDate", "txtNgaySinh", "Ngày sinh:", validate="date")]},
            {"label": "2. Công trình", "items": []},
            {"label": "Quy mô", "items": [_item("Textbox", "txtDienTich", "Diện tích", validate="number")]},
        ]
    }
    form = form_from(record, row=1, code="AB", name="Đơn thử nghiệm").form
    assert [(page.title, page.hint) for page in form.pages] == [("1. Người xin phép", ""), ("Quy mô", "2. Công trình")]
    name, born = form.pages[0].fields
    assert (name.key, name.kind, name.label, name.required) == ("ho_ten", "name", "Họ tên", True)
    assert (born.key, born.kind, born.required) == ("ngay_sinh", "date", False)
    assert form.pages[1].fields[0].kind == "number"


def test_ticked_papers_are_one_question_of_many_answers() -> None:
    papers = [
        {"type": "Checkbox", "doc": "yes", "id": f"ckb{n}", "title": f"Giấy thứ {n}", "label": ""} for n in range(1, 4)
    ]
    found = form_from(_lines(*papers, label="Tài liệu kèm theo"), row=1, code="AB")
    (field,) = found.form.pages[0].fields
    assert (field.kind, field.label) == ("choices", "Tài liệu kèm theo")
    assert [option.label for option in field.options] == ["Giấy thứ 1", "Giấy thứ 2", "Giấy thứ 3"]
    assert found.kinds == {"choices": 3}


def test_two_controls_of_one_id_get_two_keys() -> None:
    form = form_from(_lines(_item("Textbox", "txtSo", "Số"), _item("Textbox", "txtSo", "Số")), row=1, code="AB").form
    assert [field.key for field in form.fields()] == ["so", "so_2"]


def test_a_label_of_two_hundred_characters_is_kept_whole() -> None:
    label = "Tên rất dài " * 16
    (field,) = form_from(_lines(_item("Textbox", "t", label)), row=1, code="AB").form.fields()
    assert field.label == label.strip()


def test_a_button_is_no_field_and_a_list_without_answers_is_told() -> None:
    found = form_from(
        _lines(_item("Button", "btnLuu", ""), _item("DropDownList", "ddlLoai", "Loại", src_file="x/loai.xml")),
        row=1,
        code="AB",
    )
    assert found.kinds == {"": 1, "choice": 1}
    assert [one.code for one in found.notes] == ["not_a_field", "options_missing"]


@pytest.mark.parametrize(
    ("control", "check", "label", "kind"),
    [
        ("textbox", "number", "Số CMND", "text"),
        ("textbox", "number", "Số tầng", "number"),
        ("textbox", "phone", "Điện thoại", "phone"),
        ("textbox", "Email".lower(), "Thư", "email"),
        ("textboxname", "text", "Tên công trình", "text"),
        ("textboxname", "text", "Họ tên chủ hộ", "name"),
        ("textboxmoney", "text", "Lệ phí", "money"),
        ("textboxarea", "text", "Ghi chú", "long_text"),
        ("checkbox", "", "Có kèm bản vẽ", "yes_no"),
        ("somethingnew", "", "Khác", "text"),
    ],
)
def test_kinds(control: str, check: str, label: str, kind: str) -> None:
    assert kind_of(control, check, label) == kind


def test_a_form_without_fields_is_none() -> None:
    with pytest.raises(ValueError, match="không có ô nào"):
        form_from({"lines": [{"label": "Trống", "items": []}]}, row=1, code="AB")
