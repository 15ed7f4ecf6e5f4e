"""The characters of an expression, before its grammar: what is none of the language is refused with its place."""

import re
from collections.abc import Iterator

from motcua.expressions.rules.wording import place
from motcua.kernel.errors import Problem

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>'[^']*'|"[^"]*")
    |(?P<number>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?![\w.]))
    |(?P<name>[^\W\d]\w*(?!['"\w]))
    |(?P<sign>==|!=|<=|>=|[-+*/<>(),\[\]]|\.(?=[^\W\d]))
    |(?P<wrong>.)""",
    re.VERBOSE,
)
_HINTS = {
    "=": "So sánh bằng viết bằng hai dấu “==”",
    "'": "Thiếu dấu nháy đóng của đoạn chữ",
    '"': "Thiếu dấu nháy đóng của đoạn chữ",
    "!": "Phủ định viết là “not”, khác nhau viết là “!=”",
    "&": "“Và” viết là “and”",
    "|": "“Hoặc” viết là “or”",
    "%": "Phần trăm viết bằng phép chia, ví dụ “* 5 / 100”",
    "^": "Không có phép lũy thừa",
    "#": "Không ghi chú được trong biểu thức",
    ";": "Các phần cách nhau bằng dấu phẩy “,”",
} | dict.fromkeys("“”‘’„«»", "Đoạn chữ đặt trong dấu nháy thẳng: 'như thế này'")
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\\\\]")
_JOINING = {"and", "or", "not", "in", "if", "else", "is"}
_WORD = re.compile(r"\w")


def scan_problems(text: str) -> list[Problem]:
    """Return a problem for each character that belongs to nothing the language knows; `text` is one line."""
    if unreadable := _UNREADABLE.search(text):
        return [Problem("expression_sign", f"{_refused(unreadable.group())} ({place(unreadable.start() + 1)}).")]
    problems = []
    after_text = False
    for kind, token, at in _tokens(text):
        if kind == "wrong":
            problems.append(Problem("expression_sign", f"{_said_of(token)} ({place(at)})."))
            break
        if kind == "text" and after_text:
            problems.append(Problem("expression_sign", f"Giữa hai đoạn chữ thiếu một dấu ({place(at)})."))
        after_text = kind == "text"
    return problems


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    for found in _TOKEN.finditer(text):
        if found.lastgroup and found.lastgroup != "space":
            yield found.lastgroup, found.group(), found.start() + 1


def _said_of(sign: str) -> str:
    if sign in _HINTS:
        return _HINTS[sign]
    if sign.isdecimal():
        return "Số viết liền, dấu chấm trước phần lẻ, ví dụ 1500000 hoặc 0.5"
    if sign == ".":
        return "Sau dấu chấm phải là một tên"
    if _WORD.match(sign):
        return "Thiếu một dấu trước dấu nháy"
    return _refused(sign)


def _refused(sign: str) -> str:
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    return f"Không dùng được ký tự “{shown}”"


def words_of(text: str) -> Iterator[tuple[str, int]]:
    """The names and keywords of the text, each with its place."""
    for kind, token, at in _tokens(text):
        if kind == "name":
            yield token, at


def missing_sign_problem(text: str) -> Problem | None:
    """Return the first place where two values stand side by side with nothing between them."""
    before = ""
    for kind, token, at in _tokens(text):
        is_value = kind in {"text", "number"} or (kind == "name" and token not in _JOINING)
        if before and is_value:
            return Problem("expression_syntax", f"Thiếu một dấu giữa “{before}” và “{token}” ({place(at)}).")
        before = token if is_value or token in {")", "]"} else ""
    return None


def brackets_problem(text: str) -> Problem | None:
    """Return the bracket that was opened and not closed, or closed and not opened."""
    opened: list[tuple[str, int]] = []
    closing = {")": "(", "]": "["}
    for kind, token, at in _tokens(text):
        if kind == "sign" and token in closing.values():
            opened.append((token, at))
        elif kind == "sign" and token in closing and (not opened or opened.pop()[0] != closing[token]):
            return Problem("expression_syntax", f"Thừa dấu “{token}” ({place(at)}).")
    if opened:
        return Problem("expression_syntax", f"Dấu “{opened[-1][0]}” mở mà không đóng ({place(opened[-1][1])}).")
    return None
