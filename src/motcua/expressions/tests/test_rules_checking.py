"""Faults that are found before an expression is used."""

from collections.abc import Mapping

import pytest

from motcua.expressions.rules.checking import check
from motcua.expressions.terms import Kind

KNOWN: Mapping[str, Kind] = {
    "child.born": "date",
    "child.name": "text",
    "today": "date",
    "members": "rows",
    "members.share": "number",
    "members.name": "text",
    "members.place.code": "text",
    "lots": "rows",
    "paid": "boolean",
    "papers": "list",
    "copies": "number",
    "extra": "any",
}

_SOUND = [
    "age(child.born, today) >= 14 and paid",
    "sum(members.share) == 100",
    "child.name + ' – ' + text(copies)",
    "count(members) + count(lots.anything)",
    "filled(child) and extra.deep.deeper > 3",
    "'map' in papers or child.name in ('a', 'b')",
    "copies in members.share",
    "child.name == None",
    "max(members.share) > copies",
    "max(child.born, today) > today",
    "(copies if paid else 0) * 2",
    "join(members.name, ', ')",
    "members.place.code == []",
    "filled(members.place)",
    "-copies < round(2.5)",
    "any(members.share == [1], paid)",
    "date('13/02/2026') < date(2026, 3, 1)",
    "(1 if paid else 'a') == 1",
]


@pytest.mark.parametrize("text", _SOUND)
def test_sound(text: str) -> None:
    assert check(text, KNOWN) == []


_FAULTS = [
    ("age(chid.born, today)", "expression_name", "Không có “chid.born” (ở ký tự thứ 5); có phải “child.born”?"),
    ("zzz", "expression_name", "Không có “zzz” (ở ký tự thứ 1)."),
    ("members.born", "expression_name", "Không có “members.born”"),
    ("child.name.first", "expression_name", "Không có “child.name.first”"),
    ("count(1) +", "expression_syntax", "dừng giữa chừng"),
    ("cout(members)", "expression_function", "có phải “count”?"),
    ("child.name and paid", "expression_kind", "cần đúng/sai, không phải chữ; hỏi đã khai chưa viết “filled(…)”"),
    ("not copies", "expression_kind", "(ở ký tự thứ 5)"),
    ("1 if copies else 2", "expression_kind", "cần đúng/sai, không phải số"),
    ("copies + child.name", "expression_kind", "Chữ chỉ nối được với chữ"),
    ("today - child.born", "expression_kind", "days(từ, đến)"),
    ("paid * 2", "expression_kind", "“*” cần số, không phải đúng/sai"),
    ("-child.name", "expression_kind", "“-” cần số, không phải chữ"),
    ("members.share + 1", "expression_kind", "không phải danh sách"),
    ("today > 3", "expression_kind", "Không so được ngày với số (ở ký tự thứ 9)"),
    ("child.name < 'b'", "expression_kind", "Chỉ số và ngày có lớn nhỏ, không phải chữ"),
    ("child.name < None", "expression_kind", "lớn nhỏ"),
    ("members == members", "expression_kind", "Không so được bảng với bảng"),
    ("copies in child.name", "expression_kind", "Không tìm số trong chữ"),
    ("'a' in members.share", "expression_kind", "trong danh sách số"),
    ("'a' in [1, 2]", "expression_kind", "Không tìm chữ trong danh sách số"),
    ("3 in copies", "expression_kind", "Sau “in” phải là danh sách"),
    ("sum(members.name)", "expression_kind", "“sum” cần số, không phải danh sách chữ"),
    ("sum(members)", "expression_kind", "“sum” cần số, không phải bảng"),
    ("min(members.name)", "expression_kind", "“min” cần số hoặc ngày"),
    ("max(members.share) > today", "expression_kind", "Không so được số với ngày"),
    ("age(copies, today)", "expression_kind", "“age” cần ngày, không phải số (ở ký tự thứ 5)"),
    ("join(child.name)", "expression_kind", "“join” cần danh sách, không phải chữ"),
]


@pytest.mark.parametrize(("text", "code", "words"), _FAULTS)
def test_faults(text: str, code: str, words: str) -> None:
    (problem,) = check(text, KNOWN)
    assert problem.code == code
    assert words in problem.message


def test_every_fault_is_told() -> None:
    problems = check("zzz + 1 > 'a' and not copies or yyy", KNOWN)
    assert [problem.code for problem in problems] == [
        "expression_name",
        "expression_kind",
        "expression_kind",
        "expression_name",
    ]


def test_what_is_to_come_of_it() -> None:
    (problem,) = check("copies", KNOWN, expected="boolean")
    assert problem.message == "Cần đúng/sai, biểu thức này cho ra số (ở ký tự thứ 1)."
    assert check("paid", KNOWN, expected="boolean") == []
    assert check("extra", KNOWN, expected="boolean") == []
    assert check("members", KNOWN, expected="list") == []
    assert check("extra + extra", KNOWN, expected="text") == []
    assert check("extra + 1", KNOWN, expected="text") != []
    assert len(check("zzz + 'a'", KNOWN, expected="boolean")) == 1
