"""From Python's tree to ours: what is not in the language is refused, all of it at once, each with its place."""

import ast
from collections.abc import Mapping
from decimal import Decimal

from motcua.expressions.rules.functions import FUNCTIONS
from motcua.expressions.rules.tree import (
    Calculated,
    Called,
    Chosen,
    Compared,
    Comparison,
    Fixed,
    Items,
    Joined,
    Name,
    Negative,
    Node,
    Not,
    Operation,
)
from motcua.expressions.rules.values import number
from motcua.expressions.rules.wording import likely, place
from motcua.expressions.terms import DEEPEST, LONGEST_PATH, MOST_DIGITS, MOST_NODES
from motcua.kernel.errors import Problem

_COMPARISONS: Mapping[type[ast.cmpop], Comparison] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_OPERATIONS: Mapping[type[ast.operator], Operation] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class Reader:
    """Reads one tree of Python; `problems` holds what it met that the language does not have."""

    def __init__(self, line: str) -> None:
        self.problems: list[Problem] = []
        self._source = f"({line})".encode()
        self._nodes = 0
        self._depth = 0

    def read(self, found: ast.expr) -> Node:
        """Return our node; where there is a problem, a stand-in."""
        self._nodes += 1
        if self._nodes > MOST_NODES or self._depth >= DEEPEST:
            return self._too_big(found)
        self._depth += 1
        node = self._node(found)
        self._depth -= 1
        return node

    def _node(self, found: ast.expr) -> Node:
        at = self._place(found)
        match found:
            case ast.Constant() | ast.Name() | ast.Attribute():
                return self._leaf(found, at)
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return Items(self._all(items), at)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return Chosen(self.read(test), self.read(body), self.read(orelse), at)
            case ast.Call():
                return self._called(found, at)
            case _:
                return self._operated(found, at)

    def _leaf(self, found: ast.Constant | ast.Name | ast.Attribute, at: int) -> Node:
        return self._fixed(found, at) if isinstance(found, ast.Constant) else self._name(found, at)

    def _operated(self, found: ast.expr, at: int) -> Node:
        match found:
            case ast.BoolOp(op=op, values=parts):
                return Joined("and" if isinstance(op, ast.And) else "or", self._all(parts), at)
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return Not(self.read(part), at)
            case ast.UnaryOp(op=ast.USub(), operand=part):
                return Negative(self.read(part), at)
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _OPERATIONS:
                return Calculated(_OPERATIONS[type(op)], self.read(left), self.read(right), at)
            case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _COMPARISONS for op in ops):
                rest = zip([_COMPARISONS[type(op)] for op in ops], self._all(others), strict=True)
                return Compared(self.read(left), tuple(rest), at)
            case _:
                return self._refused(at, "expression_construct", _said_of(found))

    def _all(self, found: list[ast.expr]) -> tuple[Node, ...]:
        return tuple(self.read(one) for one in found)

    def _fixed(self, found: ast.Constant, at: int) -> Node:
        if found.value is None or isinstance(found.value, bool | str):
            return Fixed(found.value, at)
        written = self._source[found.col_offset : found.end_col_offset].decode()
        value = number(Decimal(written))
        if value is None:
            return self._refused(at, "expression_number", f"Số có nhiều nhất {MOST_DIGITS} chữ số trước dấu chấm")
        return Fixed(value, at)

    def _name(self, found: ast.Name | ast.Attribute, at: int) -> Node:
        path: list[str] = []
        part: ast.expr = found
        while isinstance(part, ast.Attribute):
            path.append(part.attr)
            part = part.value
        if not isinstance(part, ast.Name):
            return self._refused(at, "expression_construct", "Trước dấu chấm phải là một tên")
        if len(path) >= LONGEST_PATH:
            return self._refused(at, "expression_construct", f"Tên có nhiều nhất {LONGEST_PATH} phần")
        return Name((part.id, *reversed(path)), at)

    def _called(self, found: ast.Call, at: int) -> Node:
        arguments = self._all(found.args)
        name = found.func.id if isinstance(found.func, ast.Name) else ""
        function = FUNCTIONS.get(name)
        if function is None:
            shown = ast.unparse(found.func) if isinstance(found.func, ast.Name | ast.Attribute) else "này"
            message = f"Không có hàm “{shown}” ({place(at)}){likely(shown, FUNCTIONS)}"
            self.problems.append(Problem("expression_function", message))
            return Fixed(None, at)
        if not function.fits(len(arguments)):
            message = f"Hàm “{name}” cần {function.counts_in_words}, ở đây có {len(arguments)}"
            return self._refused(at, "expression_arguments", message)
        return Called(name, arguments, at)

    def _too_big(self, found: ast.expr) -> Node:
        if any(problem.code == "expression_too_big" for problem in self.problems):
            return Fixed(None, 1)
        message = f"Biểu thức quá lớn: nhiều nhất {MOST_NODES} phần, lồng nhau {DEEPEST} tầng"
        return self._refused(self._place(found), "expression_too_big", message)

    def _refused(self, at: int, code: str, message: str) -> Node:
        self.problems.append(Problem(code, f"{message} ({place(at)})."))
        return Fixed(None, at)

    def _place(self, found: ast.expr) -> int:
        # Python counts bytes from 0; the bracket set before the line makes it characters from 1.
        return max(len(self._source[: found.col_offset].decode()), 1)


def _said_of(found: ast.expr) -> str:
    match found:
        case ast.Compare():
            return "Không có “is”; so sánh bằng viết “==”, khác viết “!=”, chưa khai viết “empty(…)”"
        case ast.BinOp():
            return "Chỉ có bốn phép tính + - * /"
        case ast.Subscript():
            return "Không lấy được phần tử theo số thứ tự"
        case ast.ListComp() | ast.GeneratorExp():
            return "Không có vòng lặp; lấy cả cột bằng dấu chấm, ví dụ members.share"
        case _:
            return "Cách viết này không có trong ngôn ngữ biểu thức"
