"""Reading an expression: Python's grammar by the standard library's `ast`, of which few forms are let in."""

import ast
import keyword
import re
from functools import lru_cache

from motcua.expressions.rules.converting import Reader
from motcua.expressions.rules.expression import Expression
from motcua.expressions.rules.scanning import brackets_problem, missing_sign_problem, scan_problems, words_of
from motcua.expressions.rules.values import composed
from motcua.expressions.rules.wording import place
from motcua.expressions.terms import LONGEST_TEXT
from motcua.kernel.errors import Invalid, Problem

__all__ = ["Expression", "parse"]

_SPACE = re.compile(r"\s")
_KNOWN_WORDS = {"and", "or", "not", "in", "if", "else", "True", "False", "None"}
_MEANT = {
    "và": "and",
    "hoặc": "or",
    "không": "not",
    "nếu": "if",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "IN": "in",
    "IF": "if",
    "ELSE": "else",
    "THEN": "if … else",
    "then": "if … else",
}


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """Read an expression; line breaks count as spaces.

    Raises Invalid with every problem found (codes `expression_…`), each message saying at which character.
    """
    if len(text) > LONGEST_TEXT:
        message = f"Biểu thức dài {len(text)} ký tự; dài nhất {LONGEST_TEXT} ký tự."
        raise Invalid(Problem("expression_too_long", message))
    line = _SPACE.sub(" ", composed(text))
    if not line.strip():
        raise Invalid(Problem("expression_empty", "Biểu thức để trống."))
    if problems := scan_problems(line):
        raise Invalid(problems)
    reader = Reader(line)
    root = reader.read(_tree(line))
    if reader.problems:
        raise Invalid(reader.problems)
    return Expression(text, root)


def _tree(line: str) -> ast.expr:
    # The line begins with a bracket so that spaces before the expression are no indentation.
    if problem := brackets_problem(line):
        raise Invalid(problem)
    try:
        return ast.parse(f"({line})", mode="eval").body
    except SyntaxError as error:
        raise Invalid(_syntax_problem(line, (error.offset or 1) - 1)) from None
    except (ValueError, RecursionError, MemoryError):
        raise Invalid(Problem("expression_too_deep", "Biểu thức lồng quá nhiều tầng.")) from None


def _syntax_problem(line: str, at: int) -> Problem:
    for word, where in words_of(line):
        if word in _MEANT:
            return Problem("expression_syntax", f"Viết “{_MEANT[word]}” thay cho “{word}” ({place(where)}).")
        if keyword.iskeyword(word) and word not in _KNOWN_WORDS:
            return Problem("expression_syntax", f"“{word}” là từ dành riêng, không đặt tên được ({place(where)}).")
    words = [word for word, _ in words_of(line)]
    if problem := missing_sign_problem(line):
        return problem
    if words.count("if") > words.count("else"):
        return Problem("expression_syntax", "Viết đủ “… if điều kiện else …”: thiếu phần “else”.")
    if at > len(line.rstrip()):
        return Problem("expression_syntax", f"Biểu thức dừng giữa chừng ({place(len(line.rstrip()))}).")
    return Problem("expression_syntax", f"Viết chưa đúng; thiếu hoặc thừa một phần ({place(max(at, 1))}).")
