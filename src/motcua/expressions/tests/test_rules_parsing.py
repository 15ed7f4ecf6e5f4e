"""What is read, what is refused, and where the message points."""

import inspect
import sys

import pytest

from motcua.expressions.rules.parsing import parse
from motcua.kernel.errors import Invalid

_REFUSED = [
    ("", "expression_empty", "để trống"),
    (" \n ", "expression_empty", "để trống"),
    ("1 + " * 501, "expression_too_long", "dài nhất 2000 ký tự"),
    ("a = 1", "expression_sign", "hai dấu “==” (ở ký tự thứ 3)"),
    ("a && b", "expression_sign", "“and” (ở ký tự thứ 3)"),
    ("a || b", "expression_sign", "“or”"),
    ("!a", "expression_sign", "“not”"),
    ("a # ghi chú", "expression_sign", "ghi chú"),
    ("a; b", "expression_sign", "dấu phẩy"),
    ("5%", "expression_sign", "* 5 / 100"),
    ("'abc", "expression_sign", "nháy đóng của đoạn chữ (ở ký tự thứ 1)"),
    ("“abc”", "expression_sign", "nháy thẳng"),
    ("'a' 'b'", "expression_sign", "Giữa hai đoạn chữ"),
    ("f'abc'", "expression_sign", "trước dấu nháy"),
    ("'a\\n'", "expression_sign", "“\\” (ở ký tự thứ 3)"),
    ("a\\b", "expression_sign", "“\\” (ở ký tự thứ 2)"),
    ("1.000.000", "expression_sign", "1500000"),
    ("007", "expression_sign", "1500000"),
    ("0x1F", "expression_sign", "1500000"),
    ("1e9", "expression_sign", "1500000"),
    ("a. b", "expression_sign", "Sau dấu chấm"),
    ("a\x00b", "expression_sign", "“U+0000” (ở ký tự thứ 2)"),
    ("'\ud800'", "expression_sign", "U+D800"),
    ("a \u200b b", "expression_sign", "U+200B"),
    ("a b", "expression_syntax", "giữa “a” và “b” (ở ký tự thứ 3)"),
    ("(a) 5", "expression_syntax", "giữa “)” và “5” (ở ký tự thứ 5)"),
    ("đđ + * b", "expression_syntax", "(ở ký tự thứ 6)"),
    ("a and", "expression_syntax", "dừng giữa chừng (ở ký tự thứ 5)"),
    ("(a", "expression_syntax", "mở mà không đóng (ở ký tự thứ 1)"),
    ("[a)", "expression_syntax", "Thừa dấu “)” (ở ký tự thứ 3)"),
    (") or (", "expression_syntax", "Thừa dấu “)” (ở ký tự thứ 1)"),
    ("a và b", "expression_syntax", "Viết “and” thay cho “và” (ở ký tự thứ 3)"),
    ("a AND b", "expression_syntax", "Viết “and”"),
    ("child.from == 1", "expression_syntax", "“from” là từ dành riêng"),
    ("1 if a", "expression_syntax", "thiếu phần “else”"),
    ("a ** 2", "expression_construct", "bốn phép tính"),
    ("a // 2", "expression_construct", "bốn phép tính"),
    ("+a", "expression_construct", "không có trong ngôn ngữ"),
    ("a[0]", "expression_construct", "số thứ tự"),
    ("a is None", "expression_construct", "Không có “is”"),
    ("[x for x in y]", "expression_construct", "vòng lặp"),
    ("count(x for x in y)", "expression_construct", "vòng lặp"),
    ("(lambda)", "expression_syntax", "“lambda” là từ dành riêng"),
    ("(yield)", "expression_construct", "không có trong ngôn ngữ"),
    ("count(*a)", "expression_construct", "không có trong ngôn ngữ"),
    ("'a'.upper", "expression_construct", "Trước dấu chấm"),
    (".".join("abcdefghijk"), "expression_construct", "10 phần"),
    ("9" * 31, "expression_number", "30 chữ số"),
    ("lenght(a)", "expression_function", "Không có hàm “lenght” (ở ký tự thứ 1); có phải “length”?"),
    ("a.upper()", "expression_function", "Không có hàm “a.upper”"),
    ("a()()", "expression_function", "Không có hàm “này”"),
    ("__import__('os')", "expression_function", "Không có hàm"),
    ("age(a)", "expression_arguments", "cần 2 giá trị, ở đây có 1"),
    ("date(1, 2)", "expression_arguments", "cần 1 hoặc 3 giá trị"),
    ("count()", "expression_arguments", "ít nhất 1 giá trị"),
    ("-" * 61 + "1", "expression_too_big", "60 tầng"),
    ("[" + "1," * 401 + "]", "expression_too_big", "400 phần"),
]


@pytest.mark.parametrize(
    ("text", "code", "words"), _REFUSED, ids=lambda value: str(value)[:20].encode("ascii", "replace")
)
def test_refused(text: str, code: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(text)
    problem = refused.value.problems[0]
    assert problem.code == code
    assert words in problem.message


def test_every_problem_is_told() -> None:
    with pytest.raises(Invalid) as refused:
        parse("foo(1) + a ** 2 + b[0] + age(1)")
    assert [problem.code for problem in refused.value.problems] == [
        "expression_function",
        "expression_construct",
        "expression_construct",
        "expression_arguments",
    ]


def test_too_big_is_told_once() -> None:
    with pytest.raises(Invalid) as refused:
        parse("[" + "a," * 900 + "]")
    assert [problem.code for problem in refused.value.problems] == ["expression_too_big"]


@pytest.mark.parametrize(
    "text",
    [
        "-" * 1999 + "1",
        "not " * 499 + "a",
        "(" * 900 + "1" + ")" * 900,
        "[" * 900 + "]" * 900,
        "count(" * 300 + "1" + ")" * 300,
        "1 if a else " * 160 + "1",
        "a+" * 900 + "a",
        "a<" * 900 + "a",
        "a." * 900 + "a",
    ],
    ids=range(9),
)
def test_whatever_is_deep_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse(text)


def test_what_python_itself_finds_too_deep_is_refused() -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 60)
    try:
        with pytest.raises(Invalid) as refused:
            parse("not " * 480 + "a")
    finally:
        sys.setrecursionlimit(before)
    assert refused.value.problems[0].code == "expression_too_deep"


def test_the_largest_is_read() -> None:
    assert parse("[" + ",".join(["a"] * 399) + "]").names == {"a"}
    assert parse("-" * 59 + "1").evaluate({}) == -1


def test_spaces_lines_and_tabs_are_spaces() -> None:
    assert parse("\n\t 1\u00a0+\r\n 1 ").evaluate({}) == 2
