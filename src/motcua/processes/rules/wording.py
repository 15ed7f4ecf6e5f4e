"""A condition in the words of whoever reads why a way is closed."""

from collections.abc import Mapping
from decimal import Decimal

from motcua.expressions.rules.parsing import parse
from motcua.expressions.rules.tree import (
    Calculated,
    Called,
    Chosen,
    Compared,
    Fixed,
    Items,
    Joined,
    Name,
    Negative,
    Node,
    Not,
)
from motcua.kernel.errors import Invalid
from motcua.processes.terms import TermSpec

#: Facts that are true or not: how either is said.
_TRUTHS: Mapping[str, tuple[str, str]] = {
    "paid": ("đã nộp đủ tiền", "chưa nộp đủ tiền"),
    "online": ("nộp trực tuyến", "không nộp trực tuyến"),
    "by_post": ("nộp hoặc nhận qua bưu chính", "không qua bưu chính"),
    "supplement_asked": ("đã yêu cầu bổ sung", "chưa yêu cầu bổ sung"),
    "withdrawal_asked": ("người nộp xin rút hồ sơ", "người nộp không xin rút hồ sơ"),
}
_LABELS: Mapping[str, str] = {
    "owed": "số tiền còn phải nộp",
    "channel": "kênh nộp",
    "agency": "cơ quan giải quyết",
    "procedure": "thủ tục",
    "case": "trường hợp",
    "components": "giấy tờ đã nộp",
    "copies": "số bản",
    "open_parts": "số hồ sơ liên thông chưa xong",
    "open_opinions": "số nơi chưa trả lời lấy ý kiến",
    "done": "các bước đã qua",
    "step": "bước hiện tại",
    "roles": "vai trò của người xử lý",
    "waiting_hours": "số giờ đã chờ ở bước",
    "supplement_count": "số lần yêu cầu bổ sung",
    "today": "hôm nay",
}
_COMPARED: Mapping[str, str] = {
    "==": "bằng",
    "!=": "khác",
    "<": "nhỏ hơn",
    "<=": "không quá",
    ">": "lớn hơn",
    ">=": "từ",
    "in": "thuộc",
    "not in": "không thuộc",
}
_UNITS: Mapping[str, str] = {"working_day": "ngày làm việc", "day": "ngày", "working_hour": "giờ làm việc"}
_CALLED: Mapping[str, str] = {
    "filled": "đã khai {}",
    "empty": "chưa khai {}",
    "count": "số dòng của {}",
    "sum": "tổng {}",
    "length": "độ dài {}",
}


def after_words(term: TermSpec) -> str:
    """Return how long something waited, after «chờ»: «quá 3 ngày làm việc», «hết ngày»."""
    return "hết ngày" if term.unit == "same_day" else f"quá {term.amount} {_UNITS[term.unit]}"


def in_words(formula: str, labels: Mapping[str, str] | None = None) -> str:
    """Return the condition in Vietnamese («đã nộp đủ tiền và số bản lớn hơn 2»), without a full stop.

    `labels` names further facts («form.area» → «diện tích»); one without a label stands under its own name. What
    cannot be read is repeated as it is; "" is «luôn luôn».
    """
    if not formula:
        return "luôn luôn"
    try:
        return words_of(parse(formula).root, labels or {})
    except Invalid:
        return f"“{formula}”"


def words_of(node: Node, labels: Mapping[str, str]) -> str:
    """Return a part of a condition in words."""
    match node:
        case Fixed(value=value):
            return _fixed(value)
        case Name(dotted=dotted):
            return _TRUTHS[dotted][0] if dotted in _TRUTHS else _label(dotted, labels)
        case Not(part=part):
            return _negated(part, labels)
        case Joined(joint=joint, parts=parts):
            said = [
                f"({words_of(part, labels)})" if isinstance(part, Joined) else words_of(part, labels) for part in parts
            ]
            return (" và " if joint == "and" else " hoặc ").join(said)
        case Compared():
            return _compared(node, labels)
        case _:
            return _worked_out(node, labels)


def _negated(node: Node, labels: Mapping[str, str]) -> str:
    if isinstance(node, Name) and node.dotted in _TRUTHS:
        return _TRUTHS[node.dotted][1]
    said = words_of(node, labels)
    return f"không phải {said}" if isinstance(node, Name | Called) else f"không phải ({said})"


def _compared(node: Compared, labels: Mapping[str, str]) -> str:
    said = []
    left = node.first
    for comparison, right in node.rest:
        one, other = words_of(left, labels), words_of(right, labels)
        if comparison in {"in", "not in"} and not isinstance(right, Items):
            said.append(f"{other} {'có' if comparison == 'in' else 'không có'} {one}")
        elif comparison == ">=":
            said.append(f"{one} từ {other} trở lên")
        else:
            said.append(f"{one} {_COMPARED[comparison]} {other}")
        left = right
    return " và ".join(said)


def _worked_out(node: Node, labels: Mapping[str, str]) -> str:
    match node:
        case Items(items=items):
            return ", ".join(words_of(item, labels) for item in items) or "danh sách rỗng"
        case Negative(part=part):
            return f"âm {words_of(part, labels)}"
        case Calculated(operation=operation, left=left, right=right):
            return f"({words_of(left, labels)} {operation} {words_of(right, labels)})"
        case Chosen(condition=condition, then=then, otherwise=otherwise):
            when, one, other = (words_of(part, labels) for part in (condition, then, otherwise))
            return f"({one} nếu {when}, nếu không thì {other})"
        case Called(function=function, arguments=arguments):
            said = ", ".join(words_of(argument, labels) for argument in arguments)
            return _CALLED.get(function, f"{function}({{}})").format(said)
        case _:
            return ""


def _fixed(value: object) -> str:
    if value is None:
        return "chưa biết"
    if isinstance(value, bool):
        return "đúng" if value else "sai"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return f"“{value}”"


def _label(dotted: str, labels: Mapping[str, str]) -> str:
    found = labels.get(dotted) or labels.get(dotted.removeprefix("form.")) or _LABELS.get(dotted)
    return found or f"“{dotted.removeprefix('form.')}”"
